using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Murano.Shared.Connectors;
using Murano.Shared.Identities;

namespace Murano.Shared.Storage;

/// <summary>Table <c>directory</c>: the list of devices, one partition a row, derived from the headers.</summary>
public sealed class TableDirectoryStore(Tables tables)
{
    /// <summary>Makes the row say what the header says.</summary>
    internal Task PutAsync(DeviceHeader header, CancellationToken cancellationToken) =>
        tables.Directory.UpsertEntityAsync(ToEntity(header), TableUpdateMode.Replace, cancellationToken);

    /// <summary>Whether two headers (null = none) give the same row.</summary>
    internal static bool SayTheSame(DeviceHeader? one, DeviceHeader? other) =>
        one is null || other is null ? one is null && other is null : ToEntity(one).SequenceEqual(ToEntity(other));

    /// <summary>Whether the row says what the header says; null = there is no row.</summary>
    internal async Task<bool?> SaysAsync(DeviceHeader header, CancellationToken cancellationToken)
    {
        var row = await tables.Directory.GetEntityIfExistsAsync<TableEntity>(header.Key.Partition, header.Key.Partition, cancellationToken: cancellationToken);
        return row.HasValue ? ToEntity(header).All(property => Equals(property.Value, row.Value![property.Key])) : null;
    }

    /// <summary>Removes the row; it need not be there.</summary>
    internal Task RemoveAsync(DeviceKey key, CancellationToken cancellationToken) =>
        tables.Directory.DeleteEntityAsync(key.Partition, key.Partition, ETag.All, cancellationToken);

    /// <summary>The devices of a range, in order, whose rows pass the filter as far as rows can tell.</summary>
    /// <param name="after">Partition before the first one wanted.</param>
    /// <param name="end">Partition after the last one wanted.</param>
    /// <param name="wanted">Which.</param>
    /// <param name="now">µs since the Unix epoch; decides which windows have passed.</param>
    /// <param name="page">Rows fetched at once, at most 1,000.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal async IAsyncEnumerable<DeviceKey> ListAsync(
        string after, string end, IdentityFilter wanted, long now, int page, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entity in tables.Directory.QueryAsync<TableEntity>(Filter(after, end, wanted, now), page, ["PartitionKey"], cancellationToken))
        {
            yield return DeviceKey.Parse(entity.PartitionKey);
        }
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

    private static TableEntity ToEntity(DeviceHeader header) => new(header.Key.Partition, header.Key.Partition)
    {
        ["Status"] = header.Status.ToString(),
        ["Locked"] = header.Locked,
        ["Expire"] = header.Expire,
        ["AuthType"] = header.AuthType.ToString(),
        ["DevMode"] = header.DevMode,
        ["Reprovision"] = header.Reprovision,
        ["Created"] = header.Created,
    };

    private static string Filter(string after, string end, IdentityFilter wanted, long now)
    {
        List<string> parts = [TableClient.CreateQueryFilter($"PartitionKey gt {after} and PartitionKey lt {end}")];
        Add(wanted.Locked, value => TableClient.CreateQueryFilter($"Locked eq {value}"));
        Add(wanted.DevMode, value => TableClient.CreateQueryFilter($"DevMode eq {value}"));
        Add(wanted.Reprovision, value => TableClient.CreateQueryFilter($"Reprovision eq {value}"));
        Add(wanted.AuthType, value => TableClient.CreateQueryFilter($"AuthType eq {value.ToString()}"));
        Add(wanted.Status, status => status switch
        {
            DeviceStatus.Expired => TableClient.CreateQueryFilter($"Status eq {nameof(DeviceStatus.Whitelisted)} and Expire gt {0L} and Expire le {now}"),
            DeviceStatus.Whitelisted => TableClient.CreateQueryFilter($"Status eq {nameof(DeviceStatus.Whitelisted)} and (Expire eq {0L} or Expire gt {now})"),
            _ => TableClient.CreateQueryFilter($"Status eq {status.ToString()}"),
        });
        return string.Join(" and ", parts);

        void Add<T>(T? value, Func<T, string> filter)
            where T : struct
        {
            if (value is { } given)
            {
                parts.Add(filter(given));
            }
        }
    }
}
