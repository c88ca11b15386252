using Microsoft.Extensions.Options;
using Murano.Shared.Access;
using Murano.Shared.Events;
using Murano.Shared.Storage;

namespace Murano.Shared.Content;

/// <summary>Files of a connector and of its devices (specification a.6).</summary>
public sealed class ContentService(BlobContentStore store, ContentReader reader, UploadSlots slots, DeviceAccess access, DeviceEvents events, IOptions<DeviceOptions> options, TimeProvider time)
{
    private readonly TimeSpan _deadline = options.Value.RequestDeadline;

    /// <summary>What a device may see: the connector's files, then its own.</summary>
    /// <returns>The ids, in order; Unauthorized when the credential no longer holds; Busy.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    public async Task<Outcome<IReadOnlyList<ContentId>>> ListAsync(DeviceSession device, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(device);
        if (!(await access.CheckInAsync(device, always: false, cancellationToken)).TryGet(out _, out var failure))
        {
            return failure;
        }

        var items = await store.ListAsync(device.Connector.Id, ContentKeys.Items, cancellationToken);
        var files = await store.ListAsync(device.Connector.Id, ContentKeys.FilesOf(device.Identity), cancellationToken);
        return new List<ContentId>([.. items, .. files]);
    }

    /// <summary>A file that a device may see, without its bytes.</summary>
    /// <returns>The file; NotFound, also for another device's; Unauthorized; Busy.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    public async Task<Outcome<ContentItem>> FindAsync(DeviceSession device, ContentId id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(device);
        if (!(await access.CheckInAsync(device, always: false, cancellationToken)).TryGet(out _, out var failure))
        {
            return failure;
        }

        return id.IsVisibleTo(device.Identity) && await store.FindAsync(device.Connector.Id, id, cancellationToken) is { } item ? item : ContentFailures.Unknown;
    }

    /// <summary>Opens a file that a device may see, or a part of it. All that the answer tells is of one version.</summary>
    /// <returns>The answer; NotFound, also for another device's file; Unauthorized; Busy.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    internal async Task<Outcome<ContentAnswer>> OpenAsync(DeviceSession device, ContentId id, ContentConditions conditions, CancellationToken cancellationToken)
    {
        if (!(await access.CheckInAsync(device, always: false, cancellationToken)).TryGet(out _, out var failure))
        {
            return failure;
        }

        return id.IsVisibleTo(device.Identity)
            ? await reader.OpenAsync(device.Connector.Id, id, conditions, cancellationToken)
            : ContentFailures.Unknown;
    }

    /// <summary>Whether a device may upload, before anything is read of what it sends.</summary>
    /// <returns>Done; Unauthorized when the credential no longer holds; Busy.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    internal async Task<Outcome<Done>> AdmitAsync(DeviceSession device)
    {
        using var step = new CancellationTokenSource(_deadline, time);
        return await access.CheckInAsync(device, always: false, step.Token);
    }

    /// <summary>A device uploads a file, or replaces one. The old one stays until the new one is there whole.</summary>
    /// <param name="device">Who uploads.</param>
    /// <param name="id">One of the device's own ids.</param>
    /// <param name="type">MIME type.</param>
    /// <param name="source">The bytes. Each step of the work on storage has a deadline of its own, the whole ends with the sender.</param>
    /// <returns>Done; the source's own problem; TooLarge; Unauthorized when the credential no longer holds, and then nothing of the upload stays; Busy when another upload of the id came between, or too many are on their way.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had; when that is found after the last step, the file may be there.</exception>
    internal Task<Outcome<Done>> UploadAsync(DeviceSession device, ContentId id, MediaType type, IContentSource source) => slots.RunAsync(() => TakeAsync(device, id, type, source));

    private async Task<Outcome<Done>> TakeAsync(DeviceSession device, ContentId id, MediaType type, IContentSource source)
    {
        await using var upload = new ContentUpload(store, device.Connector.Id, id, _deadline, time);
        if (await upload.TakeAsync(source) is { } problem)
        {
            return problem;
        }

        using var before = new CancellationTokenSource(_deadline, time);
        if (!(await access.CheckInAsync(device, always: true, before.Token)).TryGet(out _, out var failure))
        {
            return failure;
        }

        if (await upload.CommitAsync(type, ContentTags.None) is not { } version)
        {
            return ContentFailures.Overtaken;
        }

        // Blobs and rows share no transaction: a lock or delete may have come between, and then the file must not stay.
        using var after = new CancellationTokenSource(_deadline, time);
        var work = events.Begin(device.Connector, device.Key, EventType.ContentIn);
        var checkedIn = work is null
            ? await access.CheckInAsync(device, always: true, after.Token)
            : await access.CheckInAsync(device, work, EventRules.Uploaded(device.Key, device.Origin, new EventFile(id.Value, upload.Length, type.Value), time.GetUnixMicros()), events, after.Token);
        if (!checkedIn.TryGet(out var done, out failure))
        {
            using var last = new CancellationTokenSource(_deadline, time);
            await store.DeleteAsync(device.Connector.Id, id, version, last.Token);
            return failure;
        }

        await events.EndAsync(work, isDone: false);
        return done;
    }
}
