using Azure.Data.Tables;
using Murano.Shared.Connectors;
using Murano.Shared.Tags;

namespace Murano.Shared.Storage;

/// <summary>The partitions of many devices in one query.</summary>
public sealed class DeviceRanges(Tables tables)
{
    /// <summary>Header and fence of every device whose partition is in the range, in order: one query, which passes over their values too.</summary>
    internal async Task<IReadOnlyList<DeviceRecord>> ListAsync(DeviceKey first, DeviceKey last, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey ge {first.Partition} and PartitionKey le {last.Partition} and ((RowKey ge {DeviceRows.HeaderStart} and RowKey lt {DeviceRows.HeaderEnd}) or (RowKey ge {DeviceRows.FenceStart} and RowKey lt {DeviceRows.FenceEnd}))");
        List<DeviceRecord> records = [];
        foreach (var partition in (await tables.Devices.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken).ToListAsync(cancellationToken)).GroupBy(entity => entity.PartitionKey, StringComparer.Ordinal))
        {
            if (DeviceEntities.ToRecord(DeviceKey.Parse(partition.Key), [.. partition]) is { } record)
            {
                records.Add(record);
            }
        }

        return records;
    }

    /// <summary>Some of a connector's devices, in order; empty when it has none.</summary>
    internal async Task<IReadOnlyList<DeviceKey>> ListFirstAsync(ConnectorId connector, int count, CancellationToken cancellationToken)
    {
        List<DeviceKey> keys = [];
        var filter = TableClient.CreateQueryFilter($"PartitionKey gt {DeviceKey.RangeStart(connector)} and PartitionKey lt {DeviceKey.RangeEnd(connector)} and RowKey ge {DeviceRows.HeaderStart} and RowKey lt {DeviceRows.HeaderEnd}");
        await foreach (var entity in tables.Devices.QueryAsync<TableEntity>(filter, count, ["PartitionKey"], cancellationToken))
        {
            keys.Add(DeviceKey.Parse(entity.PartitionKey));
            if (keys.Count == count)
            {
                break;
            }
        }

        return keys;
    }

    /// <summary>The devices whose partitions are in a range, with their tags, as far as some pages of 1,000 rows reach.</summary>
    /// <returns>The devices; and the partition from which on nothing was read, null when all was.</returns>
    internal async Task<(IReadOnlyDictionary<DeviceKey, (DeviceRecord Record, List<Tag> Tags)> Found, string? End)> ListWithTagsAsync(DeviceKey first, DeviceKey last, int pages, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey ge {first.Partition} and PartitionKey le {last.Partition} and ((RowKey ge {DeviceRows.HeaderStart} and RowKey lt {DeviceRows.FenceEnd}) or (RowKey ge {DeviceRows.TagStart} and RowKey lt {DeviceRows.TagEnd}))");
        List<TableEntity> rows = [];
        string? end = null;
        await foreach (var page in tables.Devices.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken).AsPages())
        {
            rows.AddRange(page.Values);
            if (--pages <= 0 && page.ContinuationToken is not null)
            {
                end = rows.Count > 0 ? rows[^1].PartitionKey : first.Partition;
                break;
            }
        }

        Dictionary<DeviceKey, (DeviceRecord Record, List<Tag> Tags)> found = [];
        foreach (var partition in rows.Where(row => !string.Equals(row.PartitionKey, end, StringComparison.Ordinal)).GroupBy(row => row.PartitionKey, StringComparer.Ordinal))
        {
            var key = DeviceKey.Parse(partition.Key);
            if (DeviceEntities.ToRecord(key, [.. partition]) is { } record)
            {
                found[key] = (record, [.. partition.Where(row => DeviceRows.IsTag(row.RowKey)).Select(row => DeviceRows.ParseTag(row.RowKey))]);
            }
        }

        return (found, end);
    }
}
