using Azure;
using Murano.Shared.Content;

namespace Murano.Shared.Storage;

/// <summary>Bytes of one version of a file on their way out of storage.</summary>
internal sealed class ContentDownload(ContentItem item, long first, long length, Stream bytes) : IAsyncDisposable
{
    /// <summary>The file.</summary>
    public ContentItem Item { get; } = item;

    /// <summary>Place of the first byte in the file.</summary>
    public long First { get; } = first;

    /// <summary>How many bytes come.</summary>
    public long Length { get; } = length;

    /// <summary>Reads on; 0 after the last byte.</summary>
    /// <exception cref="StorageUnavailableException">Storage broke off.</exception>
    public async ValueTask<int> ReadAsync(Memory<byte> target, CancellationToken cancellationToken)
    {
        try
        {
            return await bytes.ReadAsync(target, cancellationToken);
        }
        catch (Exception fault) when (fault is RequestFailedException or AggregateException or IOException || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new StorageUnavailableException("A download from storage broke off.", fault);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => bytes.DisposeAsync();
}
