namespace Murano.Shared.Storage;

/// <summary>Storage did not answer, or refused for load, after all tries. Whether a write was done is not known; nothing may be said to be stored.</summary>
public sealed class StorageUnavailableException : Exception
{
    /// <summary>Storage is not to be had.</summary>
    public StorageUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Storage is not to be had.</summary>
    public StorageUnavailableException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>Storage is not to be had.</summary>
    public StorageUnavailableException()
        : base("Storage is not available.")
    {
    }

    /// <summary>The refusal that a caller is told.</summary>
    public static Failure.Busy ToFailure() => new("storage-unavailable", "Storage is not available at the moment.", TimeSpan.FromSeconds(5));
}
