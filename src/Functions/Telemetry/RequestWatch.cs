using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Murano.Functions.Fallback;
using Murano.Shared.Telemetry;

namespace Murano.Functions.Telemetry;

/// <summary>Counts and times each request, and gives it a span. While nobody listens, requests go past it untouched.</summary>
/// <remarks>A span has the function's name, the method, the route's template and the code: of what a caller sent, nothing.</remarks>
public sealed class RequestWatch(MuranoMetrics metrics, RouteTable routes, TelemetryExport? export = null)
{
    private const string Fallback = "Zz_Fallback";

    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

    /// <summary>Runs a request. The state saves a closure for each.</summary>
    internal Task<IResult> RunAsync<TState>(HttpRequest request, TState state, Func<HttpRequest, TState, Task<IResult>> serve)
    {
        export?.Wake();
        return metrics.CountsRequests || MuranoTracing.Source.HasListeners() ? WatchAsync(request, state, serve) : serve(request, state);
    }

    /// <summary>Runs what a timer began.</summary>
    internal async Task RunAsync(string operation, Func<Task> run)
    {
        export?.Wake();
        using var span = Begin(operation, ActivityKind.Internal);
        try
        {
            await run();
        }
        catch
        {
            span?.SetStatus(ActivityStatusCode.Error);
            throw;
        }
    }

    /// <summary>A request was refused: counts it, and names the reason on its span.</summary>
    internal void Refused(ApiSide api, string reason)
    {
        metrics.Refused(api, reason);
        MuranoTracing.Recorded?.SetTag("murano.reason", reason);
    }

    private async Task<IResult> WatchAsync<TState>(HttpRequest request, TState state, Func<HttpRequest, TState, Task<IResult>> serve)
    {
        var began = Stopwatch.GetTimestamp();
        var entry = routes.Find(request.Method, request.Path);
        var operation = entry?.Name ?? Fallback;
        using var span = Begin(operation, ActivityKind.Server);
        if (span is { IsAllDataRequested: true })
        {
            span.SetTag("http.request.method", Array.IndexOf(Methods, request.Method) >= 0 ? request.Method : "_OTHER");
            span.SetTag("http.route", entry is null ? "/" : entry.Address);
        }

        var status = StatusCodes.Status500InternalServerError;
        try
        {
            var reply = await serve(request, state);
            status = reply is IStatusCodeHttpResult { StatusCode: { } known } ? known : StatusCodes.Status200OK;
            return reply;
        }
        finally
        {
            metrics.Answered(operation, status, Stopwatch.GetElapsedTime(began));
            if (span is { IsAllDataRequested: true })
            {
                span.SetTag("http.response.status_code", status);
                span.SetStatus(status >= StatusCodes.Status500InternalServerError ? ActivityStatusCode.Error : ActivityStatusCode.Unset);
            }
        }
    }

    private static Activity? Begin(string operation, ActivityKind kind)
    {
        if (!MuranoTracing.Source.HasListeners())
        {
            return null;
        }

        if (HostInvocations.IsOne(Activity.Current))
        {
            // The host has the record of the request, and this hangs below it.
            return MuranoTracing.Source.StartActivity(operation, ActivityKind.Internal);
        }

        // A trace that the server took from a request's headers is not believed: whoever sends them could have all of their requests recorded, or hide one among others.
        Activity.Current = null;
        return MuranoTracing.Source.StartActivity(operation, kind);
    }
}
