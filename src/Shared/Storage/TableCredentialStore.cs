using Azure;
using Azure.Data.Tables;
using Murano.Shared.Access;
using Murano.Shared.Connectors;
using Murano.Shared.Identities;

namespace Murano.Shared.Storage;

/// <summary>Table <c>credentials</c>: from a token's hash to its device.</summary>
public sealed class TableCredentialStore(Tables tables)
{
    private const string Row = "-";

    /// <summary>Whose credential the hash is; null when no device has it.</summary>
    internal async Task<CredentialHint?> FindAsync(string hash, CancellationToken cancellationToken)
    {
        var found = await tables.Credentials.GetEntityIfExistsAsync<TableEntity>(hash, Row, cancellationToken: cancellationToken);
        return found.HasValue ? ToHint(found.Value!) : null;
    }

    /// <summary>Writes the hint before the transaction that makes it true.</summary>
    /// <returns>False when another credential has the hash.</returns>
    internal async Task<bool> AddAsync(string hash, CredentialHint hint, CancellationToken cancellationToken)
    {
        var entity = new TableEntity(hash, Row)
        {
            ["Connector"] = hint.Device.Connector.Value,
            ["Identity"] = hint.Device.Identity.Value,
            ["Credential"] = hint.Credential.Value,
        };
        try
        {
            await tables.Credentials.AddEntityAsync(entity, cancellationToken);
            return true;
        }
        catch (RequestFailedException fault) when (fault.Status == 409)
        {
            // The SDK's retry after a lost reply meets our own row.
            return await FindAsync(hash, cancellationToken) == hint;
        }
    }

    /// <summary>Removes the hint if it still says this; another device, or a later credential, may have taken the hash.</summary>
    internal async Task RemoveAsync(string hash, CredentialHint hint, CancellationToken cancellationToken)
    {
        var found = await tables.Credentials.GetEntityIfExistsAsync<TableEntity>(hash, Row, cancellationToken: cancellationToken);
        if (!found.HasValue || ToHint(found.Value!) != hint)
        {
            return;
        }

        try
        {
            await tables.Credentials.DeleteEntityAsync(hash, Row, found.Value!.ETag, cancellationToken);
        }
        catch (RequestFailedException fault) when (fault.Status == 412)
        {
            // Taken over in this moment; no longer ours to remove.
        }
    }

    private static CredentialHint? ToHint(TableEntity entity) =>
        ConnectorId.TryParse(entity.GetString("Connector"), out var connector) && IdentityId.TryParse(entity.GetString("Identity"), out var identity)
            ? new CredentialHint(new DeviceKey(connector, identity), new CredentialId(entity.GetString("Credential")))
            : null;
}
