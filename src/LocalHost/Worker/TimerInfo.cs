namespace Microsoft.Azure.Functions.Worker;

/// <summary>What a timer function learns about the run it is in.</summary>
public class TimerInfo
{
    /// <summary>The recorded schedule; null when it is not monitored.</summary>
    public ScheduleStatus? ScheduleStatus { get; set; }

    /// <summary>Whether the run comes later than scheduled.</summary>
    public bool IsPastDue { get; set; }
}
