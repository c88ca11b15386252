using Azure;
using Azure.Data.Tables;
using Murano.Shared.Connectors;
using Murano.Shared.Identities;

namespace Murano.Shared.Storage;

/// <summary>Table <c>directory</c>: the list of devices, one partition a row, derived from the headers.</summary>
public sealed class TableDirectoryStore(Tables tables)
{
    private const string Row = "-";

    /// <summary>Makes the row say what the header says.</summary>
    internal Task PutAsync(DeviceHeader header, CancellationToken cancellationToken) =>
        tables.Directory.UpsertEntityAsync(ToEntity(header), TableUpdateMode.Replace, cancellationToken);

    /// <summary>Whether two headers (null = none) give the same row.</summary>
    internal static bool SayTheSame(DeviceHeader? one, DeviceHeader? other) =>
        one is null || other is null ? one is null && other is null : ToEntity(one).SequenceEqual(ToEntity(other));

    /// <summary>Removes the row; it need not be there.</summary>
    internal Task RemoveAsync(DeviceKey key, CancellationToken cancellationToken) =>
        tables.Directory.DeleteEntityAsync(key.Partition, Row, ETag.All, cancellationToken);

    /// <summary>The devices of a page, in order, and whether more follow.</summary>
    /// <param name="connector">Whose.</param>
    /// <param name="query">Which.</param>
    /// <param name="now">µs since the Unix epoch; decides which windows have passed.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal async Task<(IReadOnlyList<DeviceKey> Keys, bool More)> ListAsync(ConnectorId connector, IdentityQuery query, long now, CancellationToken cancellationToken)
    {
        List<DeviceKey> keys = [];
        await foreach (var entity in tables.Directory.QueryAsync<TableEntity>(Filter(connector, query, now), Math.Min(query.Limit + 1, 1000), ["PartitionKey"], cancellationToken))
        {
            if (keys.Count == query.Limit)
            {
                return (keys, true);
            }

            keys.Add(DeviceKey.Parse(entity.PartitionKey));
        }

        return (keys, false);
    }

    /// <summary>How many devices a connector has, and how many of them are provisioned and locked: it reads the whole list, a thousand rows a request.</summary>
    internal async Task<ConnectorUsage> CountAsync(ConnectorId connector, CancellationToken cancellationToken)
    {
        var (all, provisioned, locked) = (0L, 0L, 0L);
        var filter = TableClient.CreateQueryFilter($"PartitionKey gt {DeviceKey.RangeStart(connector)} and PartitionKey lt {DeviceKey.RangeEnd(connector)}");
        await foreach (var entity in tables.Directory.QueryAsync<TableEntity>(filter, select: ["Status", "Locked"], cancellationToken: cancellationToken))
        {
            all++;
            provisioned += string.Equals(entity.GetString("Status"), nameof(DeviceStatus.Provisioned), StringComparison.Ordinal) ? 1 : 0;
            locked += entity.GetBoolean("Locked") is true ? 1 : 0;
        }

        return new(all, provisioned, locked);
    }

    private static TableEntity ToEntity(DeviceHeader header) => new(header.Key.Partition, Row)
    {
        ["Status"] = header.Status.ToString(),
        ["Locked"] = header.Locked,
        ["Expire"] = header.Expire,
        ["AuthType"] = header.AuthType.ToString(),
        ["DevMode"] = header.DevMode,
        ["Reprovision"] = header.Reprovision,
        ["Created"] = header.Created,
    };

    private static string Filter(ConnectorId connector, IdentityQuery query, long now)
    {
        var from = query.After is { } after ? new DeviceKey(connector, after).Partition : DeviceKey.RangeStart(connector);
        List<string> parts = [TableClient.CreateQueryFilter($"PartitionKey gt {from} and PartitionKey lt {DeviceKey.RangeEnd(connector)}")];
        Add(query.Locked, value => TableClient.CreateQueryFilter($"Locked eq {value}"));
        Add(query.DevMode, value => TableClient.CreateQueryFilter($"DevMode eq {value}"));
        Add(query.Reprovision, value => TableClient.CreateQueryFilter($"Reprovision eq {value}"));
        if (query.Status is { } status)
        {
            var whitelisted = nameof(DeviceStatus.Whitelisted);
            parts.Add(status switch
            {
                DeviceStatus.Expired => TableClient.CreateQueryFilter($"Status eq {whitelisted} and Expire gt {0L} and Expire le {now}"),
                DeviceStatus.Whitelisted => TableClient.CreateQueryFilter($"Status eq {whitelisted} and (Expire eq {0L} or Expire gt {now})"),
                _ => TableClient.CreateQueryFilter($"Status eq {status.ToString()}"),
            });
        }

        return string.Join(" and ", parts);

        void Add(bool? wanted, Func<bool, string> filter)
        {
            if (wanted is { } value)
            {
                parts.Add(filter(value));
            }
        }
    }
}
