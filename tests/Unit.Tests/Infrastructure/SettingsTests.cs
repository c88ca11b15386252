using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Murano.Functions.Realtime;
using Murano.Shared;
using Murano.Unit.Tests.Documents;

namespace Murano.Unit.Tests.Infrastructure;

/// <summary>The app in Azure has every setting of the product, each within its bounds, and no setting that is not documented.</summary>
[Collection(InfraTests.Name)]
public sealed partial class SettingsTests(InfraFixture infra)
{
    // Not of an options class. docs/configuration.md names them.
    private static readonly string[] Platform =
    [
        "APPLICATIONINSIGHTS_AUTHENTICATION_STRING",
        "APPLICATIONINSIGHTS_CONNECTION_STRING",
        "AzureWebJobsStorage__blobServiceUri",
        "AzureWebJobsStorage__clientId",
        "AzureWebJobsStorage__credential",
        "AzureWebJobsStorage__queueServiceUri",
        "AzureWebJobsStorage__tableServiceUri",
    ];

    // Flex Consumption takes these from elsewhere, or refuses them.
    private static readonly string[] Unwanted = ["FUNCTIONS_WORKER_RUNTIME", "FUNCTIONS_EXTENSION_VERSION", "WEBSITE_RUN_FROM_PACKAGE", "AzureWebJobsStorage", "WEBSITE_CONTENTSHARE"];

    [Fact]
    public void The_app_has_every_setting_of_the_product_and_those_of_the_platform() =>
        Assert.Equal(ProductSettings().Concat(Platform).Order(StringComparer.Ordinal), infra.Default.Settings.Keys.Order(StringComparer.Ordinal), StringComparer.Ordinal);

    [Fact]
    public void Every_setting_of_the_platform_is_documented()
    {
        var document = Repository.Read("docs/configuration.md");

        Assert.DoesNotContain(Platform.Append("OTEL_EXPORTER_OTLP_ENDPOINT"), name => !document.Contains($"`{name}`", StringComparison.Ordinal));
    }

    [Fact, Spec("azure.1.10/3")]
    public void The_app_has_none_that_its_plan_does_not_take() => Assert.Empty(infra.Deployments.Values.SelectMany(deployment => deployment.Settings.Keys).Intersect(Unwanted, StringComparer.OrdinalIgnoreCase));

    [Theory]
    [InlineData(InfraCases.Default)]
    [InlineData(InfraCases.Everything)]
    [InlineData(InfraCases.Least)]
    [InlineData(InfraCases.Odd)]
    public void The_product_takes_them(string name)
    {
        using var provider = Provider(infra.Deployments[name].Settings);
        var channel = provider.GetRequiredService<IConfiguration>().GetSection(WebPubSubOptions.Section).Get<WebPubSubOptions>()!;

        Assert.Null(Record.Exception(provider.GetRequiredService<IStartupValidator>().Validate));
        Assert.True(Validator.TryValidateObject(channel, new ValidationContext(channel), validationResults: null, validateAllProperties: true));
    }

    [Fact]
    public void A_setting_out_of_bounds_is_seen()
    {
        using var provider = Provider(new Dictionary<string, string>(infra.Default.Settings, StringComparer.Ordinal) { ["LongPoll__MaxWait"] = "00:05:01" });

        Assert.IsType<OptionsValidationException>(Record.Exception(provider.GetRequiredService<IStartupValidator>().Validate));
    }

    [Fact]
    public void Each_differs_from_the_products_default_for_a_reason()
    {
        var defaults = Product.Options.ToDictionary(option => option.Key, option => option.Default, StringComparer.Ordinal);

        Assert.Equal(
            ["Devices__RequireHttps = true", "Devices__TrustClientCertificate = true"],
            infra.Default.Settings
                .Where(setting => defaults.TryGetValue(setting.Key, out var usual) && !string.Equals(usual, setting.Value, StringComparison.Ordinal) && !setting.Value.StartsWith('['))
                .Select(setting => $"{setting.Key} = {setting.Value}")
                .Order(StringComparer.Ordinal),
            StringComparer.Ordinal);
    }

    [Fact, Spec("azure.7.1/1")]
    public void Services_are_reached_by_the_identity()
    {
        var settings = infra.Default.Settings;

        Assert.Equal("managedidentity", settings["AzureWebJobsStorage__credential"]);
        Assert.EndsWith(".clientId]", settings["AzureWebJobsStorage__clientId"], StringComparison.Ordinal);
        Assert.Matches(@"^\[format\('ClientId=\{0\};Authorization=AAD', reference\('[^']+/userAssignedIdentities/[^']+', '[^']+'\)\.clientId\)\]$", settings["APPLICATIONINSIGHTS_AUTHENTICATION_STRING"]);
        Assert.EndsWith(".primaryEndpoints.table]", settings["AzureWebJobsStorage__tableServiceUri"], StringComparison.Ordinal);
        Assert.EndsWith(".primaryEndpoints.blob]", settings["AzureWebJobsStorage__blobServiceUri"], StringComparison.Ordinal);
        Assert.EndsWith(".primaryEndpoints.queue]", settings["AzureWebJobsStorage__queueServiceUri"], StringComparison.Ordinal);
        Assert.Matches(@"^\[format\('https://\{0\}', reference\('[^']+/webPubSub/[^']+', '[^']+'\)\.hostName\)\]$", settings["WebPubSub__Endpoint"]);
    }

    [Fact]
    public void Parameters_reach_the_settings_that_they_are_for()
    {
        var settings = infra.Everything.Settings;

        Assert.Equal(InfraCases.Hash, settings["Access__FirstKeyHash"]);
        Assert.Equal("https://murano.example.com", settings["Access__PublicUrl"]);
        Assert.Equal("murano.example.com", settings["Devices__Host"]);
        Assert.Equal("devices.example.com", settings["Devices__Domain"]);
        Assert.Equal("00000000-0000-0000-0000-00000000000a", settings["Entra__TenantId"]);
        Assert.Equal("00000000-0000-0000-0000-00000000000b", settings["Entra__ClientId"]);
        Assert.Equal("00000000-0000-0000-0000-00000000000c", settings["Entra__ConsoleClientId"]);
        Assert.Equal("Fleet2", settings["Storage__TablePrefix"]);
        Assert.Equal("https://collector.example.com:4317", settings["OTEL_EXPORTER_OTLP_ENDPOINT"]);
        Assert.Equal("Debug", settings["Logging__LogLevel__Murano"]);
        Assert.Equal("Example", settings["Business__Name"]);
        Assert.Equal("true", settings["Devices__RequireHttps"]);
    }

    [Fact]
    public void The_first_key_is_nobodys_until_somebody_names_its_hash() => Assert.Equal("", infra.Default.Settings["Access__FirstKeyHash"]);

    [Fact]
    public void The_file_of_settings_has_those_that_no_parameter_decides_in_order_and_as_texts()
    {
        var file = JsonNode.Parse(Repository.Read("infra/settings.json"))!.AsObject();
        var decided = Decided().Matches(Repository.Read("infra/app/function-app.bicep")).Select(match => match.Groups[1].Value).ToList();

        Assert.Equal(file.Select(setting => setting.Key).Order(StringComparer.Ordinal), file.Select(setting => setting.Key), StringComparer.Ordinal);
        Assert.All(file, setting => Assert.Equal(JsonValueKind.String, setting.Value!.GetValueKind()));
        Assert.Contains("LongPoll__MaxPolls", decided, StringComparer.Ordinal);
        Assert.Empty(file.Select(setting => setting.Key).Intersect(decided, StringComparer.Ordinal));
    }

    private static IEnumerable<string> ProductSettings() => Product.Options.Where(option => !option.IsLocal).Select(option => option.Key);

    // What only Azure knows gets a value of its form.
    private static ServiceProvider Provider(IReadOnlyDictionary<string, string> settings)
    {
        var known = settings.ToDictionary(
            setting => setting.Key.Replace("__", ":", StringComparison.Ordinal),
            setting => (string?)(setting.Value.StartsWith('[') ? "https://known.example.com" : setting.Value),
            StringComparer.OrdinalIgnoreCase);
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(known).Build());
        services.AddMuranoShared();
        return services.BuildServiceProvider();
    }

    [GeneratedRegex("^ +(?:empty\\(.*\\{ )?([A-Za-z]+__[A-Za-z]+):", RegexOptions.Multiline)]
    private static partial Regex Decided();
}
