using Microsoft.Extensions.Logging;

namespace Murano.Shared.Realtime;

/// <summary>
/// Announces what is committed. The request waits for it, because an instance may be frozen once the reply is sent; but never for long, and it never
/// fails for it.
/// </summary>
public sealed partial class Announcer(IWakes wakes, TimeProvider time, ILogger<Announcer> logger)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(500);

    /// <summary>Wakes those who wait for the device.</summary>
    internal async Task WakeAsync(Wake wake)
    {
        try
        {
            var announced = wakes.AnnounceAsync(wake, CancellationToken.None);
            if (!announced.IsCompletedSuccessfully)
            {
                await announced.WaitAsync(Longest, time);
            }
        }
        catch (Exception fault)
        {
            Log.Failed(logger, fault, wake.Connector.Value, wake.Identity.Value, wake.Kind);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1500, LogLevel.Warning, "The wake of {Connector} {Identity} ({Kind}) may not have reached all who wait.")]
        public static partial void Failed(ILogger logger, Exception fault, string connector, string identity, WakeKind kind);
    }
}
