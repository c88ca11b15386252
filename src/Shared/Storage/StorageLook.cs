namespace Murano.Shared.Storage;

/// <summary>Looks whether storage is there, by one point read.</summary>
public sealed class StorageLook(Tables tables)
{
    /// <summary>Asks storage.</summary>
    /// <returns>Whether its schema is one that this program knows; true also where nothing is set up yet.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    internal Task<bool> AskAsync(CancellationToken cancellationToken) => new SchemaRow(tables.Access).IsKnownAsync(cancellationToken);
}
