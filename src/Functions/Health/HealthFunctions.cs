using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Murano.Functions.Telemetry;

namespace Murano.Functions.Health;

/// <summary>For probes and load balancers. Needs no credential, and tells nothing but whether the app can serve.</summary>
public sealed class HealthFunctions(HealthService health, RequestWatch watch)
{
    /// <summary>The process answers: 200. Asks nobody.</summary>
    [Function("Health_Live")]
    public Task<IResult> Live([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = HealthRoutes.Live)] HttpRequest request) =>
        watch.RunAsync(request, 0, static (_, _) => Task.FromResult<IResult>(HealthReply.Live));

    /// <summary>The app can serve: 200, also without the channel; 503 with <c>Retry-After</c> without storage.</summary>
    [Function("Health_Ready")]
    public Task<IResult> Ready([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = HealthRoutes.Ready)] HttpRequest request) =>
        watch.RunAsync(request, health, static async (_, health) => HealthReply.Of(await health.AskAsync()));
}
