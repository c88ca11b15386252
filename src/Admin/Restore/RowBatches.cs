using System.Runtime.CompilerServices;
using System.Text;
using Azure.Data.Tables;
using Murano.Admin.Storage;
using Murano.Shared.Storage;

namespace Murano.Admin.Restore;

/// <summary>Rows of a file in batches that one transaction takes: of one partition, at most 100, and below its 4 MiB.</summary>
internal static class RowBatches
{
    // Keys and conditions of each action come on top of the lines.
    private const int MaxBytes = 3 * 1024 * 1024;

    /// <summary>Reads batches.</summary>
    /// <param name="stream">The lines.</param>
    /// <param name="name">Of the file, for the complaint.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="AdminException">A line is no row.</exception>
    public static async IAsyncEnumerable<IReadOnlyList<TableEntity>> ReadAsync(Stream stream, string name, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<TableEntity> batch = [];
        var bytes = 0;
        using var reader = new StreamReader(stream, leaveOpen: true);
        for (var number = 1; await reader.ReadLineAsync(cancellationToken) is { } line; number++)
        {
            TableEntity row;
            try
            {
                row = RowJson.Read(line);
            }
            catch (FormatException fault)
            {
                throw new AdminException(FormattableString.Invariant($"Line {number} of {name} is no row."), fault);
            }

            var more = Encoding.UTF8.GetByteCount(line);
            if (batch.Count > 0 && (batch.Count == TableLimits.TransactionActions || bytes + more > MaxBytes || !string.Equals(batch[0].PartitionKey, row.PartitionKey, StringComparison.Ordinal)))
            {
                yield return batch;
                (batch, bytes) = ([], 0);
            }

            batch.Add(row);
            bytes += more;
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }
}
