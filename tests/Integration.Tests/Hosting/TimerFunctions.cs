using Microsoft.Azure.Functions.Worker;

namespace Murano.Integration.Tests.Hosting;

internal static class TimerFunctions
{
    internal sealed class EveryFiveMinutes(TimerProbe probe)
    {
        [Function("Five")]
        public Task RunAsync([TimerTrigger("0 */5 * * * *")] TimerInfo timer, CancellationToken cancellationToken)
        {
            probe.Runs.Enqueue(timer);
            return probe.During(cancellationToken);
        }
    }

    internal sealed class AtStart(TimerProbe probe)
    {
        [Function("AtStart")]
        public void Run([TimerTrigger("02:00:00", RunOnStartup = true, UseMonitor = false)] TimerInfo timer) => probe.Runs.Enqueue(timer);
    }
}
