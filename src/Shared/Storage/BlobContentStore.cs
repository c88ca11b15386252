using System.Globalization;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Murano.Shared.Connectors;
using Murano.Shared.Content;

namespace Murano.Shared.Storage;

/// <summary>A connector's container of files. Nothing here holds a file whole.</summary>
public sealed class BlobContentStore(Containers containers, TableConnectorStore connectors)
{
    private const string Sha256 = "sha256";
    private const string Modified = "modified";
    private const string Tags = "tags";
    private const int ListedAtOnce = 1_000;

    /// <summary>One file; null when there is none.</summary>
    internal async Task<ContentItem?> FindAsync(ConnectorId connector, ContentId id, CancellationToken cancellationToken)
    {
        try
        {
            var found = (await Blob(connector, id).GetPropertiesAsync(cancellationToken: cancellationToken)).Value;
            return Item(id, found.ContentLength, found.ContentType, found.Metadata, found.LastModified, found.ETag);
        }
        catch (RequestFailedException fault) when (fault.Status == 404)
        {
            return null;
        }
    }

    /// <summary>Opens a file, or a part of it, in one request.</summary>
    /// <param name="connector">Whose.</param>
    /// <param name="id">Which.</param>
    /// <param name="first">First byte.</param>
    /// <param name="length">Number of bytes; null = to the end.</param>
    /// <param name="version">The version that it must be; null = whichever is there.</param>
    /// <param name="cancellationToken">Ends the request, not the reading of the bytes.</param>
    internal async Task<(OpenResult Result, ContentDownload? Download)> OpenAsync(ConnectorId connector, ContentId id, long first, long? length, string? version, CancellationToken cancellationToken)
    {
        var options = new BlobDownloadOptions
        {
            Range = first == 0 && length is null ? default : new HttpRange(first, length),
            Conditions = version is null ? null : new BlobRequestConditions { IfMatch = new ETag(version) },
        };
        try
        {
            var reply = (await Blob(connector, id).DownloadStreamingAsync(options, cancellationToken)).Value;
            var facts = reply.Details;
            var item = Item(id, Total(facts), facts.ContentType, facts.Metadata, facts.LastModified, facts.ETag);
            return (OpenResult.Open, new ContentDownload(item, first, facts.ContentLength, reply.Content));
        }
        catch (RequestFailedException fault) when (fault.Status is 404 or 412 or 416)
        {
            return (fault.Status switch { 404 => OpenResult.Missing, 412 => OpenResult.Changed, _ => OpenResult.OutOfRange }, null);
        }
    }

    /// <summary>Ids of the files whose blobs begin with <paramref name="prefix"/> (<see cref="ContentKeys"/>), in order.</summary>
    internal async Task<IReadOnlyList<ContentId>> ListAsync(ConnectorId connector, string prefix, CancellationToken cancellationToken)
    {
        List<ContentId> ids = [];
        await foreach (var page in PagesAsync(connector, prefix, cancellationToken))
        {
            foreach (var blob in page)
            {
                if (ContentKeys.TryParse(blob.Name, out var id))
                {
                    ids.Add(id);
                }
            }
        }

        return ids;
    }

    /// <summary>Files whose blobs begin with <paramref name="prefix"/>, in order, with what is kept beside them.</summary>
    /// <param name="connector">Whose.</param>
    /// <param name="prefix">Of the blobs.</param>
    /// <param name="limit">Most of them; null = as many as storage gives at once.</param>
    /// <param name="cursor">Where the page before ended; null = at the beginning.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The page; null when the cursor is none.</returns>
    internal async Task<ContentPage?> ListPageAsync(ConnectorId connector, string prefix, int? limit, string? cursor, CancellationToken cancellationToken)
    {
        if (!BlobCursor.TryRead(cursor, out var marker))
        {
            return null;
        }

        try
        {
            var options = new GetBlobsOptions { Prefix = prefix, Traits = BlobTraits.Metadata };
            await foreach (var page in containers.Content(connector).GetBlobsAsync(options, cancellationToken).AsPages(marker, limit ?? ListedAtOnce).WithCancellation(cancellationToken))
            {
                List<ContentItem> items = [];
                foreach (var blob in page.Values)
                {
                    if (ContentKeys.TryParse(blob.Name, out var id))
                    {
                        var found = blob.Properties;
                        items.Add(Item(id, found.ContentLength ?? 0, found.ContentType, blob.Metadata, found.LastModified.GetValueOrDefault(), found.ETag.GetValueOrDefault()));
                    }
                }

                return new ContentPage(items, BlobCursor.Of(page.ContinuationToken));
            }
        }
        catch (RequestFailedException fault) when (fault.Status == 404)
        {
            // No container yet.
        }
        catch (RequestFailedException fault) when (fault.Status == 400 && marker is not null)
        {
            return null;
        }

        return new ContentPage([], null);
    }

    /// <summary>Puts a small file, or replaces one, in one request.</summary>
    /// <returns>The version that is there now.</returns>
    internal Task<string> PutAsync(ConnectorId connector, ContentId id, byte[] bytes, int count, ContentFacts facts, CancellationToken cancellationToken) =>
        InContainerAsync(connector, async () =>
        {
            using var stream = new MemoryStream(bytes, 0, count, writable: false);
            var options = new BlobUploadOptions { HttpHeaders = Headers(facts), Metadata = Metadata(facts), TransferOptions = new() { InitialTransferSize = count + 1, MaximumConcurrency = 1 } };
            return Version((await Blob(connector, id).UploadAsync(stream, options, cancellationToken)).Value.ETag);
        }, cancellationToken);

    /// <summary>Brings a block of a large file to storage. Nothing is to be seen of it before <see cref="CommitAsync"/>.</summary>
    internal Task StageAsync(ConnectorId connector, ContentId id, string block, byte[] bytes, int count, CancellationToken cancellationToken) =>
        InContainerAsync(connector, async () =>
        {
            using var stream = new MemoryStream(bytes, 0, count, writable: false);
            await Blob(connector, id).StageBlockAsync(block, stream, cancellationToken: cancellationToken);
            return Done.Instance;
        }, cancellationToken);

    /// <summary>Makes a file of blocks, or replaces one, in one step.</summary>
    /// <returns>The version that is there now; null when the blocks are gone, because somebody else put a file of this id meanwhile.</returns>
    internal async Task<string?> CommitAsync(ConnectorId connector, ContentId id, IReadOnlyList<string> blocks, ContentFacts facts, CancellationToken cancellationToken)
    {
        try
        {
            var options = new CommitBlockListOptions { HttpHeaders = Headers(facts), Metadata = Metadata(facts) };
            return Version((await Blob(connector, id).CommitBlockListAsync(blocks, options, cancellationToken)).Value.ETag);
        }
        catch (RequestFailedException fault) when (fault.Status == 404 || (fault.Status == 400 && Is(fault, BlobErrorCode.InvalidBlockList)))
        {
            return null;
        }
    }

    /// <summary>Deletes a file, in whichever version; it need not be there.</summary>
    internal Task DeleteAsync(ConnectorId connector, ContentId id, CancellationToken cancellationToken) =>
        containers.Content(connector).GetBlobClient(ContentKeys.Blob(id)).DeleteIfExistsAsync(DeleteSnapshotsOption.IncludeSnapshots, cancellationToken: cancellationToken);

    /// <summary>Deletes one version of a file; another one, or none, is left as it is.</summary>
    /// <returns>Whether that version is gone; false = another one is there.</returns>
    internal Task<bool> DeleteAsync(ConnectorId connector, ContentId id, string version, CancellationToken cancellationToken) =>
        DeleteAsync(containers.Content(connector).GetBlobClient(ContentKeys.Blob(id)), version, cancellationToken);

    /// <summary>Deletes all files of a connector that is being deleted, and their container.</summary>
    internal Task RemoveAllAsync(ConnectorId connector, CancellationToken cancellationToken) => containers.Content(connector).DeleteIfExistsAsync(cancellationToken: cancellationToken);

    /// <summary>Deletes the files of a device that is being deleted.</summary>
    /// <param name="device">The device.</param>
    /// <param name="stillDeleting">Whether the delete is under way still. It is asked after each look at what is there: what was seen before a yes belongs to the device that goes,
    /// and of that exactly the version that was seen is deleted, so a device that comes after under the same identity loses nothing.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>False when the delete is not under way any more.</returns>
    internal async Task<bool> PurgeAsync(DeviceKey device, Func<Task<bool>> stillDeleting, CancellationToken cancellationToken)
    {
        await foreach (var page in PagesAsync(device.Connector, ContentKeys.FilesOf(device.Identity), cancellationToken))
        {
            if (page.Count > 0 && !await stillDeleting())
            {
                return false;
            }

            foreach (var blob in page)
            {
                await DeleteAsync(containers.Content(device.Connector).GetBlobClient(blob.Name), Version(blob.Properties.ETag.GetValueOrDefault()), cancellationToken);
            }
        }

        return true;
    }

    private static async Task<bool> DeleteAsync(BlobClient blob, string version, CancellationToken cancellationToken)
    {
        try
        {
            await blob.DeleteIfExistsAsync(DeleteSnapshotsOption.IncludeSnapshots, new BlobRequestConditions { IfMatch = new ETag(version) }, cancellationToken);
            return true;
        }
        catch (RequestFailedException fault) when (fault.Status == 412)
        {
            return false;
        }
    }

    private BlockBlobClient Blob(ConnectorId connector, ContentId id) => containers.Content(connector).GetBlockBlobClient(ContentKeys.Blob(id));

    // A container that is not there yet holds nothing.
    private async IAsyncEnumerable<IReadOnlyList<BlobItem>> PagesAsync(ConnectorId connector, string prefix, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var options = new GetBlobsOptions { Prefix = prefix };
        await using var pages = containers.Content(connector).GetBlobsAsync(options, cancellationToken).AsPages(pageSizeHint: ListedAtOnce).GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            try
            {
                if (!await pages.MoveNextAsync())
                {
                    yield break;
                }
            }
            catch (RequestFailedException fault) when (fault.Status == 404)
            {
                yield break;
            }

            yield return pages.Current.Values;
        }
    }

    private async Task<T> InContainerAsync<T>(ConnectorId connector, Func<Task<T>> write, CancellationToken cancellationToken)
    {
        try
        {
            return await write();
        }
        catch (RequestFailedException fault) when (Is(fault, BlobErrorCode.ContainerNotFound))
        {
            // Only for a connector that is there: an upload that outlasts its connector's deletion must not bring the container back.
            if (await connectors.FindAsync(connector, cancellationToken) is not { Connector.Settings.Deleting: false })
            {
                throw new StorageUnavailableException("The connector of this file is being deleted.", fault);
            }

            await containers.Content(connector).CreateIfNotExistsAsync(cancellationToken: cancellationToken);
            return await write();
        }
        catch (RequestFailedException fault) when (Is(fault, BlobErrorCode.ContainerBeingDeleted))
        {
            throw new StorageUnavailableException("The files of this connector are being deleted.", fault);
        }
    }

    private static bool Is(RequestFailedException fault, BlobErrorCode code) => string.Equals(fault.ErrorCode, code.ToString(), StringComparison.Ordinal);

    // The list gives it without quotes, everything else with them.
    private static string Version(ETag etag) => etag.ToString("H");

    private static long Total(BlobDownloadDetails details)
    {
        var slash = details.ContentRange?.LastIndexOf('/') ?? -1;
        return slash < 0 ? details.ContentLength : long.Parse(details.ContentRange.AsSpan(slash + 1), CultureInfo.InvariantCulture);
    }

    private static BlobHttpHeaders Headers(ContentFacts facts) => new() { ContentType = facts.Type.Value };

    private static Dictionary<string, string> Metadata(ContentFacts facts)
    {
        var metadata = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            [Sha256] = facts.Sha256,
            [Modified] = facts.Modified.ToString(CultureInfo.InvariantCulture),
        };
        if (facts.Tags.Json.Length > 0)
        {
            metadata[Tags] = facts.Tags.Json;
        }

        return metadata;
    }

    // Blobs that somebody put here with other tools lack what this product notes.
    private static ContentItem Item(ContentId id, long length, string? type, IDictionary<string, string>? metadata, DateTimeOffset changed, ETag etag)
    {
        string? Get(string name) => metadata?.FirstOrDefault(pair => string.Equals(pair.Key, name, StringComparison.OrdinalIgnoreCase)).Value;

        return new ContentItem
        {
            Id = id,
            Length = length,
            Facts = new ContentFacts(
                MediaType.TryParse(type, out var parsed) ? parsed : MediaType.Unknown,
                Get(Sha256) ?? "",
                long.TryParse(Get(Modified), NumberStyles.None, CultureInfo.InvariantCulture, out var modified) ? modified : changed.ToUnixMicros(),
                ContentTags.Parse(Get(Tags))),
            ETag = Version(etag),
        };
    }
}
