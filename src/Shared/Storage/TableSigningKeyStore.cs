using System.Security.Cryptography;
using Azure;
using Azure.Data.Tables;

namespace Murano.Shared.Storage;

/// <summary>Table <c>access</c>, partition <c>signing</c>: the key that signs addresses. Whoever needs it first makes it; removed, it is made anew, and what it signed no longer holds.</summary>
public sealed class TableSigningKeyStore(Tables tables)
{
    private const string Secret = "Secret";
    private const int KeyBytes = 32;
    private const int Tries = 3;

    /// <summary>The key, 256 random bits.</summary>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    internal async Task<byte[]> GetAsync(CancellationToken cancellationToken)
    {
        for (var i = 0; i < Tries; i++)
        {
            var found = await tables.Access.GetEntityIfExistsAsync<TableEntity>(AccessKeys.Signing, AccessKeys.Content, cancellationToken: cancellationToken);
            if (found.HasValue && found.Value!.GetBinary(Secret) is { Length: KeyBytes } key)
            {
                return key;
            }

            // A row that is no key is replaced, an absent one is made by one instance: all look again at whose it became.
            await (found.HasValue ? ReplaceAsync(found.Value!.ETag, cancellationToken) : AddAsync(cancellationToken));
        }

        throw new StorageUnavailableException("The signing key changed each time it was read.");
    }

    /// <summary>Makes a key where there is none.</summary>
    internal async Task AddAsync(CancellationToken cancellationToken)
    {
        try
        {
            await tables.Access.AddEntityAsync(New(), cancellationToken);
        }
        catch (RequestFailedException fault) when (fault.Status == 409)
        {
            // Somebody else's, or our own whose reply was lost.
        }
    }

    private async Task ReplaceAsync(ETag seen, CancellationToken cancellationToken)
    {
        try
        {
            await tables.Access.UpdateEntityAsync(New(), seen, TableUpdateMode.Replace, cancellationToken);
        }
        catch (RequestFailedException fault) when (fault.Status is 404 or 412)
        {
            // Somebody else was quicker.
        }
    }

    private static TableEntity New() => new(AccessKeys.Signing, AccessKeys.Content) { [Secret] = RandomNumberGenerator.GetBytes(KeyBytes) };
}
