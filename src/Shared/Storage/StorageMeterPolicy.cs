using System.Diagnostics;
using Azure.Core;
using Azure.Core.Pipeline;
using Murano.Shared.Telemetry;

namespace Murano.Shared.Storage;

/// <summary>
/// Counts and times each try of a request to storage, and gives it a span where the request that it serves has one. The SDK's own spans are off: they name
/// addresses, and so identities and the hashes of tokens.
/// </summary>
/// <param name="service"><c>table</c> or <c>blob</c>.</param>
/// <param name="metrics">Where it is counted.</param>
internal sealed class StorageMeterPolicy(string service, MuranoMetrics metrics) : HttpPipelinePolicy
{
    private const string Ok = "ok";
    private const string Refused = "refused";
    private const string Throttled = "throttled";
    private const string Failed = "failed";

    private readonly string _span = $"storage {service}";

    /// <inheritdoc/>
    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var began = Stopwatch.GetTimestamp();
        try
        {
            ProcessNext(message, pipeline);
            Note(null, message.Response.Status, began);
        }
        catch when (!message.CancellationToken.IsCancellationRequested)
        {
            Note(null, null, began);
            throw;
        }
    }

    /// <inheritdoc/>
    public override ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        metrics.CountsStorage || MuranoTracing.Recorded is not null ? MeasureAsync(message, pipeline) : ProcessNextAsync(message, pipeline);

    /// <summary>What a status says of the try.</summary>
    internal static string OutcomeOf(int status) => status switch
    {
        429 or 503 => Throttled,
        408 or >= 500 => Failed,
        >= 400 => Refused,
        _ => Ok,
    };

    private async ValueTask MeasureAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        using var span = MuranoTracing.Recorded is null ? null : MuranoTracing.Source.StartActivity(_span, ActivityKind.Client);
        span?.SetTag("http.request.method", message.Request.Method.Method);
        var began = Stopwatch.GetTimestamp();
        try
        {
            await ProcessNextAsync(message, pipeline);
            Note(span, message.Response.Status, began);
        }
        catch when (!message.CancellationToken.IsCancellationRequested)
        {
            // One that its own caller gave up says nothing of storage.
            Note(span, null, began);
            throw;
        }
    }

    private void Note(Activity? span, int? status, long began)
    {
        var outcome = status is { } code ? OutcomeOf(code) : Failed;
        metrics.AskedStorage(service, outcome, Stopwatch.GetElapsedTime(began));
        if (span is not null)
        {
            span.SetTag("murano.outcome", outcome);
            if (status is { } answered)
            {
                span.SetTag("http.response.status_code", answered);
            }

            if (outcome is Throttled or Failed)
            {
                span.SetStatus(ActivityStatusCode.Error);
            }
        }
    }
}
