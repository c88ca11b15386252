namespace Murano.Admin.Import;

/// <summary>What became of something.</summary>
internal enum ImportOutcome
{
    /// <summary>It was so already.</summary>
    Unchanged,

    /// <summary>It is so now; in a dry run, it would be.</summary>
    Changed,

    /// <summary>It cannot be taken over; the reason says what happens instead.</summary>
    Skipped,

    /// <summary>The target has something else, and keeps it.</summary>
    Conflict,

    /// <summary>It was tried and refused.</summary>
    Failed,
}
