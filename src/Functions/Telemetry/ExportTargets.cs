using Azure.Core;
using Microsoft.Extensions.Configuration;
using Murano.Shared.Storage;

namespace Murano.Functions.Telemetry;

/// <summary>Where telemetry goes, by the standard settings of the platform and of OpenTelemetry.</summary>
/// <param name="ConnectionString">Of Application Insights; null = not there.</param>
/// <param name="HasCollector">Whether a collector is named, for OTLP.</param>
internal sealed record ExportTargets(string? ConnectionString, bool HasCollector)
{
    private const string Connection = "APPLICATIONINSIGHTS_CONNECTION_STRING";
    private const string Authentication = "APPLICATIONINSIGHTS_AUTHENTICATION_STRING";
    private const string Collector = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Whether there is any.</summary>
    public bool IsAny => ConnectionString is not null || HasCollector;

    /// <summary>What the settings say.</summary>
    public static ExportTargets Of(IConfiguration configuration) =>
        new(configuration[Connection] is { Length: > 0 } text ? text : null, configuration[Collector] is { Length: > 0 });

    /// <summary>The identity to show to Application Insights; null = the connection string is enough.</summary>
    public static TokenCredential? CredentialOf(IConfiguration configuration)
    {
        Dictionary<string, string> parts = new(StringComparer.OrdinalIgnoreCase);
        foreach (var part in (configuration[Authentication] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var (name, value) = part.IndexOf('=', StringComparison.Ordinal) is > 0 and var end ? (part[..end].TrimEnd(), part[(end + 1)..].TrimStart()) : (part, "");
            parts[name] = value;
        }

        return "AAD".Equals(parts.GetValueOrDefault("Authorization"), StringComparison.OrdinalIgnoreCase) ? AppIdentity.Of(parts.GetValueOrDefault("ClientId")) : null;
    }
}
