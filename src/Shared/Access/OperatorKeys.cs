using Microsoft.Extensions.Options;
using Murano.Shared.Connectors;
using Murano.Shared.Realtime;
using Murano.Shared.Storage;

namespace Murano.Shared.Access;

/// <summary>Makes and revokes operators' keys.</summary>
public sealed class OperatorKeys(TableAccessStore store, TableSessionStore sessions, OperatorAccess access, LogViewers viewers, IOptions<AccessOptions> options, TimeProvider time)
{
    /// <summary>Most connectors in a key's scope, unless it is all: they are one text property in storage.</summary>
    internal const int MaxConnectors = 500;

    private const int MaxNameLength = 64;

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

        var created = await CreateAsync(FirstKey.Name, OperatorRole.Admin, null, null, cancellationToken);
        return created.TryGet(out var credential, out _) ? credential : throw new InvalidOperationException("The first key was refused.");
    }

    /// <summary>Makes the key that the settings name, where there is no key at all. Several at once make one.</summary>
    /// <returns>Whether there is a key now.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    public async Task<bool> EnsureFirstAsync(CancellationToken cancellationToken)
    {
        if ((await store.ListAsync(cancellationToken)).Count > 0)
        {
            return true;
        }

        if (FirstKey.Of(options.Value, time.GetUnixMicros()) is not { } key)
        {
            return false;
        }

        await store.PutAsync(key, cancellationToken);
        return true;
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

    /// <summary>The keys within an operator's scope, by name.</summary>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    public async Task<IReadOnlyList<OperatorKey>> ListAsync(OperatorSession reader, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return
        [
            .. (await store.ListAsync(cancellationToken)).Where(key => reader.MaySee(key.Connectors))
                .OrderBy(key => key.Name, StringComparer.Ordinal).ThenBy(key => key.Id.Value, StringComparer.Ordinal),
        ];
    }

    /// <summary>Makes a key for another operator.</summary>
    /// <returns>The key and its secret, which is shown here and never again; Rejected; Forbidden for more than the maker has.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had; there may be a key now whose secret nobody knows.</exception>
    public async Task<Outcome<(OperatorKeyId Id, OperatorCredential Credential)>> CreateAsync(OperatorSession maker, NewOperatorKey wanted, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(maker);
        ArgumentNullException.ThrowIfNull(wanted);
        if (OperatorKeyRules.WhyNotMake(maker, wanted, time.GetUnixMicros()) is { } refused)
        {
            return refused;
        }

        var expires = wanted.Expires > 0 ? UnixTime.FromMicros(wanted.Expires) : default(DateTimeOffset?);
        if (!(await CreateAsync(wanted.Name, wanted.Role, wanted.Connectors, expires, cancellationToken)).TryGet(out var credential, out var failure))
        {
            return failure;
        }

        return OperatorSecret.TryParse(credential.Secret, out var secret) ? (secret.Id, credential) : throw new InvalidOperationException("A new secret cannot be read.");
    }

    /// <summary>Ends a key at the wish of an operator.</summary>
    /// <returns>Done; NotFound when it is not known, or not within the operator's scope; Conflict for the last key that could manage all others.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had; the key may still hold.</exception>
    public async Task<Outcome<Done>> RevokeAsync(OperatorSession revoker, OperatorKeyId id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(revoker);
        var outcome = await Contention.SettleAsync(() => TryRevokeAsync(revoker, id, cancellationToken), cancellationToken);
        if (outcome.TryGet(out _, out _))
        {
            await sessions.RemoveAllAsync(id, cancellationToken);
            await viewers.EndAsync(id);
        }

        return outcome;
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

    // Two full admins who revoke each other at once: each removal holds only while the key is there that is left.
    private async Task<Outcome<Done>?> TryRevokeAsync(OperatorSession revoker, OperatorKeyId id, CancellationToken cancellationToken)
    {
        var keys = await store.ListAsync(cancellationToken);
        if (keys.FirstOrDefault(key => key.Id == id) is not { } found || !revoker.MaySee(found.Connectors))
        {
            return OperatorKeyRules.Unknown;
        }

        var now = time.GetUnixMicros();
        if (!OperatorKeyRules.IsFullAdmin(found, now))
        {
            await RevokeAsync(id, cancellationToken);
            return Done.Instance;
        }

        if (keys.FirstOrDefault(key => key.Id != id && OperatorKeyRules.IsFullAdmin(key, now)) is not { } left)
        {
            return new Failure.Conflict("last-admin", "This is the last key of role admin for all connectors: make another first.");
        }

        try
        {
            return await store.RemoveAsync(id, left.Id, cancellationToken) ? Done.Instance : default(Outcome<Done>?);
        }
        finally
        {
            access.Forget(id);
        }
    }
}
