namespace Murano.Shared.Jobs;

/// <summary>Where a job stands.</summary>
public enum JobStatus
{
    /// <summary>It goes on.</summary>
    Running,

    /// <summary>Each row has its result.</summary>
    Done,

    /// <summary>Somebody ended it, or its connector is being deleted; rows that have no result were left alone.</summary>
    Cancelled,
}
