namespace Murano.Shared.Storage;

/// <summary>What became of the request for a blob's bytes.</summary>
internal enum OpenResult
{
    /// <summary>They come.</summary>
    Open,

    /// <summary>There is no such blob.</summary>
    Missing,

    /// <summary>It is not the version that was asked for.</summary>
    Changed,

    /// <summary>It has none of the bytes of the range.</summary>
    OutOfRange,
}
