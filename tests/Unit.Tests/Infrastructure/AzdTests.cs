using System.Text.Json;
using System.Text.RegularExpressions;
using Murano.Unit.Tests.Documents;

namespace Murano.Unit.Tests.Infrastructure;

/// <summary>What azd brings to infra/ and takes from it.</summary>
[Collection(InfraTests.Name)]
public sealed partial class AzdTests(InfraFixture infra)
{
    // An object cannot come from a variable.
    private static readonly string[] InTheFile = ["extraSettings"];

    [Fact]
    public void Every_parameter_stands_in_the_file_and_no_other() => Assert.Equal(
        infra.Main.Parameters.Select(parameter => parameter.Name).Order(StringComparer.Ordinal),
        Given().Select(given => given.Name).Order(StringComparer.Ordinal),
        StringComparer.Ordinal);

    [Fact]
    public void What_azd_asks_for_itself_is_all_that_has_no_default()
    {
        Assert.Equal("${AZURE_ENV_NAME}", Value("environmentName"));
        Assert.Equal("${AZURE_LOCATION}", Value("location"));
        Assert.Equal(["environmentName", "location"], infra.Main.Parameters.Where(parameter => !parameter.Value.TryGetProperty("defaultValue", out _)).Select(parameter => parameter.Name), StringComparer.Ordinal);
    }

    [Fact]
    public void Every_other_has_a_variable_of_its_own_with_the_same_default_as_in_the_template()
    {
        var written = from given in Given()
                      where !InTheFile.Contains(given.Name, StringComparer.Ordinal) && infra.Main.Template!.Value.GetProperty("parameters").GetProperty(given.Name).TryGetProperty("defaultValue", out _)
                      let variable = Variable().Match(given.Value.GetProperty("value").GetString()!)
                      let usual = infra.Main.Template!.Value.GetProperty("parameters").GetProperty(given.Name).GetProperty("defaultValue")
                      let text = usual.ValueKind is JsonValueKind.String ? usual.GetString()! : usual.GetRawText()
                      select (given.Name, Variable: variable.Groups["name"].Value, IsSame: variable.Success && string.Equals(variable.Groups["default"].Value, text, StringComparison.Ordinal));
        var all = written.ToList();

        Assert.NotEmpty(all);
        Assert.DoesNotContain(all, parameter => !parameter.IsSame);
        Assert.Equal(all.Count, all.Select(parameter => parameter.Variable).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal("${MURANO_FIRST_KEY_HASH=}", Value("firstKeyHash"));
    }

    [Fact]
    public void Variables_are_not_named_like_outputs_which_azd_writes_over_them() => Assert.Empty(
        infra.Main.Outputs.Select(output => output.Name).Except(["AZURE_LOCATION"], StringComparer.Ordinal).Intersect(Names().Matches(Repository.Read("infra/main.parameters.json")).Select(match => match.Groups[1].Value), StringComparer.Ordinal));

    [Fact]
    public void The_region_is_one_that_azd_lets_people_choose() =>
        Assert.Equal("location", infra.Main.Template!.Value.GetProperty("parameters").GetProperty("location").GetProperty("metadata").GetProperty("azd").GetProperty("type").GetString());

    [Fact]
    public void Everything_carries_the_tag_of_the_environment() => Assert.All(
        infra.Everything.Resources.Where(resource => resource["location"] is not null),
        resource => Assert.Equal("test", (string?)resource["tags"]?["azd-env-name"]));

    [Fact, Spec("azure.7.1/3")]
    public void The_app_carries_the_name_of_the_service_that_is_deployed_to_it() => Assert.Equal("functions", (string?)infra.Default.App["tags"]!["azd-service-name"]);

    [Fact]
    public void Names_of_resources_are_names_that_azure_takes()
    {
        Assert.Matches("^stmurano[a-z0-9]{13}$", infra.Default.Outputs["AZURE_STORAGE_ACCOUNT_NAME"]);
        Assert.Matches("^func-murano-[a-z0-9]{13}$", infra.Default.Outputs["AZURE_FUNCTION_NAME"]);
        Assert.Matches("^wps-murano-[a-z0-9]{13}$", infra.Default.Outputs["AZURE_WEB_PUBSUB_NAME"]);
        Assert.Matches("^appi-murano-[a-z0-9]{13}$", infra.Default.Outputs["AZURE_APPLICATION_INSIGHTS_NAME"]);
        Assert.Equal(("rg-test", "fleet"), (infra.Default.Outputs["AZURE_RESOURCE_GROUP"], infra.Everything.Outputs["AZURE_RESOURCE_GROUP"]));
    }

    [Fact, Spec("azure.7.1/3")]
    public void The_outputs_say_where_the_app_is()
    {
        Assert.Equal(InfraDeployment.Location, infra.Default.Outputs["AZURE_LOCATION"]);
        Assert.Equal(InfraDeployment.Tenant, infra.Default.Outputs["AZURE_TENANT_ID"]);
        Assert.Matches(@"^\[format\('https://\{0\}', reference\('[^']+/sites/[^']+', '[^']+'\)\.defaultHostName\)\]$", infra.Default.Outputs["MURANO_ENDPOINT"]);
        Assert.Equal("https://murano.example.com", infra.Everything.Outputs["MURANO_ENDPOINT"]);
        Assert.Equal("https://murano.example.com/", infra.Everything.Outputs["MURANO_CONSOLE"]);
        Assert.EndsWith(".defaultHostName]", infra.Everything.Outputs["MURANO_DNS_CNAME"], StringComparison.Ordinal);
        Assert.EndsWith(".customDomainVerificationId]", infra.Everything.Outputs["MURANO_DNS_TXT"], StringComparison.Ordinal);
    }

    [Fact]
    public void Outputs_are_no_more_than_that() => Assert.Equal(
        [
            "AZURE_APPLICATION_INSIGHTS_NAME",
            "AZURE_FUNCTION_NAME",
            "AZURE_LOCATION",
            "AZURE_RESOURCE_GROUP",
            "AZURE_STORAGE_ACCOUNT_NAME",
            "AZURE_TENANT_ID",
            "AZURE_WEB_PUBSUB_NAME",
            "MURANO_CONSOLE",
            "MURANO_DNS_CNAME",
            "MURANO_DNS_TXT",
            "MURANO_ENDPOINT",
        ],
        infra.Main.Outputs.Select(output => output.Name).Order(StringComparer.Ordinal),
        StringComparer.Ordinal);

    private static List<JsonProperty> Given() => [.. JsonElement.Parse(Repository.Read("infra/main.parameters.json")).GetProperty("parameters").EnumerateObject()];

    private static string Value(string parameter) => Given().Single(given => string.Equals(given.Name, parameter, StringComparison.Ordinal)).Value.GetProperty("value").GetString()!;

    [GeneratedRegex(@"^\$\{(?<name>MURANO_[A-Z0-9_]+)=(?<default>[^{}$""]*)\}$")]
    private static partial Regex Variable();

    [GeneratedRegex(@"\$\{([A-Z0-9_]+)")]
    private static partial Regex Names();
}
