using Microsoft.Extensions.Options;
using Murano.Shared.Access;
using Murano.Shared.Events;
using Murano.Shared.Identities;
using Murano.Shared.Realtime;
using Murano.Shared.Tags;

namespace Murano.Shared.Storage;

/// <summary>What other partitions tell of a device: the rows of directory and recency, the credentials and the index of tags. Derived from its partition, and made right from it after each change.</summary>
public sealed class DeviceIndexes(
    TableDeviceStore devices,
    TableDirectoryStore directory,
    TableCredentialStore credentials,
    TableRecencyStore recency,
    TableTagStore tagIndex,
    TableTodoStore todo,
    BlobContentStore files,
    CredentialCache cache,
    Announcer announcer,
    TableOutboxStore outbox,
    DeviceEvents events,
    HeardDevices heard,
    IOptions<DeviceOptions> options,
    TimeProvider time)
{
    private const int WritesAtOnce = 8;

    // How far the clocks of two instances may be apart.
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    /// <summary>Long enough that the request which began the work has surely ended.</summary>
    internal static readonly TimeSpan SweepAfter = TimeSpan.FromMinutes(2);

    /// <summary>Notes, before the first step, that a device is about to be changed.</summary>
    /// <param name="device">The device.</param>
    /// <param name="operationId">The change.</param>
    /// <param name="made">Credentials that the change makes or unmakes.</param>
    /// <param name="before">The device as it was read; null = it is new.</param>
    /// <param name="begun">What was noted by an earlier try of the same change; null = nothing.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal async Task<TodoItem> BeginAsync(DeviceKey device, string operationId, IEnumerable<(string Hash, CredentialId Id)> made, DeviceRecord? before, TodoItem? begun, CancellationToken cancellationToken)
    {
        List<(string Hash, CredentialId Id)> all = [.. made.Union(begun?.Credentials ?? [])];
        var listed = before is null ? "" : RecencyKey.Of(before).Mark;
        if (begun is not null && begun.Credentials.Count == all.Count && string.Equals(begun.Listed, listed, StringComparison.Ordinal))
        {
            return begun;
        }

        var item = new TodoItem { Due = begun?.Due ?? time.GetUtcNow() + SweepAfter, OperationId = operationId, Device = device, Credentials = all, Listed = listed };
        await todo.PutAsync(item, cancellationToken);
        return item;
    }

    /// <summary>As <see cref="BeginAsync"/>, for a change of tags.</summary>
    internal async Task<TodoItem> BeginTagsAsync(DeviceKey device, string operationId, TagDifference tags, TodoItem? begun, CancellationToken cancellationToken)
    {
        List<Tag> all = [.. tags.All.Union(begun?.Tags ?? [])];
        if (begun is not null && begun.Tags.Count == all.Count)
        {
            return begun;
        }

        if (begun is not null && all.Count > TagRules.MaxTags)
        {
            // One property holds no more than this. What the earlier tries may have stored is seen to first.
            await FinishAsync(begun, cancellationToken);
            return await BeginTagsAsync(device, operationId, tags, null, cancellationToken);
        }

        var item = new TodoItem { Due = begun?.Due ?? time.GetUtcNow() + SweepAfter, OperationId = operationId, Device = device, Tags = all };
        await todo.PutAsync(item, cancellationToken);
        return item;
    }

    /// <summary>
    /// Changes the header as it was read. This instance forgets the device's credential then, and where a fence goes, those who wait with it are woken to be
    /// refused; both also when it cannot tell whether the change is stored. Whatever ends a device's access passes here.
    /// </summary>
    /// <param name="header">The new header.</param>
    /// <param name="before">The device as it was read; null = it is new.</param>
    /// <param name="work">Who is to be told; null = nobody.</param>
    /// <param name="happened">What.</param>
    /// <param name="caller">The device whose own request it is; null = it is none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when the header changed meanwhile, or our own change is there and only its reply was lost.</returns>
    internal async Task<bool> CommitAsync(DeviceHeader header, DeviceRecord? before, EventWork? work, IReadOnlyList<DeviceEvent> happened, DeviceOrigin? caller, CancellationToken cancellationToken)
    {
        try
        {
            return work is null
                ? (await devices.ChangeAsync(header, before, [], null, cancellationToken)).Result == CommitResult.Committed
                : await CommitAsync(header, before, work, EventsOf(header, before, happened, caller), cancellationToken);
        }
        finally
        {
            if (before is not null)
            {
                cache.Drop(before.Header);
            }

            if (before?.Fence is { } fence && (!header.HasFence || header.Credential != fence))
            {
                await announcer.WakeAsync(new Wake(header.Key.Connector, header.Key.Identity, WakeKind.Access));
            }
        }
    }

    /// <summary>Changes tags, and the header as it was read. The device's credential holds as before.</summary>
    /// <returns>As the other.</returns>
    internal async Task<bool> CommitTagsAsync(DeviceHeader header, TagDifference tags, EventsHead? head, CancellationToken cancellationToken) =>
        await devices.ChangeAsync(header, tags, head, cancellationToken) == CommitResult.Committed;

    /// <summary>The head of a device's events no longer knows the tags.</summary>
    /// <returns>False when it changed meanwhile.</returns>
    internal async Task<bool> ForgetTagsAsync(EventsHead head, CancellationToken cancellationToken) =>
        head.Tags is null || await outbox.ReplaceAsync(head with { Tags = null }, cancellationToken) is not null;

    /// <summary>Finishes a delete that somebody else began.</summary>
    internal async Task FinishDeleteAsync(DeviceRecord record, CancellationToken cancellationToken) =>
        await FinishAsync(await BeginAsync(record.Header.Key, record.Header.OperationId, [], record, null, cancellationToken), cancellationToken);

    /// <summary>Makes everything derived right, whether the change came about or not, then forgets the work. Safe to run at any time, by anybody, more than once.</summary>
    internal async Task FinishAsync(TodoItem item, CancellationToken cancellationToken)
    {
        await Parallel.ForEachAsync(item.Repairs, new ParallelOptions { MaxDegreeOfParallelism = WritesAtOnce, CancellationToken = cancellationToken }, async (repair, token) => await MakeRightAsync(repair, token));
        await todo.RemoveAsync(item, cancellationToken);
    }

    /// <summary>Lists a device that was made a moment ago, without a credential. Right only while its header is the one that made it: whoever calls looks afterwards.</summary>
    internal async Task ListNewAsync(DeviceHeader header, IReadOnlyList<Tag> tags, CancellationToken cancellationToken) => await Task.WhenAll(
        directory.PutAsync(header, cancellationToken),
        recency.PutAsync(RecencyKey.Of(header.Key, header.LastSeen.At, header.Created), cancellationToken),
        ForEachAsync(tags, (tag, token) => tagIndex.PutAsync(header.Key, tag, token), cancellationToken));

    /// <summary>
    /// Makes right what the header's last change did not come to, so that who asks for a change again after a fault finds it done wholly. The work stays noted: whoever
    /// noted it may be at it.
    /// </summary>
    internal Task CatchUpAsync(DeviceHeader header, CancellationToken cancellationToken) =>
        CatchUpAsync(TodoKeys.Shard(header.OperationId), item => string.Equals(item.OperationId, header.OperationId, StringComparison.Ordinal), device => device == header.Key, cancellationToken);

    /// <summary>The same for all changes of many devices: one request for each shard.</summary>
    internal Task CatchUpAsync(IReadOnlySet<DeviceKey> among, CancellationToken cancellationToken) =>
        ForEachAsync(TodoKeys.Shards, (shard, token) => CatchUpAsync(shard, _ => true, among.Contains, token), cancellationToken);

    /// <summary>As <see cref="FinishAsync"/> for one device, without forgetting the work.</summary>
    internal async Task MakeRightAsync(TodoItem item, CancellationToken cancellationToken)
    {
        var (record, tags) = await FindAsync(item, cancellationToken);
        while (true)
        {
            var header = record?.Header;
            if (record is { Header.Status: DeviceStatus.Deleting })
            {
                await PurgeAsync(record, cancellationToken);
                (record, tags) = await FindAsync(item, cancellationToken);
                continue;
            }

            foreach (var (hash, id) in item.Credentials)
            {
                await DeriveAsync(hash, id, item.Device, header, cancellationToken);
            }

            await ForEachAsync(item.Tags, (tag, token) => tags.Contains(tag) ? tagIndex.PutAsync(item.Device, tag, token) : tagIndex.RemoveAsync(item.Device, tag, token), cancellationToken);
            await (header is null ? directory.RemoveAsync(item.Device, cancellationToken) : directory.PutAsync(header, cancellationToken));
            await RelistAsync(item, record, cancellationToken);

            // The header may have moved meanwhile, and what the other writer derived may be overwritten by ours: look again.
            var (now, tagsNow) = await FindAsync(item, cancellationToken);
            if (TableDirectoryStore.SayTheSame(now?.Header, header) && now?.Header.Credential == header?.Credential && tagsNow.SetEquals(tags))
            {
                return;
            }

            (record, tags) = (now, tagsNow);
        }
    }

    /// <summary>Writes the hint of a token that is set by hand.</summary>
    /// <returns>False: another device has the token. Null: somebody is about to have it, or had it a moment ago.</returns>
    internal async Task<bool?> ClaimAsync(string hash, CredentialHint hint, CancellationToken cancellationToken)
    {
        var now = time.GetUnixMicros();
        if (await credentials.AddAsync(hash, hint, now, cancellationToken))
        {
            return true;
        }

        if (await credentials.ReadAsync(hash, cancellationToken) is not { } row)
        {
            return null;
        }

        var other = row.Hint.Device;
        var owner = await devices.FindAsync(other, cancellationToken);
        if (owner is not null && string.Equals(owner.Header.CredentialHash, hash, StringComparison.Ordinal))
        {
            return other == hint.Device ? null : false;
        }

        // A row that no header bears out is a leftover, or runs ahead of another device's change; after this time that change has surely ended.
        if (other != hint.Device && now - row.Claimed < (long)SweepAfter.TotalMicroseconds)
        {
            return null;
        }

        return await credentials.ReplaceAsync(hash, row, hint, now, cancellationToken) ? true : null;
    }

    // The device, and those of the work's tags that the device has.
    private async Task<(DeviceRecord? Record, HashSet<Tag> Tags)> FindAsync(TodoItem item, CancellationToken cancellationToken)
    {
        if (item.Tags.Count == 0)
        {
            return (await devices.FindAsync(item.Device, cancellationToken), []);
        }

        var (record, tags) = await devices.FindWithTagsAsync(item.Device, cancellationToken);
        return (record, [.. tags.Intersect(item.Tags)]);
    }

    private async Task<bool> CommitAsync(DeviceHeader header, DeviceRecord? before, EventWork work, EventChange change, CancellationToken cancellationToken)
    {
        var (result, _) = await events.CommitAsync(work, change, outbox => devices.ChangeAsync(header, before, [], outbox, cancellationToken), cancellationToken);
        if (change.Disconnects || change.Connects)
        {
            heard.Drop(header.Key);
        }

        return result == CommitResult.Committed;
    }

    // A connection ends with its fence, if it had not run out before. An activation is a request of the device's own, so it begins one.
    private EventChange EventsOf(DeviceHeader header, DeviceRecord? before, IReadOnlyList<DeviceEvent> happened, DeviceOrigin? caller)
    {
        var until = before is null ? 0 : PresenceRules.DisconnectsAt(before, options.Value);
        var isOnline = until > time.GetUnixMicros();
        return new()
        {
            Happened = happened,
            Disconnects = before?.Fence is { } fence && (!header.HasFence || header.Credential != fence),
            DisconnectedAt = isOnline ? 0 : until,
            WasOnline = isOnline,
            Connects = caller is not null && header.HasFence,
            Address = caller?.AddressText ?? "",
            MakesDevice = before is null,
            HasHeader = true,
            Tags = header.TagText,
            Leaves = header.Status == DeviceStatus.Deleting,
        };
    }

    private static Task ForEachAsync<T>(IEnumerable<T> all, Func<T, CancellationToken, Task> action, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        all, new ParallelOptions { MaxDegreeOfParallelism = WritesAtOnce, CancellationToken = cancellationToken }, async (one, token) => await action(one, token));

    // A device's own requests move its row too, so only the one from before the operation goes, and only when the device has another by now.
    private async Task RelistAsync(TodoItem item, DeviceRecord? record, CancellationToken cancellationToken)
    {
        var wanted = record is null ? null : RecencyKey.Of(record).Mark;
        var isListed = string.Equals(wanted, item.Listed, StringComparison.Ordinal);
        if (item.Listed is not { } before || (isListed && !item.MayBeUnlisted))
        {
            return;
        }

        if (wanted is not null)
        {
            await recency.PutAsync(new RecencyKey(wanted, item.Device), cancellationToken);
        }

        if (before.Length > 0 && !isListed)
        {
            await recency.RemoveAsync(new RecencyKey(before, item.Device), cancellationToken);
        }
    }

    // Only the row of this very credential goes: one of a later credential with the same hash belongs to a change that may be under way.
    private async Task DeriveAsync(string hash, CredentialId id, DeviceKey device, DeviceHeader? header, CancellationToken cancellationToken)
    {
        if (header?.Credential is not { } present || !string.Equals(header.CredentialHash, hash, StringComparison.Ordinal))
        {
            await credentials.RemoveAsync(hash, new CredentialHint(device, id), cancellationToken);
            return;
        }

        var hint = new CredentialHint(device, present);
        var row = await credentials.ReadAsync(hash, cancellationToken);
        if (row is null)
        {
            await credentials.AddAsync(hash, hint, time.GetUnixMicros(), cancellationToken);
        }
        else if (row.Hint != hint && row.Hint.Device == device)
        {
            await credentials.ReplaceAsync(hash, row, hint, time.GetUnixMicros(), cancellationToken);
        }
    }

    // What is derived goes before the rows it is derived from, so that no step leaves a token behind that the header no longer shows, or an index row of a tag that
    // is gone; the header goes last, so that nobody can come under its identity before.
    private async Task PurgeAsync(DeviceRecord record, CancellationToken cancellationToken)
    {
        var header = record.Header;
        foreach (var (hash, id) in header.Credentials)
        {
            await credentials.RemoveAsync(hash, new CredentialHint(header.Key, id), cancellationToken);
        }

        var (_, tags) = await devices.FindWithTagsAsync(header.Key, cancellationToken);
        await ForEachAsync(tags, (tag, token) => tagIndex.RemoveAsync(header.Key, tag, token), cancellationToken);
        await directory.RemoveAsync(header.Key, cancellationToken);
        await recency.RemoveAsync(RecencyKey.Of(record), cancellationToken);
        if (await devices.PurgeAsync(header, cancellationToken) is { } bare
            && await files.PurgeAsync(bare.Key, () => devices.IsUnchangedAsync(bare, cancellationToken), cancellationToken))
        {
            await devices.RemoveAsync(bare, cancellationToken);
        }
    }

    private async Task CatchUpAsync(string shard, Func<TodoItem, bool> isMeant, Func<DeviceKey, bool> isWanted, CancellationToken cancellationToken)
    {
        await foreach (var (_, item) in todo.ListDueAsync(shard, time.GetUtcNow() + SweepAfter + ClockSkew, cancellationToken))
        {
            if (item is { Kind: TodoKind.Repair or TodoKind.Batch } && isMeant(item))
            {
                await ForEachAsync([.. item.Repairs.Where(repair => isWanted(repair.Device))], MakeRightAsync, cancellationToken);
            }
        }
    }
}
