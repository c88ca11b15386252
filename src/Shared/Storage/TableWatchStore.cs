using Azure;
using Azure.Data.Tables;
using Murano.Shared.Connectors;
using Murano.Shared.Identities;
using Murano.Shared.Realtime;

namespace Murano.Shared.Storage;

/// <summary>Table <c>connectors</c>, rows <c>watch!…</c>: who watches the live log. They are read with the settings, by <see cref="TableConnectorStore"/>, and never change the settings' ETag.</summary>
public sealed class TableWatchStore(Tables tables)
{
    /// <summary>Notes a watch; a present one is prolonged.</summary>
    /// <param name="connector">The connector.</param>
    /// <param name="identity">The device; null = all.</param>
    /// <param name="until">Its end, µs since the Unix epoch.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal Task PutAsync(ConnectorId connector, IdentityId? identity, long until, CancellationToken cancellationToken) =>
        tables.Connectors.UpsertEntityAsync(ConnectorRows.Watch(connector, identity, until), TableUpdateMode.Replace, cancellationToken);

    /// <summary>Removes watches that have ended. What another removed or renewed meanwhile is left, and then perhaps the others too, for the next time.</summary>
    internal async Task RemoveAsync(ConnectorId connector, IEnumerable<LogWatch> ended, CancellationToken cancellationToken)
    {
        foreach (var some in ended.Chunk(TableLimits.TransactionActions))
        {
            await tables.Connectors.SubmitAsync(
                [.. some.Select(watch => new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(connector.Value, ConnectorKeys.Watch(watch.Identity)), new ETag(watch.ETag)))],
                cancellationToken);
        }
    }
}
