using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Murano.Shared.Connectors;

namespace Murano.Shared.Storage;

/// <summary>The row that says which schema storage has, under which id its first connector is made, and whether set-up is complete.</summary>
internal sealed class SchemaRow(TableClient access)
{
    /// <summary>The schema that this program reads and writes.</summary>
    public const int Version = 1;

    /// <summary>The property with the version.</summary>
    public const string VersionColumn = "Version";

    private const string FirstColumn = "FirstConnector";
    private const string CompleteColumn = "SetUp";

    /// <summary>Writes the row where there is none, and checks it.</summary>
    /// <returns>The id for the first connector: whoever comes first decides it, so that two set-ups at once make one connector.</returns>
    /// <exception cref="InvalidOperationException">Storage has a newer schema.</exception>
    public async Task<ConnectorId> EnsureAsync(CancellationToken cancellationToken)
    {
        var row = await FindAsync(cancellationToken);
        if (row is null)
        {
            try
            {
                await access.AddEntityAsync(
                    new TableEntity(AccessKeys.Schema, AccessKeys.Version) { [VersionColumn] = Version, [FirstColumn] = ConnectorId.New().Value },
                    cancellationToken);
            }
            catch (RequestFailedException fault) when (fault.Status == 409)
            {
                // Another set-up, or our own first try, was here a moment ago.
            }

            row = await FindAsync(cancellationToken) ?? throw new InvalidOperationException("The schema's row vanished while it was written.");
        }

        Check(row);
        return ConnectorId.TryParse(row.GetString(FirstColumn), out var first) ? first : throw new InvalidOperationException("The schema's row names no first connector.");
    }

    /// <summary>Whether a set-up has come to its end, by one point read.</summary>
    /// <exception cref="InvalidOperationException">Storage has a newer schema.</exception>
    public async Task<bool> IsCompleteAsync(CancellationToken cancellationToken)
    {
        if (await FindAsync(cancellationToken) is not { } row)
        {
            return false;
        }

        Check(row);
        return row.GetBoolean(CompleteColumn) is true;
    }

    /// <summary>Notes that a set-up has come to its end.</summary>
    public Task CompleteAsync(CancellationToken cancellationToken) =>
        access.UpdateEntityAsync(new TableEntity(AccessKeys.Schema, AccessKeys.Version) { [CompleteColumn] = true }, ETag.All, TableUpdateMode.Merge, cancellationToken);

    /// <summary>Whether this program knows the schema; true also where there is none yet.</summary>
    public async Task<bool> IsKnownAsync(CancellationToken cancellationToken) => await FindAsync(cancellationToken) is not { } row || IsKnown(row);

    private static bool IsKnown(TableEntity row) => row.GetInt32(VersionColumn) is <= Version;

    private static void Check(TableEntity row)
    {
        if (!IsKnown(row))
        {
            throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture,
                $"Storage has schema version {row.GetInt32(VersionColumn)}, this program knows up to {Version}: run the program that wrote it, or a newer one."));
        }
    }

    // A table that is not there yet has no rows.
    private async Task<TableEntity?> FindAsync(CancellationToken cancellationToken)
    {
        var found = await access.GetEntityIfExistsAsync<TableEntity>(AccessKeys.Schema, AccessKeys.Version, cancellationToken: cancellationToken);
        return found.HasValue ? found.Value : null;
    }
}
