using System.ComponentModel.DataAnnotations;

namespace Murano.Functions.Telemetry;

/// <summary>What of the telemetry is exported. Where it goes is said by the standard variables of Application Insights and OpenTelemetry.</summary>
public sealed class TelemetryOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Telemetry";

    /// <summary>Share of requests whose spans are recorded. Metrics and logs are always whole.</summary>
    [Range(0.0, 1.0, ErrorMessage = "Telemetry:SampleRatio must be from 0 to 1.")]
    public double SampleRatio { get; set; } = 0.1;
}
