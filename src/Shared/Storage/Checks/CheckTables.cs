using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Murano.Shared.Connectors;

namespace Murano.Shared.Storage.Checks;

/// <summary>All tables as the check walks them, and repairs that nothing else makes.</summary>
public sealed class CheckTables(Tables tables)
{
    private static readonly string[] Keys = ["PartitionKey", "RowKey"];

    // What of a device's rows is compared: everything but values.
    private static readonly string[] Compared =
    [
        "PartitionKey", "RowKey", "Status", "Locked", "Expire", "Created", "OperationId", "Version", "PollStamp", "AuthType", "Reprovision", "DevMode", "Credential", "CredentialHash", "LastSeen",
        "LastAddress", "LastProtocol",
    ];

    /// <summary>The partitions of a connector's devices in order, after one.</summary>
    internal async IAsyncEnumerable<CheckedDevice> ListDevicesAsync(ConnectorId connector, string after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<TableEntity> rows = [];
        await foreach (var row in tables.Devices.QueryAsync<TableEntity>(Range(connector, after), select: Compared, cancellationToken: cancellationToken))
        {
            if (rows.Count > 0 && !string.Equals(rows[0].PartitionKey, row.PartitionKey, StringComparison.Ordinal))
            {
                yield return ToDevice(DeviceKey.Parse(rows[0].PartitionKey), rows);
                rows = [];
            }

            rows.Add(row);
        }

        if (rows.Count > 0)
        {
            yield return ToDevice(DeviceKey.Parse(rows[0].PartitionKey), rows);
        }
    }

    /// <summary>One device's partition.</summary>
    internal async Task<CheckedDevice> FindDeviceAsync(DeviceKey key, CancellationToken cancellationToken)
    {
        List<TableEntity> rows = [];
        await foreach (var row in tables.Devices.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {key.Partition}"), select: Compared, cancellationToken: cancellationToken))
        {
            rows.Add(row);
        }

        return ToDevice(key, rows);
    }

    /// <summary>The partitions of a derived table, one row each, in order, after one.</summary>
    internal async IAsyncEnumerable<string> ListAsync(CheckKind kind, ConnectorId connector, string after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var table = kind switch
        {
            CheckKind.Directory => tables.Directory,
            CheckKind.Recency => tables.Recency,
            CheckKind.TagIndex => tables.TagIndex,
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
        await foreach (var row in table.QueryAsync<TableEntity>(Range(connector, after), select: Keys, cancellationToken: cancellationToken))
        {
            yield return row.PartitionKey;
        }
    }

    /// <summary>The hashes of a connector's tokens, or of all, in order, after one; with the connector that each row names.</summary>
    internal async IAsyncEnumerable<(string Hash, string Connector)> ListCredentialsAsync(ConnectorId? connector, string after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey gt {after}") + (connector is { } only ? " and " + TableClient.CreateQueryFilter($"Connector eq {only.Value}") : "");
        await foreach (var row in tables.Credentials.QueryAsync<TableEntity>(filter, select: ["PartitionKey", "Connector"], cancellationToken: cancellationToken))
        {
            yield return (row.PartitionKey, row.GetString("Connector") ?? "");
        }
    }

    /// <summary>Whether a row of the index of tags, or of recency, is there.</summary>
    internal async Task<bool> HasAsync(CheckKind kind, string partition, CancellationToken cancellationToken) =>
        (await (kind == CheckKind.TagIndex ? tables.TagIndex : tables.Recency).GetEntityIfExistsAsync<TableEntity>(partition, partition, Keys, cancellationToken)).HasValue;

    /// <summary>Whether work on a device is noted: it may be under way.</summary>
    internal async Task<bool> IsUnderWayAsync(DeviceKey device, CancellationToken cancellationToken)
    {
        await foreach (var _ in tables.Todo.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"Device eq {device.Partition}"), 1, Keys, cancellationToken))
        {
            return true;
        }

        return false;
    }

    /// <summary>Makes the fences those that the header asks for, if nobody changed it meanwhile.</summary>
    internal async Task MendFencesAsync(CheckedDevice device, CancellationToken cancellationToken)
    {
        var header = device.Header!;
        var wanted = header.HasFence ? header.Credential : null;
        List<TableTransactionAction> actions =
        [
            new(TableTransactionActionType.UpdateReplace, DeviceEntities.From(header with { Version = header.Version + 1, OperationId = OperationId.New() }), new ETag(header.ETag!)),
            .. device.Fences.Where(fence => fence.Id != wanted).Select(fence => new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(header.Key.Partition, DeviceRows.Fence(fence.Id)), ETag.All)),
        ];
        if (wanted is { } missing && !device.Fences.Any(fence => fence.Id == missing))
        {
            actions.Add(new(TableTransactionActionType.Add, DeviceEntities.From(header.Key, missing, header.LastSeen)));
        }

        await tables.Devices.SubmitAsync(actions, cancellationToken);
    }

    /// <summary>Removes rows as they were read; a device that comes meanwhile writes its own.</summary>
    internal async Task RemoveAsync(DeviceKey key, IReadOnlyList<(string Row, string ETag)> rows, CancellationToken cancellationToken)
    {
        foreach (var some in rows.Chunk(TableLimits.TransactionActions))
        {
            await tables.Devices.SubmitAsync([.. some.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(key.Partition, row.Row), new ETag(row.ETag)))], cancellationToken);
        }
    }

    /// <summary>Rows of connectors other than some, by table: those in the gaps between them.</summary>
    /// <param name="known">Connectors in order of their ids.</param>
    /// <param name="cancellationToken">Ends the walk.</param>
    internal async IAsyncEnumerable<(string Table, string Partition, string Row)> ListStraysAsync(IReadOnlyList<ConnectorId> known, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var table in (TableClient[])[tables.Devices, tables.Directory, tables.Recency, tables.TagIndex])
        {
            var from = "";
            foreach (var connector in known.Cast<ConnectorId?>().Append(null))
            {
                var filter = TableClient.CreateQueryFilter($"PartitionKey ge {from}") + (connector is { } next ? " and " + TableClient.CreateQueryFilter($"PartitionKey lt {DeviceKey.RangeStart(next)}") : "");
                await foreach (var row in table.QueryAsync<TableEntity>(filter, select: Keys, cancellationToken: cancellationToken))
                {
                    yield return (table.Name, row.PartitionKey, row.RowKey);
                }

                from = connector is { } last ? DeviceKey.RangeEnd(last) : from;
            }
        }

        await foreach (var row in tables.Connectors.QueryAsync<TableEntity>(select: Keys, cancellationToken: cancellationToken))
        {
            if (!known.Any(connector => string.Equals(connector.Value, row.PartitionKey, StringComparison.Ordinal)))
            {
                yield return (tables.Connectors.Name, row.PartitionKey, row.RowKey);
            }
        }

        await foreach (var row in tables.Credentials.QueryAsync<TableEntity>(select: ["PartitionKey", "RowKey", "Connector"], cancellationToken: cancellationToken))
        {
            if (!known.Any(connector => string.Equals(connector.Value, row.GetString("Connector"), StringComparison.Ordinal)))
            {
                yield return (tables.Credentials.Name, row.PartitionKey, row.RowKey);
            }
        }
    }

    /// <summary>The connector that a row is of, as the row names it.</summary>
    internal async Task<string> ConnectorOfAsync(string table, string partition, string row, CancellationToken cancellationToken) =>
        !string.Equals(table, tables.Credentials.Name, StringComparison.Ordinal) ? partition.Split(KeyCodec.Separator)[0]
        : (await tables.Credentials.GetEntityIfExistsAsync<TableEntity>(partition, row, cancellationToken: cancellationToken)) is { HasValue: true, Value: { } found } ? found.GetString("Connector") ?? ""
        : "";

    /// <summary>Removes a row; it need not be there.</summary>
    internal Task RemoveAsync(string table, string partition, string row, CancellationToken cancellationToken) =>
        tables.All.First(one => string.Equals(one.Name, table, StringComparison.Ordinal)).DeleteEntityAsync(partition, row, ETag.All, cancellationToken);

    private static string Range(ConnectorId connector, string after)
    {
        var from = string.CompareOrdinal(after, DeviceKey.RangeStart(connector)) > 0 ? after : DeviceKey.RangeStart(connector);
        return TableClient.CreateQueryFilter($"PartitionKey gt {from} and PartitionKey lt {DeviceKey.RangeEnd(connector)}");
    }

    private static CheckedDevice ToDevice(DeviceKey key, List<TableEntity> rows)
    {
        var header = rows.Find(row => DeviceRows.IsHeader(row.RowKey));
        return new(
            key,
            header is null ? null : DeviceEntities.ToHeader(key, header),
            [.. rows.Where(row => DeviceRows.IsFence(row.RowKey)).Select(row => (DeviceRows.ParseFence(row.RowKey), DeviceEntities.ToLastSeen(row)))],
            [.. rows.Where(row => DeviceRows.IsTag(row.RowKey)).Select(row => DeviceRows.ParseTag(row.RowKey))],
            [.. rows.Where(row => row != header && !DeviceRows.IsEvents(row.RowKey) && !DeviceRows.IsOutbox(row.RowKey)).Select(row => (row.RowKey, row.ETag.ToString()))]);
    }
}
