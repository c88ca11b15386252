using Murano.Shared.Connectors;
using Murano.Shared.Storage;

namespace Murano.Shared.Access;

/// <summary>Makes and revokes operators' keys.</summary>
public sealed class OperatorKeys(TableAccessStore store, OperatorAccess access, TimeProvider time)
{
    private const int MaxNameLength = 64;
    private const string FirstName = "admin";

    /// <summary>A key of role admin that storage knows: the known one if it still holds, else a new one.</summary>
    /// <param name="known">The key that was handed out earlier.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    public async Task<OperatorCredential> EnsureAdminAsync(OperatorCredential? known, CancellationToken cancellationToken)
    {
        if (known is not null && OperatorSecret.TryParse(known.Secret, out var secret)
            && await store.FindAsync(secret.Id, cancellationToken) is { Role: OperatorRole.Admin, Connectors: null } key
            && secret.IsOf(key.Hash) && (key.Expires == 0 || key.Expires > time.GetUnixMicros()))
        {
            return known with { Name = key.Name };
        }

        var created = await CreateAsync(FirstName, OperatorRole.Admin, null, null, cancellationToken);
        return created.TryGet(out var credential, out _) ? credential : throw new InvalidOperationException("The first key was refused.");
    }

    /// <summary>Makes a key.</summary>
    /// <param name="name">1 to 64 characters without a colon or control characters; need not be unique.</param>
    /// <param name="role">What its holder may do.</param>
    /// <param name="connectors">What it is good for; null = all connectors.</param>
    /// <param name="expires">When it ends; null = never.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>Name and secret, which are shown here and never again; Rejected for the name.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    public async Task<Outcome<OperatorCredential>> CreateAsync(
        string name, OperatorRole role, IReadOnlySet<ConnectorId>? connectors, DateTimeOffset? expires, CancellationToken cancellationToken)
    {
        if (name is not { Length: > 0 and <= MaxNameLength } || name.Contains(':', StringComparison.Ordinal) || name.Any(char.IsControl))
        {
            return new Failure.Rejected("bad-name", "name", FormattableString.Invariant($"A name has 1 to {MaxNameLength} characters and no colon."));
        }

        var secret = OperatorSecret.New();
        await store.PutAsync(
            new OperatorKey
            {
                Id = secret.Id,
                Name = name,
                Role = role,
                Connectors = connectors,
                Expires = expires?.ToUnixMicros() ?? 0,
                Created = time.GetUnixMicros(),
                Hash = secret.Hash,
            },
            cancellationToken);
        return new OperatorCredential(name, secret.Reveal());
    }

    /// <summary>Ends a key: here at once, on other instances within 10 s. One that is not known has ended already.</summary>
    /// <exception cref="StorageUnavailableException">Storage is not to be had; the key may still hold.</exception>
    public async Task RevokeAsync(OperatorKeyId id, CancellationToken cancellationToken)
    {
        try
        {
            await store.RemoveAsync(id, cancellationToken);
        }
        finally
        {
            access.Forget(id);
        }
    }
}
