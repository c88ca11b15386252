using Azure;
using Azure.Data.Tables;
using Murano.Shared.Access;
using Murano.Shared.State;
using Murano.Shared.Tags;

namespace Murano.Shared.Storage;

/// <summary>A device's partition: reads of it, and the transactions that change it.</summary>
public sealed class TableDeviceStore(Tables tables)
{
    /// <summary>The device's header and fence in one query; null when the device is not known.</summary>
    internal async Task<DeviceRecord?> FindAsync(DeviceKey key, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {key.Partition} and (RowKey eq {DeviceRows.Header(key)} or (RowKey ge {DeviceRows.FenceStart} and RowKey lt {DeviceRows.FenceEnd}))");
        return DeviceEntities.ToRecord(key, await ListAsync(filter, cancellationToken));
    }

    /// <summary>Whether the header is still as it was read, by a point read. Cloud sets and whatever adds or removes a fence move it; what the device itself writes does not.</summary>
    internal async Task<bool> IsUnchangedAsync(DeviceKey key, string headerETag, CancellationToken cancellationToken)
    {
        var found = await tables.Devices.GetEntityIfExistsAsync<TableEntity>(key.Partition, DeviceRows.Header(key), ["Version"], cancellationToken);
        return found.HasValue && string.Equals(found.Value!.ETag.ToString(), headerETag, StringComparison.Ordinal);
    }

    /// <summary>The device's header and fence by point reads, which cost the same in a storage of any size; null when the device is not known.</summary>
    internal async Task<DeviceRecord?> GetAsync(DeviceKey key, CancellationToken cancellationToken)
    {
        string? before = null;
        while (true)
        {
            var header = await tables.Devices.GetEntityIfExistsAsync<TableEntity>(key.Partition, DeviceRows.Header(key), cancellationToken: cancellationToken);
            if (!header.HasValue)
            {
                return null;
            }

            var found = DeviceEntities.ToHeader(key, header.Value!);
            if (!found.HasFence || string.Equals(found.ETag, before, StringComparison.Ordinal))
            {
                return new DeviceRecord(found, null, LastSeen.Never);
            }

            // A fence that is gone went with a change of the header.
            var fence = await tables.Devices.GetEntityIfExistsAsync<TableEntity>(key.Partition, DeviceRows.Fence(found.Credential!.Value), cancellationToken: cancellationToken);
            if (fence.HasValue)
            {
                return new DeviceRecord(found, found.Credential, DeviceEntities.ToLastSeen(fence.Value!), fence.Value!.GetInt64(DeviceEntities.PollUntil) ?? 0);
            }

            before = found.ETag;
        }
    }

    /// <summary>By which row of <c>recency</c> a device with a fence is listed; null without the fence.</summary>
    internal async Task<RecencyKey?> FindListedAsync(DeviceKey key, CredentialId credential, CancellationToken cancellationToken)
    {
        var fence = await tables.Devices.GetEntityIfExistsAsync<TableEntity>(key.Partition, DeviceRows.Fence(credential), cancellationToken: cancellationToken);
        if (!fence.HasValue)
        {
            return null;
        }

        if (DeviceEntities.ToLastSeen(fence.Value!) is { At: > 0 } seen)
        {
            return RecencyKey.Of(key, seen.At, 0);
        }

        var header = await tables.Devices.GetEntityIfExistsAsync<TableEntity>(key.Partition, DeviceRows.Header(key), cancellationToken: cancellationToken);
        return header.HasValue ? RecencyKey.Of(key, 0, DeviceEntities.ToHeader(key, header.Value!).Created) : null;
    }

    /// <summary>Header, fence and the rows of some aliases as one look shows them; the record is null when the device is not known.</summary>
    internal async Task<(DeviceRecord? Record, IReadOnlyList<StateRow> Rows)> FindWithStateAsync(DeviceKey key, IReadOnlyList<Alias> aliases, CancellationToken cancellationToken)
    {
        List<TableEntity> entities = [];
        List<StateRow> rows = [];
        string? others = TableClient.CreateQueryFilter($"(RowKey ge {DeviceRows.HeaderStart} and RowKey lt {DeviceRows.FenceEnd})");
        foreach (var chunk in aliases.Chunk(TableLimits.RowsInFilter))
        {
            foreach (var entity in await ListAsync(StateFilter(key, chunk, others), cancellationToken))
            {
                if (DeviceRows.IsState(entity.RowKey))
                {
                    rows.Add(DeviceEntities.ToState(entity));
                }
                else
                {
                    entities.Add(entity);
                }
            }

            others = null;
        }

        return (DeviceEntities.ToRecord(key, entities), rows);
    }

    /// <summary>Header, fence and all values of a device.</summary>
    internal async Task<(DeviceRecord? Record, IReadOnlyList<StateRow> Rows)> FindWithAllStateAsync(DeviceKey key, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {key.Partition} and (RowKey eq {DeviceRows.Header(key)} or (RowKey ge {DeviceRows.FenceStart} and RowKey lt {DeviceRows.FenceEnd}) or (RowKey ge {DeviceRows.StateStart} and RowKey lt {DeviceRows.StateEnd}))");
        var entities = await ListAsync(filter, cancellationToken);
        return (DeviceEntities.ToRecord(key, entities), [.. entities.Where(entity => DeviceRows.IsState(entity.RowKey)).Select(DeviceEntities.ToState)]);
    }

    /// <summary>Header, fence and all tags of a device, the tags in order of their keys.</summary>
    internal async Task<(DeviceRecord? Record, List<Tag> Tags)> FindWithTagsAsync(DeviceKey key, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {key.Partition} and (RowKey eq {DeviceRows.Header(key)} or (RowKey ge {DeviceRows.FenceStart} and RowKey lt {DeviceRows.FenceEnd}) or (RowKey ge {DeviceRows.TagStart} and RowKey lt {DeviceRows.TagEnd}))");
        var entities = await ListAsync(filter, cancellationToken);
        return (DeviceEntities.ToRecord(key, entities), [.. entities.Where(entity => DeviceRows.IsTag(entity.RowKey)).Select(entity => DeviceRows.ParseTag(entity.RowKey))]);
    }

    /// <summary>The same, and the head of its events; null without one.</summary>
    internal async Task<(DeviceRecord? Record, List<Tag> Tags, EventsHead? Head)> FindWithTagsAndEventsAsync(DeviceKey key, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {key.Partition} and ((RowKey ge {DeviceRows.HeaderStart} and RowKey lt {DeviceRows.FenceEnd}) or (RowKey ge {DeviceRows.TagStart} and RowKey lt {DeviceRows.TagEnd}))");
        var entities = await ListAsync(filter, cancellationToken);
        var head = entities.Find(entity => DeviceRows.IsEvents(entity.RowKey));
        return (
            DeviceEntities.ToRecord(key, entities),
            [.. entities.Where(entity => DeviceRows.IsTag(entity.RowKey)).Select(entity => DeviceRows.ParseTag(entity.RowKey))],
            head is null ? null : OutboxEntities.ToHead(key, head));
    }

    /// <summary>Whether the device has a tag, by a point read.</summary>
    internal async Task<bool> HasTagAsync(DeviceKey key, Tag tag, CancellationToken cancellationToken) =>
        (await tables.Devices.GetEntityIfExistsAsync<TableEntity>(key.Partition, DeviceRows.Tag(tag), ["RowKey"], cancellationToken)).HasValue;

    /// <summary>Tags of a device in order of their keys: all, or those of a name.</summary>
    internal async Task<List<Tag>> ListTagsAsync(DeviceKey key, TagName? name, CancellationToken cancellationToken)
    {
        var (from, to) = name is { } only ? (DeviceRows.TagStart + KeyCodec.Encode(only.Value) + KeyCodec.Separator, DeviceRows.TagStart + KeyCodec.Encode(only.Value) + KeyCodec.AfterSeparator) : (DeviceRows.TagStart, DeviceRows.TagEnd);
        return [.. (await ListAsync(TableClient.CreateQueryFilter($"PartitionKey eq {key.Partition} and RowKey ge {from} and RowKey lt {to}"), cancellationToken)).Select(entity => DeviceRows.ParseTag(entity.RowKey))];
    }

    /// <summary>Makes a device, with tags, that must not be there.</summary>
    /// <returns>The header's ETag; null when it is there.</returns>
    internal async Task<string?> AddAsync(NewDevice device, CancellationToken cancellationToken)
    {
        var (failed, etags) = await tables.Devices.SubmitAsync(
            [
                new TableTransactionAction(TableTransactionActionType.Add, DeviceEntities.From(device.Header)),
                .. device.Tags.Select(tag => new TableTransactionAction(TableTransactionActionType.Add, new TableEntity(device.Header.Key.Partition, DeviceRows.Tag(tag)))),
            ],
            cancellationToken);
        return failed is null ? etags[0] : null;
    }

    /// <summary>The rows of some aliases: a point read for one, else one query for each <see cref="TableLimits.RowsInFilter"/>.</summary>
    internal async Task<IReadOnlyList<StateRow>> ReadStateAsync(DeviceKey key, IReadOnlyList<Alias> aliases, CancellationToken cancellationToken)
    {
        if (aliases.Count == 1)
        {
            var row = await tables.Devices.GetEntityIfExistsAsync<TableEntity>(key.Partition, DeviceRows.State(aliases[0]), cancellationToken: cancellationToken);
            return row.HasValue ? [DeviceEntities.ToState(row.Value!)] : [];
        }

        List<StateRow> rows = [];
        foreach (var chunk in aliases.Chunk(TableLimits.RowsInFilter))
        {
            rows.AddRange((await ListAsync(StateFilter(key, chunk), cancellationToken)).Select(DeviceEntities.ToState));
        }

        return rows;
    }

    /// <summary>The rows of some aliases, and whether the fence stands, in one query for the first <see cref="TableLimits.RowsInFilter"/> aliases.</summary>
    internal async Task<(bool Fence, IReadOnlyList<StateRow> Rows)> ReadStateBehindFenceAsync(DeviceKey key, CredentialId credential, IReadOnlyList<Alias> aliases, CancellationToken cancellationToken)
    {
        var fence = DeviceRows.Fence(credential);
        if (aliases.Count == 0)
        {
            var found = await tables.Devices.GetEntityIfExistsAsync<TableEntity>(key.Partition, fence, ["RowKey"], cancellationToken);
            return (found.HasValue, []);
        }

        var head = aliases.Count <= TableLimits.RowsInFilter ? aliases : [.. aliases.Take(TableLimits.RowsInFilter)];
        var entities = await ListAsync(StateFilter(key, head, TableClient.CreateQueryFilter($"RowKey eq {fence}")), cancellationToken);
        if (!entities.Exists(entity => DeviceRows.IsFence(entity.RowKey)))
        {
            return (false, []);
        }

        List<StateRow> rows = [.. entities.Where(entity => DeviceRows.IsState(entity.RowKey)).Select(DeviceEntities.ToState)];
        if (aliases.Count > TableLimits.RowsInFilter)
        {
            rows.AddRange(await ReadStateAsync(key, [.. aliases.Skip(TableLimits.RowsInFilter)], cancellationToken));
        }

        return (true, rows);
    }

    /// <summary>Notes that the device called.</summary>
    /// <param name="key">The device.</param>
    /// <param name="credential">Whose fence it is.</param>
    /// <param name="seen">The call.</param>
    /// <param name="pollUntil">When the poll runs out that it began, µs; 0 = it began none, and what is noted stays.</param>
    /// <param name="outbox">Events that go with it; null = none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal async Task<CommitResult> TouchAsync(DeviceKey key, CredentialId credential, LastSeen seen, long pollUntil, OutboxWrite? outbox, CancellationToken cancellationToken)
    {
        var fence = DeviceEntities.From(key, credential, seen, pollUntil);
        if (outbox is not null)
        {
            return (await CommitAsync([new TableTransactionAction(TableTransactionActionType.UpdateMerge, fence, ETag.All)], outbox, cancellationToken)).Result;
        }

        try
        {
            await tables.Devices.UpdateEntityAsync(fence, ETag.All, TableUpdateMode.Merge, cancellationToken);
            return CommitResult.Committed;
        }
        catch (RequestFailedException fault) when (fault.Status == 404)
        {
            return CommitResult.FenceGone;
        }
    }

    /// <summary>A device writes: its fence's merge comes first, so that the whole fails once the credential holds no longer.</summary>
    /// <returns>The result, and when it is committed the new ETag of each of <paramref name="writes"/>.</returns>
    internal async Task<(CommitResult Result, IReadOnlyList<string> ETags)> WriteAsync(
        DeviceKey key, CredentialId credential, LastSeen seen, IReadOnlyList<StateWrite> writes, OutboxWrite? outbox, CancellationToken cancellationToken)
    {
        List<TableTransactionAction> actions = new(writes.Count + 1)
        {
            new TableTransactionAction(TableTransactionActionType.UpdateMerge, DeviceEntities.From(key, credential, seen), ETag.All),
        };
        actions.AddRange(writes.Select(write => DeviceEntities.From(key, write)));
        var (result, etags) = await CommitAsync(actions, outbox, cancellationToken);
        return (result, result == CommitResult.Committed ? etags[1..(writes.Count + 1)] : []);
    }

    /// <summary>Changes the header as it was read, the fence that goes with it, and values.</summary>
    /// <param name="header">The new header, with the ETag that was read; without one it must not exist yet.</param>
    /// <param name="before">The record that was read; null for a new device.</param>
    /// <param name="writes">Values to write with it.</param>
    /// <param name="outbox">Events that go with it; null = none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Committed or Stale, and when it is committed the new ETag of each of <paramref name="writes"/>.</returns>
    internal async Task<(CommitResult Result, IReadOnlyList<string> ETags)> ChangeAsync(
        DeviceHeader header, DeviceRecord? before, IReadOnlyList<StateWrite> writes, OutboxWrite? outbox, CancellationToken cancellationToken)
    {
        List<TableTransactionAction> actions =
        [
            header.ETag is null
                ? new TableTransactionAction(TableTransactionActionType.Add, DeviceEntities.From(header))
                : new TableTransactionAction(TableTransactionActionType.UpdateReplace, DeviceEntities.From(header), new ETag(header.ETag)),
        ];
        var fence = header.HasFence ? header.Credential : null;
        if (before?.Fence is { } old && old != fence)
        {
            actions.Add(new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(header.Key.Partition, DeviceRows.Fence(old)), ETag.All));
        }

        if (fence is { } added && before?.Fence != fence)
        {
            actions.Add(new TableTransactionAction(TableTransactionActionType.Add, DeviceEntities.From(header.Key, added, header.LastSeen)));
        }

        var values = actions.Count;
        actions.AddRange(writes.Select(write => DeviceEntities.From(header.Key, write)));
        var (result, etags) = await CommitAsync(actions, outbox, cancellationToken);
        return result == CommitResult.Committed ? (result, etags[values..(values + writes.Count)]) : (CommitResult.Stale, []);
    }

    /// <summary>Changes tags together with the header, under the header's ETag; the fence stays as it is.</summary>
    /// <param name="header">The new header, with the ETag that was read before or with the tags.</param>
    /// <param name="tags">What changes against the tags that were read.</param>
    /// <param name="head">The head of the device's events, which has the tags too, with the ETag that was read; null = it has none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal async Task<CommitResult> ChangeAsync(DeviceHeader header, TagDifference tags, EventsHead? head, CancellationToken cancellationToken)
    {
        var partition = header.Key.Partition;
        var (failed, _) = await tables.Devices.SubmitAsync(
            [
                new TableTransactionAction(TableTransactionActionType.UpdateReplace, DeviceEntities.From(header), new ETag(header.ETag!)),
                .. tags.Added.Select(tag => new TableTransactionAction(TableTransactionActionType.Add, new TableEntity(partition, DeviceRows.Tag(tag)))),
                .. tags.Removed.Select(tag => new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(partition, DeviceRows.Tag(tag)), ETag.All)),
                .. head is null ? (TableTransactionAction[])[] : [OutboxEntities.From(head)],
            ],
            cancellationToken);
        return failed is null ? CommitResult.Committed : CommitResult.Stale;
    }

    /// <summary>Deletes all rows but the header, step by step, each under the header's ETag. Events that are still to be delivered stay, with what orders them: they outlive the device.</summary>
    /// <param name="header">A header that is deleting.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The header with its new ETag; null when somebody else changed it, or an event was delivered, meanwhile.</returns>
    internal async Task<DeviceHeader?> PurgeAsync(DeviceHeader header, CancellationToken cancellationToken)
    {
        var etag = new ETag(header.ETag!);
        var leaves = false;
        while (true)
        {
            List<TableEntity> rows = [];
            var filter = TableClient.CreateQueryFilter($"PartitionKey eq {header.Key.Partition} and RowKey gt {DeviceRows.Header(header.Key)} and (RowKey lt {DeviceRows.OutboxStart} or RowKey ge {DeviceRows.OutboxEnd})");
            await foreach (var page in tables.Devices.QueryAsync<TableEntity>(filter, TableLimits.TransactionActions - 1, ["RowKey", "Sequence", "Delivered"], cancellationToken).AsPages())
            {
                var kept = page.Values.Where(row => DeviceRows.IsEvents(row.RowKey) && OutboxEntities.ToHead(header.Key, row).HasMore).ToList();
                rows.AddRange(page.Values.Except(kept));
                leaves |= kept.Count > 0;
                if (rows.Count >= TableLimits.TransactionActions - 1)
                {
                    break;
                }
            }

            if (rows.Count == 0)
            {
                return !leaves || await ForgetTagsAsync(header.Key, cancellationToken) ? header with { ETag = etag.ToString() } : null;
            }

            List<TableTransactionAction> actions = [new(TableTransactionActionType.UpdateMerge, new TableEntity(header.Key.Partition, DeviceRows.Header(header.Key)), etag)];
            actions.AddRange(rows.Take(TableLimits.TransactionActions - 1)
                .Select(row => new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(header.Key.Partition, row.RowKey), DeviceRows.IsEvents(row.RowKey) ? row.ETag : ETag.All)));
            var (failed, etags) = await tables.Devices.SubmitAsync(actions, cancellationToken);
            if (failed is not null)
            {
                return null;
            }

            etag = new ETag(etags[0]);
        }
    }

    // Whoever comes under the same identity has tags of its own; and a head without tags is one that may go when all is delivered.
    private async Task<bool> ForgetTagsAsync(DeviceKey key, CancellationToken cancellationToken)
    {
        var found = await tables.Devices.GetEntityIfExistsAsync<TableEntity>(key.Partition, DeviceRows.Events(key), cancellationToken: cancellationToken);
        return !found.HasValue
            || OutboxEntities.ToHead(key, found.Value!) is not { Tags: not null } head
            || (await tables.Devices.SubmitAsync([OutboxEntities.From(head with { Tags = null, Connection = "" })], cancellationToken)).Failed is null;
    }

    /// <summary>Whether the header is still as it was read.</summary>
    internal Task<bool> IsUnchangedAsync(DeviceHeader header, CancellationToken cancellationToken) => IsUnchangedAsync(header.Key, header.ETag!, cancellationToken);

    /// <summary>Deletes the header as it was read, the last of a device's rows.</summary>
    internal async Task RemoveAsync(DeviceHeader header, CancellationToken cancellationToken)
    {
        try
        {
            await tables.Devices.DeleteEntityAsync(header.Key.Partition, DeviceRows.Header(header.Key), new ETag(header.ETag!), cancellationToken);
        }
        catch (RequestFailedException fault) when (fault.Status == 412)
        {
            // Somebody else changed it: whoever asked for this looks again.
        }
    }

    // The outbox comes last, and only its head can be other than as it was read.
    private async Task<(CommitResult Result, string[] ETags)> CommitAsync(List<TableTransactionAction> actions, OutboxWrite? outbox, CancellationToken cancellationToken)
    {
        var head = actions.Count;
        if (outbox is not null)
        {
            actions.AddRange(OutboxEntities.From(outbox));
        }

        var (failed, etags) = await tables.Devices.SubmitAsync(actions, cancellationToken);
        if (failed is { } index)
        {
            return (index == 0 ? CommitResult.FenceGone : CommitResult.Stale, []);
        }

        outbox?.Commit(etags[head]);
        return (CommitResult.Committed, etags);
    }

    private static string StateFilter(DeviceKey key, IReadOnlyList<Alias> aliases, string? others = null)
    {
        var rows = aliases.Select(alias => TableClient.CreateQueryFilter($"RowKey eq {DeviceRows.State(alias)}"));
        return $"{TableClient.CreateQueryFilter($"PartitionKey eq {key.Partition}")} and ({string.Join(" or ", others is null ? rows : rows.Append(others))})";
    }

    private async Task<List<TableEntity>> ListAsync(string filter, CancellationToken cancellationToken)
    {
        List<TableEntity> entities = [];
        await foreach (var entity in tables.Devices.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            entities.Add(entity);
        }

        return entities;
    }
}
