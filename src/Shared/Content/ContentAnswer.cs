using Murano.Shared.Storage;

namespace Murano.Shared.Content;

/// <summary>What becomes of a request for a file that is there.</summary>
internal abstract record ContentAnswer
{
    /// <summary>Bytes to send. Whoever has them disposes of them.</summary>
    /// <param name="Download">The bytes.</param>
    /// <param name="IsPart">Whether they answer a range, be it one that names the whole.</param>
    public sealed record Found(ContentDownload Download, bool IsPart) : ContentAnswer;

    /// <summary>The client has this version already.</summary>
    public sealed record NotModified(ContentItem Item) : ContentAnswer;

    /// <summary>The file has none of the bytes that the range names.</summary>
    /// <param name="Total">Size of the file in bytes.</param>
    public sealed record Unsatisfiable(long Total) : ContentAnswer;
}
