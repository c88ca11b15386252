using Azure;
using Azure.Data.Tables;
using Murano.Admin.Storage;
using Murano.Shared.Storage;

namespace Murano.Admin.Restore;

/// <summary>
/// Stands in the place of the row with the schema's version while a restore is under way. It says which backup is being restored and which tables are done, so that the same
/// command can go on; and its version is so high that an app refuses to start on what is half there.
/// </summary>
internal sealed class RestoreMark(Installation installation, string backup)
{
    private const int UnderWay = 1_000_000;
    private const string Backup = "Backup";
    private const string DoneTables = "Done";

    private readonly HashSet<string> _done = new(StringComparer.Ordinal);

    /// <summary>Whether a row is the one that the mark stands for; it is restored last.</summary>
    public static bool IsInPlaceOf(TableEntity row) => row is { PartitionKey: AccessKeys.Schema, RowKey: AccessKeys.Version };

    /// <summary>Whether a table is done.</summary>
    public bool Has(string table) => _done.Contains(table);

    /// <summary>Makes the tables, and the mark where there is nothing yet; or finds the mark of an earlier run.</summary>
    /// <returns>Whether an earlier run is gone on with.</returns>
    /// <exception cref="AdminException">There is something that this backup did not bring.</exception>
    public async Task<bool> EnterAsync(CancellationToken cancellationToken)
    {
        foreach (var table in installation.Tables.All)
        {
            await table.CreateIfNotExistsAsync(cancellationToken);
        }

        var found = await installation.Tables.Access.GetEntityIfExistsAsync<TableEntity>(AccessKeys.Schema, AccessKeys.Version, cancellationToken: cancellationToken);
        if (found.HasValue)
        {
            if (found.Value!.GetInt32(SchemaRow.VersionColumn) != UnderWay || !string.Equals(found.Value.GetString(Backup), backup, StringComparison.Ordinal))
            {
                throw NotEmpty("an installation, or the restore of another backup");
            }

            _done.UnionWith((found.Value.GetString(DoneTables) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries));
            return true;
        }

        foreach (var table in installation.Tables.All)
        {
            await foreach (var page in table.QueryAsync<TableEntity>(maxPerPage: 1, select: ["PartitionKey"], cancellationToken: cancellationToken).AsPages().WithCancellation(cancellationToken))
            {
                if (page.Values.Count > 0)
                {
                    throw NotEmpty($"rows in table {table.Name}");
                }
            }
        }

        await foreach (var connector in installation.Containers.ListAsync(cancellationToken))
        {
            await foreach (var blob in installation.Containers.Content(connector).GetBlobsAsync(cancellationToken: cancellationToken))
            {
                throw NotEmpty($"blob {blob.Name}");
            }
        }

        try
        {
            await installation.Tables.Access.AddEntityAsync(Row(), cancellationToken);
        }
        catch (RequestFailedException fault) when (fault.Status == 409)
        {
            throw NotEmpty("an installation that was made in this moment");
        }

        return false;
    }

    /// <summary>Notes that a table is done.</summary>
    public async Task NoteAsync(string table, CancellationToken cancellationToken)
    {
        _done.Add(table);
        await installation.Tables.Access.UpsertEntityAsync(Row(), TableUpdateMode.Replace, cancellationToken);
    }

    /// <summary>Puts the row in its place that belongs there.</summary>
    public Task LeaveAsync(TableEntity schema, CancellationToken cancellationToken) => installation.Tables.Access.UpsertEntityAsync(schema, TableUpdateMode.Replace, cancellationToken);

    private AdminException NotEmpty(string what) =>
        new($"Under the prefix {installation.Prefix} there is {what}. A restore goes where nothing is: take another --prefix or account.");

    private TableEntity Row() => new(AccessKeys.Schema, AccessKeys.Version) { [SchemaRow.VersionColumn] = UnderWay, [Backup] = backup, [DoneTables] = string.Join(',', _done) };
}
