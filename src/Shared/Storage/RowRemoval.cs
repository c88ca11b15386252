using Azure;
using Azure.Data.Tables;

namespace Murano.Shared.Storage;

/// <summary>Removes many rows of one partition.</summary>
internal static class RowRemoval
{
    /// <summary>Removes the rows that a filter finds, a transaction for each hundred.</summary>
    /// <param name="table">The table.</param>
    /// <param name="filter">Names one partition.</param>
    /// <param name="batches">Most transactions.</param>
    /// <param name="cancellationToken">Ends the work between requests.</param>
    /// <returns>Whether nothing is left.</returns>
    public static async Task<bool> RemoveRowsAsync(this TableClient table, string filter, int batches, CancellationToken cancellationToken)
    {
        for (var i = 0; i <= batches; i++)
        {
            var rows = await FirstAsync(table, filter, cancellationToken);
            if (rows.Count == 0)
            {
                return true;
            }

            if (i < batches)
            {
                // A row that somebody else removed a moment ago fails the whole; the next look no longer shows it.
                await table.SubmitAsync([.. rows.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All))], cancellationToken);
            }
        }

        return false;
    }

    private static async Task<List<TableEntity>> FirstAsync(TableClient table, string filter, CancellationToken cancellationToken)
    {
        List<TableEntity> rows = [];
        await foreach (var row in table.QueryAsync<TableEntity>(filter, TableLimits.TransactionActions, ["PartitionKey", "RowKey"], cancellationToken))
        {
            rows.Add(row);
            if (rows.Count == TableLimits.TransactionActions)
            {
                break;
            }
        }

        return rows;
    }
}
