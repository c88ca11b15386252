using Azure;
using Azure.Data.Tables;
using Murano.Shared.Events;

namespace Murano.Shared.Storage;

/// <summary>A device's events that are still to be delivered, and the row that orders them: in its partition, so that they are committed with what they tell of.</summary>
public sealed class TableOutboxStore(Tables tables)
{
    private const int Tries = 5;

    /// <summary>The head; null when the device has had no event.</summary>
    internal async Task<EventsHead?> FindAsync(DeviceKey key, CancellationToken cancellationToken)
    {
        var found = await tables.Devices.GetEntityIfExistsAsync<TableEntity>(key.Partition, DeviceRows.Events(key), cancellationToken: cancellationToken);
        return found.HasValue ? OutboxEntities.ToHead(key, found.Value!) : null;
    }

    /// <summary>Header, fence with its ETag, and head as one look shows them.</summary>
    internal async Task<(DeviceRecord? Record, string? FenceETag, EventsHead? Head)> FindWithDeviceAsync(DeviceKey key, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {key.Partition} and RowKey ge {DeviceRows.HeaderStart} and RowKey lt {DeviceRows.FenceEnd}");
        var rows = await tables.Devices.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken).ToListAsync(cancellationToken);
        return (DeviceEntities.ToRecord(key, rows), rows.Find(row => DeviceRows.IsFence(row.RowKey))?.ETag.ToString(), ToHead(key, rows));
    }

    /// <summary>Makes sure that there is a head which knows the device's tags. It is written together with the header under its ETag, as tags are: no change of them can come between.</summary>
    /// <returns>The head, and whether the header's ETag has moved. Without a head: the device is not known, or somebody else keeps changing it.</returns>
    internal async Task<(EventsHead? Head, bool Moved)> EnsureAsync(DeviceKey key, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {key.Partition} and ((RowKey ge {DeviceRows.HeaderStart} and RowKey lt {DeviceRows.EventsEnd}) or (RowKey ge {DeviceRows.TagStart} and RowKey lt {DeviceRows.TagEnd}))");
        for (var i = 0; i < Tries; i++)
        {
            var rows = await tables.Devices.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken).ToListAsync(cancellationToken);
            var head = ToHead(key, rows);
            if (head is { Tags: not null } || rows.Find(row => DeviceRows.IsHeader(row.RowKey)) is not { } header)
            {
                return (head, false);
            }

            var made = (head ?? new EventsHead { Key = key }) with { Tags = TagKeys.ListText(rows.Where(row => DeviceRows.IsTag(row.RowKey)).Select(row => DeviceRows.ParseTag(row.RowKey))) };
            var (failed, etags) = await tables.Devices.SubmitAsync([Unchanged(key, header.RowKey, header.ETag), OutboxEntities.From(made)], cancellationToken);
            if (failed is null)
            {
                return (made with { ETag = etags[1] }, true);
            }
        }

        return (null, true);
    }

    /// <summary>Stores events that go with no other change.</summary>
    /// <param name="outbox">The events.</param>
    /// <param name="row">A row that must be as it was read; null = none.</param>
    /// <param name="etag">That row's ETag.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal async Task<CommitResult> CommitAsync(OutboxWrite outbox, string? row, string? etag, CancellationToken cancellationToken)
    {
        var key = outbox.Head.Key;
        List<TableTransactionAction> actions = row is null ? [] : [Unchanged(key, row, new ETag(etag!))];
        var at = actions.Count;
        actions.AddRange(OutboxEntities.From(outbox));
        var (failed, etags) = await tables.Devices.SubmitAsync(actions, cancellationToken);
        if (failed is not null)
        {
            return CommitResult.Stale;
        }

        outbox.Commit(etags[at]);
        return CommitResult.Committed;
    }

    /// <summary>Events after one, the oldest first, as many as a page of storage has, <paramref name="count"/> at most.</summary>
    internal async Task<IReadOnlyList<OutboxEvent>> ListAsync(DeviceKey key, long after, int count, CancellationToken cancellationToken)
    {
        List<OutboxEvent> events = [];
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {key.Partition} and RowKey gt {DeviceRows.Outbox(after)} and RowKey lt {DeviceRows.OutboxEnd}");
        await foreach (var page in tables.Devices.QueryAsync<TableEntity>(filter, count, cancellationToken: cancellationToken).AsPages())
        {
            events.AddRange(page.Values.Select(row => OutboxEntities.ToEvent(key, row)));
            if (events.Count > 0)
            {
                break;
            }
        }

        return events;
    }

    /// <summary>Replaces the head as it was read.</summary>
    /// <returns>The head with its new ETag; null when somebody else changed it.</returns>
    internal async Task<EventsHead?> ReplaceAsync(EventsHead head, CancellationToken cancellationToken)
    {
        var (failed, etags) = await tables.Devices.SubmitAsync([OutboxEntities.From(head)], cancellationToken);
        return failed is null ? head with { ETag = etags[0] } : null;
    }

    /// <summary>An event needs no more delivery: its row goes together with the change of the head that says so.</summary>
    /// <returns>The head with its new ETag; null when somebody else changed it, or the row is gone.</returns>
    internal async Task<EventsHead?> ReplaceAsync(EventsHead head, long delivered, CancellationToken cancellationToken)
    {
        var (failed, etags) = await tables.Devices.SubmitAsync(
            [OutboxEntities.From(head), new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(head.Key.Partition, DeviceRows.Outbox(delivered)), ETag.All)], cancellationToken);
        return failed is null ? head with { ETag = etags[0] } : null;
    }

    /// <summary>Removes the head of a device that is gone; nothing happens when somebody changed it.</summary>
    internal Task RemoveAsync(EventsHead head, CancellationToken cancellationToken) =>
        tables.Devices.SubmitAsync([new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(head.Key.Partition, DeviceRows.Events(head.Key)), new ETag(head.ETag!))], cancellationToken);

    private static EventsHead? ToHead(DeviceKey key, List<TableEntity> rows) =>
        rows.Find(row => DeviceRows.IsEvents(row.RowKey)) is { } found ? OutboxEntities.ToHead(key, found) : null;

    // A merge of nothing: all that it does is to fail when the row is not as it was read.
    private static TableTransactionAction Unchanged(DeviceKey key, string row, ETag etag) => new(TableTransactionActionType.UpdateMerge, new TableEntity(key.Partition, row), etag);
}
