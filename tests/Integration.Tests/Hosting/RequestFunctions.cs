using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Murano.Integration.Tests.Hosting;

internal sealed class RequestFunctions(RequestProbe probe)
{
    [Function("Show")]
    public static IResult Show([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "show")] HttpRequest request)
    {
        var headers = request.Headers.Select(header => $"{header.Key}: {header.Value}");
        string[] lines = [$"{request.Scheme} {request.Host} {request.HttpContext.Connection.RemoteIpAddress}", .. headers];
        return TypedResults.Text(string.Join('\n', lines));
    }

    [Function("Wait")]
    public async Task<IResult> Wait([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "wait")] HttpRequest request, CancellationToken cancellationToken)
    {
        await using var aborted = request.HttpContext.RequestAborted.Register(() => probe.Aborted.TrySetResult());
        await using var bound = cancellationToken.Register(() => probe.Bound.TrySetResult());
        probe.Entered.TrySetResult();
        await Task.WhenAny(probe.Aborted.Task, probe.Release.Task);
        return TypedResults.Text("waited");
    }

    [Function("Read")]
    public static async Task<IResult> Read([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "read")] HttpRequest request)
    {
        var length = 0L;
        var buffer = new byte[64 * 1024];
        while (await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted) is var count and > 0)
        {
            length += count;
        }

        return TypedResults.Text(length.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }
}
