using Microsoft.Azure.Functions.Worker;
using Murano.Functions.Telemetry;
using Murano.Shared.Storage;

namespace Murano.Functions.Timers;

/// <summary>The only timer: finishes what a request left in the middle.</summary>
public sealed class SweepFunctions(Setup setup, Sweeper sweeper, RequestWatch watch)
{
    /// <summary>Every five minutes; reads <c>todo</c> and nothing else.</summary>
    [Function("Timer_Sweep")]
    public Task SweepAsync([TimerTrigger("0 */5 * * * *")] TimerInfo timer, CancellationToken cancellationToken) => watch.RunAsync("Timer_Sweep", async () =>
    {
        await setup.EnsureAsync(cancellationToken);
        await sweeper.RunAsync(cancellationToken);
    });
}
