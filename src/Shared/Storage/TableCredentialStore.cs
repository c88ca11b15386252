using Azure;
using Azure.Data.Tables;
using Murano.Shared.Access;
using Murano.Shared.Connectors;
using Murano.Shared.Identities;

namespace Murano.Shared.Storage;

/// <summary>Table <c>credentials</c>: from a token's hash to its device.</summary>
public sealed class TableCredentialStore(Tables tables)
{
    /// <summary>Whose credential the hash is; null when no device has it.</summary>
    internal async Task<CredentialHint?> FindAsync(string hash, CancellationToken cancellationToken) => (await ReadAsync(hash, cancellationToken))?.Hint;

    /// <summary>The row of a hash; null when there is none.</summary>
    internal async Task<CredentialRow?> ReadAsync(string hash, CancellationToken cancellationToken)
    {
        var found = await tables.Credentials.GetEntityIfExistsAsync<TableEntity>(hash, hash, cancellationToken: cancellationToken);
        return found.HasValue && ToHint(found.Value!) is { } hint ? new CredentialRow(hint, found.Value!.GetInt64("Claimed") ?? 0, found.Value.ETag) : null;
    }

    /// <summary>Writes the hint before the transaction that makes it true.</summary>
    /// <param name="hash">The credential's hash.</param>
    /// <param name="hint">Whose it is to be.</param>
    /// <param name="now">µs since the Unix epoch.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when another credential has the hash.</returns>
    internal async Task<bool> AddAsync(string hash, CredentialHint hint, long now, CancellationToken cancellationToken)
    {
        try
        {
            await tables.Credentials.AddEntityAsync(ToEntity(hash, hint, now), cancellationToken);
            return true;
        }
        catch (RequestFailedException fault) when (fault.Status == 409)
        {
            // The SDK's retry after a lost reply meets our own row.
            return await FindAsync(hash, cancellationToken) == hint;
        }
    }

    /// <summary>Puts a hint in the place of another.</summary>
    /// <returns>False when that has changed since it was read.</returns>
    internal async Task<bool> ReplaceAsync(string hash, CredentialRow old, CredentialHint hint, long now, CancellationToken cancellationToken)
    {
        try
        {
            await tables.Credentials.UpdateEntityAsync(ToEntity(hash, hint, now), old.ETag, TableUpdateMode.Replace, cancellationToken);
            return true;
        }
        catch (RequestFailedException fault) when (fault.Status is 404 or 412)
        {
            // The SDK's retry after a lost reply meets our own row.
            return await FindAsync(hash, cancellationToken) == hint;
        }
    }

    /// <summary>Removes the hint if it still says this; another device, or a later credential, may have taken the hash.</summary>
    internal async Task RemoveAsync(string hash, CredentialHint hint, CancellationToken cancellationToken)
    {
        if (await ReadAsync(hash, cancellationToken) is not { } found || found.Hint != hint)
        {
            return;
        }

        try
        {
            await tables.Credentials.DeleteEntityAsync(hash, hash, found.ETag, cancellationToken);
        }
        catch (RequestFailedException fault) when (fault.Status == 412)
        {
            // Taken over in this moment; no longer ours to remove.
        }
    }

    private static TableEntity ToEntity(string hash, CredentialHint hint, long now) => new(hash, hash)
    {
        ["Connector"] = hint.Device.Connector.Value,
        ["Identity"] = hint.Device.Identity.Value,
        ["Credential"] = hint.Credential.Value,
        ["Claimed"] = now,
    };

    private static CredentialHint? ToHint(TableEntity entity) =>
        ConnectorId.TryParse(entity.GetString("Connector"), out var connector) && IdentityId.TryParse(entity.GetString("Identity"), out var identity)
            ? new CredentialHint(new DeviceKey(connector, identity), new CredentialId(entity.GetString("Credential")))
            : null;
}
