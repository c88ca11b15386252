using Microsoft.Azure.Functions.Worker;

namespace Murano.LocalHost.Timers;

/// <summary>What storage knows of a timer function; all processes on the same storage share it.</summary>
/// <param name="Last">The last run that was due; null before the first.</param>
/// <param name="Next">The next run as it was foreseen.</param>
/// <param name="LastUpdated">When this was written.</param>
internal sealed record TimerRecord(DateTimeOffset? Last, DateTimeOffset Next, DateTimeOffset LastUpdated)
{
    /// <summary>As the function sees it.</summary>
    public ScheduleStatus ToStatus() => new()
    {
        Last = Last?.UtcDateTime ?? default,
        Next = Next.UtcDateTime,
        LastUpdated = LastUpdated.UtcDateTime,
    };
}
