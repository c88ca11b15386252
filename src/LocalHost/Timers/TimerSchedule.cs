using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using NCrontab;

namespace Murano.LocalHost.Timers;

/// <summary>When a timer function is due: by a cron expression or at a constant distance.</summary>
internal sealed class TimerSchedule
{
    private readonly CrontabSchedule? _cron;
    private readonly TimeSpan _interval;

    private TimerSchedule(CrontabSchedule? cron, TimeSpan interval) => (_cron, _interval) = (cron, interval);

    /// <summary>Reads a schedule as the attribute has it.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out TimerSchedule? schedule)
    {
        schedule = null;
        if (CrontabSchedule.TryParse(text, new CrontabSchedule.ParseOptions { IncludingSeconds = true }) is { } cron)
        {
            schedule = new(cron, default);
        }
        else if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var interval) && interval > TimeSpan.Zero)
        {
            schedule = new(null, interval);
        }

        return schedule is not null;
    }

    /// <summary>The first run after <paramref name="instant"/>.</summary>
    public DateTimeOffset After(DateTimeOffset instant) =>
        _cron is null ? instant + _interval : new DateTimeOffset(_cron.GetNextOccurrence(instant.UtcDateTime), TimeSpan.Zero);
}
