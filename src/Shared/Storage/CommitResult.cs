namespace Murano.Shared.Storage;

/// <summary>What became of a device's transaction.</summary>
internal enum CommitResult
{
    /// <summary>All of it is stored.</summary>
    Committed,

    /// <summary>The fence of the credential is gone: nothing is stored, and the credential holds no longer.</summary>
    FenceGone,

    /// <summary>A row is not as it was read: nothing is stored.</summary>
    Stale,
}
