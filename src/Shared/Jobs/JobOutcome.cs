namespace Murano.Shared.Jobs;

/// <summary>What became of a row.</summary>
public enum JobOutcome
{
    /// <summary>It was as asked before, or there was nothing to change.</summary>
    Unchanged,

    /// <summary>It is as asked now; in a dry run, it would be.</summary>
    Changed,

    /// <summary>It was not done.</summary>
    Failed,
}
