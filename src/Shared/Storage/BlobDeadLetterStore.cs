using System.Globalization;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Murano.Shared.Connectors;
using Murano.Shared.Events;

namespace Murano.Shared.Storage;

/// <summary>Events that could not be delivered, as blobs in the connector's container.</summary>
public sealed class BlobDeadLetterStore(Containers containers, TableConnectorStore connectors)
{
    private const string Why = "why";
    private const string Type = "type";
    private const string Time = "time";
    private const string Identity = "identity";
    private const string Sequence = "sequence";
    private const int LongestWhy = 500; // characters, which escapes can make nine times as many; all metadata of a blob have 8 KiB
    private const int FetchedAtOnce = 8;
    private const int NamesAtOnce = 1_000;

    /// <summary>Keeps an event. Doing it again changes nothing. Of a connector that is being deleted nothing is kept.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="why">Why it was given up, for people.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    internal async Task AddAsync(OutboxEvent happened, string why, CancellationToken cancellationToken)
    {
        var connector = happened.Device.Connector;
        try
        {
            await UploadAsync(happened, why, cancellationToken);
        }
        catch (RequestFailedException fault) when (fault.Status is 404 or 409)
        {
            // What is left of a connector that goes must not bring its container back.
            if (await connectors.FindAsync(connector, cancellationToken) is not { Connector.Settings.Deleting: false })
            {
                return;
            }

            if (fault.Status == 409)
            {
                throw new StorageUnavailableException("The container of this connector is being deleted.", fault);
            }

            await containers.Content(connector).CreateIfNotExistsAsync(cancellationToken: cancellationToken);
            await UploadAsync(happened, why, cancellationToken);
        }
    }

    /// <summary>A page of events with what they say, in order of time.</summary>
    /// <returns>The page; null when the cursor is none.</returns>
    internal async Task<DeadLetterPage?> ListAsync(ConnectorId connector, int limit, string? cursor, CancellationToken cancellationToken)
    {
        if (!BlobCursor.TryRead(cursor, out var marker) || await PageAsync(connector, limit, marker, cancellationToken) is not { } page)
        {
            return null;
        }

        List<DeadLetter> letters = [];
        foreach (var some in page.Ids.Chunk(FetchedAtOnce))
        {
            // One that is gone by now was retried or discarded meanwhile.
            letters.AddRange((await Task.WhenAll(some.Select(id => FindAsync(connector, id, cancellationToken)))).OfType<DeadLetter>());
        }

        return new DeadLetterPage(letters, page.Cursor);
    }

    /// <summary>The first ids, in order of time, and whether there are more.</summary>
    internal async Task<(IReadOnlyList<string> Ids, bool More)> ListIdsAsync(ConnectorId connector, CancellationToken cancellationToken)
    {
        var page = await PageAsync(connector, NamesAtOnce, marker: null, cancellationToken);
        return (page?.Ids ?? [], page?.Cursor is not null);
    }

    /// <summary>One event; null when there is none of this id.</summary>
    internal async Task<DeadLetter?> FindAsync(ConnectorId connector, string id, CancellationToken cancellationToken)
    {
        if (!ContentKeys.TryParseDeadLetterId(id, out var sequence, out var identity))
        {
            return null;
        }

        try
        {
            var found = (await Blob(connector, id).DownloadContentAsync(cancellationToken)).Value;
            var metadata = new Dictionary<string, string>(found.Details.Metadata, StringComparer.OrdinalIgnoreCase);
            return EventTypeNames.Read(metadata.GetValueOrDefault(Type, "")) is { } type
                && long.TryParse(metadata.GetValueOrDefault(Time), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var time)
                ? new DeadLetter(id, new OutboxEvent(new DeviceKey(connector, identity), sequence, type, time, found.Content.ToMemory()), Uri.UnescapeDataString(metadata.GetValueOrDefault(Why, "")))
                : null;
        }
        catch (RequestFailedException fault) when (fault.Status == 404)
        {
            return null;
        }
    }

    /// <summary>Removes an event.</summary>
    /// <returns>Whether it was there.</returns>
    internal async Task<bool> RemoveAsync(ConnectorId connector, string id, CancellationToken cancellationToken)
    {
        try
        {
            return ContentKeys.TryParseDeadLetterId(id, out _, out _) && await Blob(connector, id).DeleteIfExistsAsync(DeleteSnapshotsOption.IncludeSnapshots, cancellationToken: cancellationToken);
        }
        catch (RequestFailedException fault) when (fault.Status == 404)
        {
            return false;
        }
    }

    private async Task UploadAsync(OutboxEvent happened, string why, CancellationToken cancellationToken)
    {
        var options = new BlobUploadOptions
        {
            HttpHeaders = new BlobHttpHeaders { ContentType = "application/json" },
            Metadata = Metadata(happened, why),
            Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All },
        };
        try
        {
            await Blob(happened.Device.Connector, ContentKeys.DeadLetterId(happened.Sequence, happened.Device.Identity)).UploadAsync(new BinaryData(happened.Data), options, cancellationToken);
        }
        catch (RequestFailedException fault) when (fault.Status == 412 || string.Equals(fault.ErrorCode, BlobErrorCode.BlobAlreadyExists.ToString(), StringComparison.Ordinal))
        {
            // It is kept already.
        }
    }

    private async Task<(IReadOnlyList<string> Ids, string? Cursor)?> PageAsync(ConnectorId connector, int limit, string? marker, CancellationToken cancellationToken)
    {
        try
        {
            var options = new GetBlobsOptions { Prefix = ContentKeys.DeadLetters };
            await foreach (var page in containers.Content(connector).GetBlobsAsync(options, cancellationToken).AsPages(marker, limit).WithCancellation(cancellationToken))
            {
                return ([.. page.Values.Select(blob => blob.Name[ContentKeys.DeadLetters.Length..].TrimEnd(KeyCodec.Separator))], BlobCursor.Of(page.ContinuationToken));
            }
        }
        catch (RequestFailedException fault) when (fault.Status == 404)
        {
            // No container, no events.
        }
        catch (RequestFailedException fault) when (fault.Status == 400 && marker is not null)
        {
            return null;
        }

        return ([], null);
    }

    private BlobClient Blob(ConnectorId connector, string id) => containers.Content(connector).GetBlobClient(ContentKeys.DeadLetter(id));

    // Metadata travel as headers, so texts are escaped.
    private static Dictionary<string, string> Metadata(OutboxEvent happened, string why) => new(StringComparer.Ordinal)
    {
        [Why] = Uri.EscapeDataString(why.Length <= LongestWhy ? why : why[..LongestWhy]),
        [Type] = EventTypeNames.Of(happened.Type),
        [Time] = happened.Time.ToString(CultureInfo.InvariantCulture),
        [Identity] = Uri.EscapeDataString(happened.Device.Identity.Value),
        [Sequence] = happened.Sequence.ToString(CultureInfo.InvariantCulture),
    };
}
