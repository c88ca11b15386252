using System.Diagnostics;
using Murano.Shared.Telemetry;
using OpenTelemetry.Trace;

namespace Murano.Functions.Telemetry;

/// <summary>
/// Records a share of the requests, each whole. It throws a die of its own: a decision by the trace's id, or by a flag that came with it, would be one that whoever sends them
/// makes.
/// </summary>
/// <param name="ratio">The share, 0 to 1.</param>
internal sealed class RequestSampler(double ratio) : Sampler
{
    private static readonly SamplingResult Dropped = new(SamplingDecision.Drop);

    // Application Insights counts a recorded request as so many.
    private readonly SamplingResult _recorded = new(SamplingDecision.RecordAndSample, [new("microsoft.sample_rate", (float)(ratio * 100))]);

    /// <inheritdoc/>
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters)
    {
        var isRecorded = Activity.Current is { } parent && MuranoTracing.IsOurs(parent) ? parent.Recorded : Random.Shared.NextDouble() < ratio;
        return isRecorded ? _recorded : Dropped;
    }
}
