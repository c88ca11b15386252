using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;

namespace Murano.Shared.Storage;

/// <summary>Table <c>recency</c>: devices by the hour they were last seen, one partition a row. A hit counts only if it is the row that the device should have.</summary>
public sealed class TableRecencyStore(Tables tables)
{
    /// <summary>Whether the row is there.</summary>
    internal async Task<bool> HasAsync(RecencyKey key, CancellationToken cancellationToken) =>
        (await tables.Recency.GetEntityIfExistsAsync<TableEntity>(key.Partition, key.Partition, ["PartitionKey"], cancellationToken)).HasValue;

    /// <summary>Makes the row; it may be there.</summary>
    internal Task PutAsync(RecencyKey key, CancellationToken cancellationToken) =>
        tables.Recency.UpsertEntityAsync(new TableEntity(key.Partition, key.Partition), TableUpdateMode.Replace, cancellationToken);

    /// <summary>Removes the row; it need not be there.</summary>
    internal Task RemoveAsync(RecencyKey key, CancellationToken cancellationToken) =>
        tables.Recency.DeleteEntityAsync(key.Partition, key.Partition, ETag.All, cancellationToken);

    /// <summary>Removes a row as it was listed; false when it was written again since.</summary>
    internal async Task<bool> RemoveAsync(RecencyKey key, string etag, CancellationToken cancellationToken)
    {
        try
        {
            await tables.Recency.DeleteEntityAsync(key.Partition, key.Partition, new ETag(etag), cancellationToken);
            return true;
        }
        catch (RequestFailedException fault) when (fault.Status == 412)
        {
            return false;
        }
    }

    /// <summary>Rows with their ETags in order, the last seen first.</summary>
    /// <param name="after">Partition before the first one wanted.</param>
    /// <param name="end">Partition after the last one wanted.</param>
    /// <param name="page">Rows fetched at once, at most 1,000.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal async IAsyncEnumerable<(RecencyKey Key, string ETag)> ListAsync(string after, string end, int page, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey gt {after} and PartitionKey lt {end}");
        await foreach (var row in tables.Recency.QueryAsync<TableEntity>(filter, page, ["PartitionKey"], cancellationToken))
        {
            yield return (RecencyKey.Parse(row.PartitionKey), row.ETag.ToString());
        }
    }
}
