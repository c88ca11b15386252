using Azure;
using Azure.Data.Tables;

namespace Murano.Shared.Storage;

/// <summary>Entity-group transactions with their outcome as a value.</summary>
internal static class Transactions
{
    /// <summary>Sends a transaction.</summary>
    /// <returns>Null and the new ETag of each row; or the index of the action whose condition did not hold, and then nothing is stored.</returns>
    /// <exception cref="StorageUnavailableException">Storage could not do it. Such a fault hides inside a reply that is itself a success.</exception>
    public static async Task<(int? Failed, string[] ETags)> SubmitAsync(this TableClient table, IReadOnlyList<TableTransactionAction> actions, CancellationToken cancellationToken)
    {
        try
        {
            var replies = await table.SubmitTransactionAsync(actions, cancellationToken);
            return (null, [.. replies.Value.Select(reply => reply.Headers.ETag?.ToString() ?? "")]);
        }
        catch (TableTransactionFailedException fault) when (fault.Status is 404 or 409 or 412 && !IsTableMissing(fault))
        {
            return (fault.FailedTransactionActionIndex ?? throw new InvalidOperationException("A transaction failed without saying where.", fault), []);
        }
        catch (TableTransactionFailedException fault) when (StorageFaultPolicy.IsFault(fault.Status))
        {
            throw new StorageUnavailableException("A transaction failed.", fault);
        }
    }

    private static bool IsTableMissing(RequestFailedException fault) => string.Equals(fault.ErrorCode, "TableNotFound", StringComparison.Ordinal);
}
