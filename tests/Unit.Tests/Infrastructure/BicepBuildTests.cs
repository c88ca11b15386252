using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using Murano.Unit.Tests.Documents;

namespace Murano.Unit.Tests.Infrastructure;

/// <summary>infra/ compiles without a word from the compiler, and its files keep to their order.</summary>
[Collection(InfraTests.Name)]
public sealed partial class BicepBuildTests(InfraFixture infra)
{
    private static readonly string[] Bounds = ["minValue", "maxValue", "allowedValues", "minLength", "maxLength"];

    [Fact, Spec("azure.7.2/1")]
    public void Neither_the_compiler_nor_the_linter_has_anything_to_say_about_any_file()
    {
        Assert.NotEmpty(infra.Files);
        Assert.Empty(infra.Files.SelectMany(file => file.Diagnostics));
    }

    [Fact]
    public void The_compiler_is_there_where_there_is_one() => Assert.Equal(RuntimeInformation.RuntimeIdentifier is "linux-x64", BicepCompiler.Program is not null);

    [Fact]
    public void Nothing_is_said_about_any_deployment_and_each_parameter_is_tried_with_another_value()
    {
        Assert.All(infra.Deployments.Values, deployment => Assert.Empty(deployment.Prediction["diagnostics"]!.AsArray()));
        Assert.DoesNotContain(infra.Main.Parameters, parameter => !InfraCases.All.Values.Any(parameters => parameters.Contains($"param {parameter.Name} =", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Bicep_build_and_bicep_lint_say_the_same_on_the_command_line()
    {
        Assert.NotEmpty(infra.Files);
        var token = TestContext.Current.CancellationToken;
        var lint = BicepCompiler.RunAsync(token, "lint", Repository.PathOf("infra/main.bicep"));
        var (code, output) = await BicepCompiler.RunAsync(token, "build", Repository.PathOf("infra/main.bicep"), "--stdout");

        Assert.Equal((0, ""), await lint);
        Assert.Equal(0, code);
        Assert.Equal(infra.Main.Template!.Value.GetRawText().ReplaceLineEndings("\n").TrimEnd(), output.ReplaceLineEndings("\n").TrimEnd());
    }

    [Fact]
    public async Task Every_file_is_laid_out_as_the_compiler_does_it()
    {
        foreach (var file in infra.Files)
        {
            Assert.Equal(await infra.FormatAsync(file), Repository.Read(file.Name));
        }
    }

    [Fact, Spec("azure.7.2/1")]
    public async Task An_api_version_without_types_and_an_unused_parameter_are_seen()
    {
        var file = await infra.CompileAsync("""
            param unused string
            resource site 'Microsoft.Web/sites@2025-05-01' = {
              name: 'site'
              location: 'westeurope'
              properties: {}
            }
            """);

        Assert.Equal(["BCP081", "no-hardcoded-location", "no-unused-params"], file.Diagnostics.Select(diagnostic => diagnostic.Code).Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public void What_a_linter_rule_finds_is_an_error_but_for_two_that_are_off() =>
        Assert.Equal(["use-recent-api-versions", "use-user-defined-types"], Rule().Matches(Repository.Read("infra/bicepconfig.json")).Where(rule => rule.Groups["level"].Value is not "error").Select(rule => rule.Groups["name"].Value), StringComparer.Ordinal);

    [Fact]
    public void Only_one_diagnostic_is_put_aside_and_the_line_above_says_why()
    {
        var lines = Repository.Files("infra", "*.bicep").SelectMany(File.ReadLines).ToList();
        var aside = lines.Index().Where(line => line.Item.Contains("#disable", StringComparison.Ordinal)).ToList();

        Assert.Equal("#disable-next-line BCP037", Assert.Single(aside).Item.Trim());
        Assert.StartsWith("//", lines[aside[0].Index - 1].Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_parameter_and_every_output_is_described() => Assert.Empty(
        from file in infra.Files
        from member in file.Parameters.Concat(file.Outputs)
        where !(member.Value.TryGetProperty("metadata", out var metadata) && metadata.TryGetProperty("description", out var description) && description.GetString() is { Length: > 10 } text && text.EndsWith('.'))
        select $"{file.Name}: {member.Name}");

    [Fact]
    public void Every_number_has_bounds() => Assert.Empty(
        from file in infra.Files
        from parameter in file.Parameters
        where parameter.Value.GetProperty("type").GetString() is "int" && !parameter.Value.TryGetProperty("allowedValues", out _) && !parameter.Value.TryGetProperty("minValue", out _)
        select $"{file.Name}: {parameter.Name}");

    [Fact]
    public void Bounds_of_a_module_are_those_of_the_parameter_that_it_is_given() => Assert.Empty(
        from module in Modules()
        from given in module.Value.GetProperty("properties").GetProperty("parameters").EnumerateObject()
        let reference = Reference().Match(given.Value.ValueKind is JsonValueKind.Object && given.Value.TryGetProperty("value", out var value) ? value.ToString() : "")
        where reference.Success
        let outer = infra.Main.Template!.Value.GetProperty("parameters").GetProperty(reference.Groups[1].Value)
        let inner = module.Value.GetProperty("properties").GetProperty("template").GetProperty("parameters").GetProperty(given.Name)
        from bound in Bounds
        where !string.Equals(Text(outer, bound), Text(inner, bound), StringComparison.Ordinal)
        select $"{module.Name}: {given.Name} {bound}");

    [Fact]
    public void Every_module_has_resources_of_one_family() => Assert.Empty(
        from file in infra.Files
        where file.Name.StartsWith("infra/app/", StringComparison.Ordinal)
        let families = file.Resources
            .Where(resource => !resource.TryGetProperty("existing", out var existing) || !existing.GetBoolean())
            .Select(resource => resource.GetProperty("type").GetString()!.Split('/')[0]).Distinct(StringComparer.Ordinal).ToList()
        where families.Count != 1
        select $"{file.Name}: {string.Join(", ", families)}");

    [Fact]
    public void The_file_that_azd_reads_is_a_list_of_parts() => Assert.Equal(
        ["Microsoft.Resources/deployments", "Microsoft.Resources/resourceGroups"],
        infra.Main.Resources.Select(resource => resource.GetProperty("type").GetString()!).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
        StringComparer.Ordinal);

    [Fact]
    public void Every_module_is_used() => Assert.Equal(
        Repository.Files("infra/app", "*.bicep").Select(file => $"'app/{Path.GetFileName(file)}'").Order(StringComparer.Ordinal),
        Module().Matches(Repository.Read("infra/main.bicep")).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal),
        StringComparer.Ordinal);

    [Fact]
    public void The_app_comes_after_its_roles_and_these_after_what_they_are_for()
    {
        Assert.Contains("roles", Before("functionApp"));
        Assert.Superset(new HashSet<string>(["identity", "storage", "webPubSub", "applicationInsights"], StringComparer.Ordinal), Before("roles"));
        Assert.Contains("functionApp", Before("hostNames"));
        Assert.Contains("logAnalytics", Before("applicationInsights"));
        Assert.Superset(new HashSet<string>(["logAnalytics", "storage"], StringComparer.Ordinal), Before("alerts"));
    }

    private IEnumerable<JsonProperty> Modules() => infra.Main.Template!.Value.GetProperty("resources").EnumerateObject().Where(resource => resource.Value.GetProperty("type").GetString() is "Microsoft.Resources/deployments");

    private HashSet<string> Before(string module) => infra.Main.Template!.Value.GetProperty("resources").GetProperty(module).GetProperty("dependsOn").EnumerateArray().Select(name => name.GetString()!).ToHashSet(StringComparer.Ordinal);

    private static string Text(JsonElement parameter, string bound) => !parameter.TryGetProperty(bound, out var value) ? "" : value.ValueKind is JsonValueKind.Array ? string.Join(',', value.EnumerateArray()) : value.ToString();

    [GeneratedRegex("\"(?<name>[a-z-]+)\": \\{ \"level\": \"(?<level>[a-z]+)\" \\}")]
    private static partial Regex Rule();

    [GeneratedRegex("^\\[parameters\\('([A-Za-z]+)'\\)\\]$")]
    private static partial Regex Reference();

    [GeneratedRegex("^module [A-Za-z]+ ('[^']+')", RegexOptions.Multiline)]
    private static partial Regex Module();
}
