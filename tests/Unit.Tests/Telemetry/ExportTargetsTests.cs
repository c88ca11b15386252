using Azure.Identity;
using Microsoft.Extensions.Configuration;
using Murano.Functions.Telemetry;

namespace Murano.Unit.Tests.Telemetry;

public sealed class ExportTargetsTests
{
    [Theory]
    [InlineData(null, null, false, false)]
    [InlineData("", "", false, false)]
    [InlineData("InstrumentationKey=0", null, true, false)]
    [InlineData(null, "http://127.0.0.1:4318", false, true)]
    [InlineData("InstrumentationKey=0", "http://127.0.0.1:4318", true, true)]
    public void Are_those_that_settings_name(string? connection, string? collector, bool insights, bool otlp)
    {
        var targets = ExportTargets.Of(Settings(("APPLICATIONINSIGHTS_CONNECTION_STRING", connection), ("OTEL_EXPORTER_OTLP_ENDPOINT", collector)));

        Assert.Equal((insights, otlp, insights || otlp), (targets.ConnectionString is not null, targets.HasCollector, targets.IsAny));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("Authorization=Basic", null)]
    [InlineData("ClientId=0000", null)]
    [InlineData("=;;=", null)]
    [InlineData("ClientId=11111111-1111-1111-1111-111111111111;Authorization=AAD", typeof(ManagedIdentityCredential))]
    [InlineData(" authorization = aad ; clientid = 11111111-1111-1111-1111-111111111111 ;", typeof(ManagedIdentityCredential))]
    [InlineData("Authorization=AAD", typeof(DefaultAzureCredential))]
    public void Ask_for_an_identity_where_the_settings_say_so(string? authentication, Type? expected) =>
        Assert.Equal(expected, ExportTargets.CredentialOf(Settings(("APPLICATIONINSIGHTS_AUTHENTICATION_STRING", authentication)))?.GetType());

    private static IConfiguration Settings(params (string Name, string? Value)[] values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values.ToDictionary(value => value.Name, value => value.Value, StringComparer.Ordinal)).Build();
}
