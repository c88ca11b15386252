using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Murano.Shared.Connectors;
using Murano.Shared.Identities;
using Murano.Shared.Tags;

namespace Murano.Shared.Storage;

/// <summary>Table <c>tagindex</c>: devices by tag, one partition a row, derived from the tags in the devices' partitions.</summary>
public sealed class TableTagStore(Tables tables)
{
    /// <summary>Notes that the device has the tag.</summary>
    internal Task PutAsync(DeviceKey device, Tag tag, CancellationToken cancellationToken) =>
        tables.TagIndex.UpsertEntityAsync(new TableEntity(TagKeys.Partition(device, tag), TagKeys.Partition(device, tag)), TableUpdateMode.Replace, cancellationToken);

    /// <summary>Removes the row; it need not be there.</summary>
    internal Task RemoveAsync(DeviceKey device, Tag tag, CancellationToken cancellationToken) =>
        tables.TagIndex.DeleteEntityAsync(TagKeys.Partition(device, tag), TagKeys.Partition(device, tag), ETag.All, cancellationToken);

    /// <summary>A connector's tags with their devices, in order of name, value and identity.</summary>
    /// <param name="connector">Whose.</param>
    /// <param name="name">Only this name; null = all.</param>
    /// <param name="after">Only what comes after this name, or with <paramref name="name"/> after this value of it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal async IAsyncEnumerable<(Tag Tag, IdentityId Identity)> ScanAsync(
        ConnectorId connector, TagName? name, string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entity in tables.TagIndex.QueryAsync<TableEntity>(Filter(connector, name, after), select: ["PartitionKey"], cancellationToken: cancellationToken))
        {
            yield return TagKeys.Parse(entity.PartitionKey);
        }
    }

    /// <summary>Devices that a condition leads to, each with the tag that does, in order of value and identity. A device may come more than once.</summary>
    /// <param name="connector">Whose.</param>
    /// <param name="condition">What is asked for.</param>
    /// <param name="after">Only devices after this identity, escaped; for a condition of one value. Null = from the first.</param>
    /// <param name="page">Rows fetched at once, at most 1,000.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal async IAsyncEnumerable<DeviceHit> FindAsync(ConnectorId connector, TagCondition condition, string? after, int page, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (from, to) = TagKeys.Range(connector, condition);
        var filter = after is null
            ? TableClient.CreateQueryFilter($"PartitionKey ge {from} and PartitionKey lt {to}")
            : TableClient.CreateQueryFilter($"PartitionKey gt {from + after} and PartitionKey lt {to}");
        await foreach (var entity in tables.TagIndex.QueryAsync<TableEntity>(filter, page, ["PartitionKey"], cancellationToken))
        {
            var (tag, identity) = TagKeys.Parse(entity.PartitionKey);
            yield return new(new DeviceKey(connector, identity), tag);
        }
    }

    /// <summary>The first name in use after another, or the first of all: one row is read, however many devices have it.</summary>
    internal async Task<TagName?> NextNameAsync(ConnectorId connector, string? after, CancellationToken cancellationToken)
    {
        await foreach (var entity in tables.TagIndex.QueryAsync<TableEntity>(Filter(connector, null, after), 1, ["PartitionKey"], cancellationToken))
        {
            return TagKeys.Parse(entity.PartitionKey).Tag.Name;
        }

        return null;
    }

    private static string Filter(ConnectorId connector, TagName? name, string? after)
    {
        var (from, to) = TagKeys.Range(connector, name, after);
        return TableClient.CreateQueryFilter($"PartitionKey ge {from} and PartitionKey lt {to}");
    }
}
