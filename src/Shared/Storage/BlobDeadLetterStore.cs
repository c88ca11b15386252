using Azure.Storage.Blobs.Models;
using Murano.Shared.Events;

namespace Murano.Shared.Storage;

/// <summary>Events that could not be delivered, as blobs in the connector's container.</summary>
public sealed class BlobDeadLetterStore(Containers containers)
{
    /// <summary>Keeps an event. Doing it again changes nothing.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="why">Why it was given up, for people.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    internal async Task AddAsync(OutboxEvent happened, string why, CancellationToken cancellationToken)
    {
        var container = containers.Content(happened.Device.Connector);
        await container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        var name = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"deadletter!{happened.Sequence:D19}!{KeyCodec.Encode(happened.Device.Identity.Value)}!");
        await container.GetBlobClient(name).UploadAsync(new BinaryData(happened.Data), new BlobUploadOptions { Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["why"] = Uri.EscapeDataString(why) } }, cancellationToken);
    }
}
