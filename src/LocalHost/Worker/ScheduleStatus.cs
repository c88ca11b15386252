namespace Microsoft.Azure.Functions.Worker;

/// <summary>The record of a monitored schedule, in UTC.</summary>
public class ScheduleStatus
{
    /// <summary>The last run that was due; the default value before the first.</summary>
    public DateTime Last { get; set; }

    /// <summary>The next run.</summary>
    public DateTime Next { get; set; }

    /// <summary>When this record was last written.</summary>
    public DateTime LastUpdated { get; set; }
}
