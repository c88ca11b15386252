using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Murano.Functions.DeviceApi;
using Murano.Functions.ManagementApi;
using Murano.Functions.Telemetry;

namespace Murano.Functions.Fallback;

/// <summary>Answers what no other function takes: 405 with <c>Allow</c> when the address exists for another method, else 404.</summary>
/// <remarks>The host tries functions in order of their names, so this one's must stay the last.</remarks>
public sealed class FallbackFunctions(RouteTable routes, RequestWatch watch)
{
    private const string Management = "/api:1";

    /// <summary>Takes any method and any address.</summary>
    [Function("Zz_Fallback")]
    public Task<IResult> Any([HttpTrigger(AuthorizationLevel.Anonymous, Route = "{*path}")] HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return watch.RunAsync(request, this, static (request, functions) => functions.AnswerAsync(request));
    }

    private async Task<IResult> AnswerAsync(HttpRequest request)
    {
        using var body = await RequestBody.DiscardAsync(request);
        var allow = routes.Allowed(request.Path);
        if (request.Path.StartsWithSegments(Management, StringComparison.OrdinalIgnoreCase))
        {
            // Operators get the error body of specification b.1.
            var traceId = TraceId.Of(request);
            return allow is null ? OperatorReply.NoAddress(request, traceId) : OperatorReply.OtherMethod(allow, request, traceId);
        }

        return allow is null ? DeviceReply.NotFound : DeviceReply.OtherMethod(allow);
    }
}
