using Azure;
using Azure.Data.Tables;
using Murano.Shared.Connectors;

namespace Murano.Shared.Storage;

/// <summary>Table <c>connectors</c>: settings and resources; the watches, which are read with them, are written by <see cref="TableWatchStore"/>.</summary>
public sealed class TableConnectorStore(Tables tables)
{
    private const int ChangesAtOnce = TableLimits.TransactionActions - 1;
    private const int Readings = 5;
    private const int MostBatches = 100;

    /// <summary>The connector as it is stored, a consistent whole; null when there is none.</summary>
    /// <exception cref="StorageUnavailableException">Storage is not to be had, or the connector changes faster than it can be read.</exception>
    internal async Task<ConnectorRecord?> FindAsync(ConnectorId id, CancellationToken cancellationToken)
    {
        string? previous = null;
        for (var i = 0; i < Readings; i++)
        {
            var (record, isWhole) = await ReadAsync(id, cancellationToken);

            // One page is a moment in time, several are not. The settings are read after all resources and every change moves their ETag: two readings with
            // the same one have no change between them, so the second is a whole. Watches come after the settings; each stands for itself.
            if (isWhole || record is null || string.Equals(record.ETag, previous, StringComparison.Ordinal))
            {
                return record;
            }

            previous = record.ETag;
        }

        throw new StorageUnavailableException("A connector changed each time it was read.");
    }

    /// <summary>All connectors, in order of their ids.</summary>
    internal async Task<IReadOnlyList<ConnectorSummary>> ListAsync(CancellationToken cancellationToken)
    {
        List<ConnectorSummary> summaries = [];
        var filter = TableClient.CreateQueryFilter($"RowKey eq {ConnectorKeys.Settings}");
        await foreach (var row in tables.Connectors.QueryAsync<TableEntity>(filter, select: ConnectorRows.SummaryColumns, cancellationToken: cancellationToken))
        {
            if (ConnectorRows.ReadSummary(row) is { } summary)
            {
                summaries.Add(summary);
            }
        }

        return summaries;
    }

    /// <summary>The version of the settings row once <see cref="ChangeAsync"/> is through: each transaction raises it by one.</summary>
    internal static long VersionAfter(ConnectorRecord before, Connector after) =>
        before.Version + Math.Max(1, (Changes(before.Connector, after).Count() + ChangesAtOnce - 1) / ChangesAtOnce);

    /// <summary>Writes what differs. More than 99 changed resources take several transactions; each carries the settings row, so that a reader notices.</summary>
    /// <param name="before">The connector as it was read; for a new one, without ETag and resources.</param>
    /// <param name="after">The connector as it is to be, with the operation's id.</param>
    /// <param name="cancellationToken">Ends the work between transactions.</param>
    /// <returns>False when somebody else changed it meanwhile, or made it; then part of the changes may be stored.</returns>
    internal async Task<bool> ChangeAsync(ConnectorRecord before, ConnectorRecord after, CancellationToken cancellationToken)
    {
        var etag = before.ETag;
        var version = before.Version;
        foreach (var changes in Changes(before.Connector, after.Connector).Chunk(ChangesAtOnce).DefaultIfEmpty([]))
        {
            var settings = ConnectorRows.Settings(after with { Version = ++version });
            TableTransactionAction first = etag is null
                ? new(TableTransactionActionType.Add, settings)
                : new(TableTransactionActionType.UpdateReplace, settings, new ETag(etag));
            var (failed, etags) = await tables.Connectors.SubmitAsync([first, .. changes], cancellationToken);
            if (failed is not null)
            {
                return false;
            }

            etag = etags[0];
        }

        return true;
    }

    /// <summary>Removes the connector: whatever rows it has, the settings last, as they were read.</summary>
    /// <returns>False when part of it is left.</returns>
    internal async Task<bool> RemoveAsync(ConnectorRecord record, CancellationToken cancellationToken)
    {
        var id = record.Connector.Id.Value;
        if (!await tables.Connectors.RemoveRowsAsync(TableClient.CreateQueryFilter($"PartitionKey eq {id} and RowKey ne {ConnectorKeys.Settings}"), MostBatches, cancellationToken))
        {
            return false;
        }

        try
        {
            await tables.Connectors.DeleteEntityAsync(id, ConnectorKeys.Settings, new ETag(record.ETag!), cancellationToken);
            return true;
        }
        catch (RequestFailedException fault) when (fault.Status == 412)
        {
            return false;
        }
    }

    private static IEnumerable<TableTransactionAction> Changes(Connector before, Connector after)
    {
        foreach (var definition in after.Resources.Values)
        {
            if (!before.Resources.TryGetValue(definition.Alias, out var old)
                || !string.Equals(ConnectorRows.TextOf(old), ConnectorRows.TextOf(definition), StringComparison.Ordinal))
            {
                yield return new(TableTransactionActionType.UpsertReplace, ConnectorRows.Resource(after.Id, definition));
            }
        }

        foreach (var alias in before.Resources.Keys)
        {
            if (!after.Resources.ContainsKey(alias))
            {
                yield return new(TableTransactionActionType.Delete, new TableEntity(after.Id.Value, ConnectorKeys.Resource(alias)), ETag.All);
            }
        }
    }

    private async Task<(ConnectorRecord? Record, bool IsWhole)> ReadAsync(ConnectorId id, CancellationToken cancellationToken)
    {
        List<TableEntity> rows = [];
        var isWhole = false;
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {id.Value} and RowKey ge {ConnectorKeys.FirstResource} and RowKey lt {ConnectorKeys.AfterWatches}");
        await foreach (var page in tables.Connectors.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken).AsPages())
        {
            isWhole |= rows.Count == 0 && page.Values.Any(row => string.Equals(row.RowKey, ConnectorKeys.Settings, StringComparison.Ordinal));
            rows.AddRange(page.Values);
        }

        return (ConnectorRows.Read(id, rows), isWhole);
    }
}
