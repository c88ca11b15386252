using Microsoft.Extensions.Options;
using Murano.Shared.Access;
using Murano.Shared.Connectors;
using Murano.Shared.Realtime;
using Murano.Shared.Storage;

namespace Murano.Shared.Identities;

/// <summary>What operators do with identities.</summary>
public sealed class IdentityService(
    TableDeviceStore devices,
    TableCredentialStore credentials,
    DeviceIndexes indexes,
    Announcer announcer,
    IOptions<DeviceOptions> options,
    TimeProvider time)
{
    /// <summary>One device.</summary>
    /// <returns>The device; NotFound.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    public async Task<Outcome<Device>> FindAsync(Connector connector, IdentityId identity, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connector);
        var record = await devices.FindAsync(new DeviceKey(connector.Id, identity), cancellationToken);
        return record is null or { Header.Status: DeviceStatus.Deleting } ? IdentityFailures.Unknown : record.ToDevice(time.GetUnixMicros(), options.Value);
    }

    /// <summary>Makes the identity if it is not known, then changes it.</summary>
    /// <returns>Done; Rejected for a key or type that cannot be, or an identity that breaks the connector's format; Conflict for a token that another device has; Busy.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had; the same change may be asked for again.</exception>
    public Task<Outcome<Done>> PutAsync(Connector connector, IdentityId identity, IdentityChange change, CancellationToken cancellationToken) =>
        ChangeAsync(connector, identity, change, Missing.Make, cancellationToken);

    /// <summary>Changes a known identity.</summary>
    /// <returns>As <see cref="PutAsync"/>; NotFound when it is not known.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had; the same change may be asked for again.</exception>
    public Task<Outcome<Done>> PatchAsync(Connector connector, IdentityId identity, IdentityChange change, CancellationToken cancellationToken) =>
        ChangeAsync(connector, identity, change, Missing.Refuse, cancellationToken);

    /// <summary>Makes an identity that must not be known yet (specification c.1, addIdentity).</summary>
    /// <returns>As <see cref="PutAsync"/>; Conflict when it is known.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    public Task<Outcome<Done>> AddAsync(Connector connector, IdentityId identity, IdentityChange change, CancellationToken cancellationToken) =>
        ChangeAsync(connector, identity, change, Missing.Require, cancellationToken);

    /// <summary>Deletes an identity and all that hangs on it. Its credential holds no longer from the moment of the first step.</summary>
    /// <returns>Done; NotFound; Busy.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had; what was begun is finished in the background.</exception>
    public Task<Outcome<Done>> DeleteAsync(Connector connector, IdentityId identity, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connector);
        var key = new DeviceKey(connector.Id, identity);
        var operationId = OperationId.New();
        TodoItem? todo = null;
        return Contention.SettleAsync<Done>(AttemptAsync, cancellationToken);

        async Task<Outcome<Done>?> AttemptAsync()
        {
            var record = await devices.FindAsync(key, cancellationToken);
            if (record is null)
            {
                return todo is null ? IdentityFailures.Unknown : await FinishAsync();
            }

            if (record.Header.Status != DeviceStatus.Deleting)
            {
                todo ??= await indexes.BeginAsync(key, operationId, [], record, null, cancellationToken);
                var deleting = record.Header with
                {
                    Status = DeviceStatus.Deleting,
                    OperationId = operationId,
                    Version = record.Header.Version + 1,
                    LastSeen = record.LastSeen,
                };
                if (!await indexes.CommitAsync(deleting, record, cancellationToken))
                {
                    return null;
                }
            }

            return await FinishAsync();
        }

        async Task<Outcome<Done>> FinishAsync()
        {
            await announcer.WakeAsync(new Wake(key.Connector, key.Identity, WakeKind.Access));
            await indexes.FinishAsync(todo ?? await indexes.BeginAsync(key, operationId, [], null, null, cancellationToken), cancellationToken);
            return Done.Instance;
        }
    }

    private async Task<Outcome<Done>> ChangeAsync(Connector connector, IdentityId identity, IdentityChange change, Missing missing, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connector);
        ArgumentNullException.ThrowIfNull(change);
        if (IdentityRules.Check(identity, change) is { } rejected)
        {
            return rejected;
        }

        var work = new Change(connector, new DeviceKey(connector.Id, identity), change, missing, OperationId.New());
        var outcome = await Contention.SettleAsync(() => TryChangeAsync(work, cancellationToken), cancellationToken);
        if (!outcome.TryGet(out _, out _) && work.Todo is { } todo)
        {
            await indexes.FinishAsync(todo, cancellationToken);
        }

        return outcome;
    }

    private async Task<Outcome<Done>?> TryChangeAsync(Change work, CancellationToken cancellationToken)
    {
        var record = await devices.FindAsync(work.Key, cancellationToken);
        if (record is { Header.Status: DeviceStatus.Deleting })
        {
            await indexes.FinishDeleteAsync(record, cancellationToken);
            return null;
        }

        if (work.Todo is not null && record is not null && string.Equals(record.Header.OperationId, work.OperationId, StringComparison.Ordinal))
        {
            return await CompleteAsync(work, cancellationToken); // An earlier try was committed; only its reply was lost.
        }

        if (WhyNot(work, record) is { } failure)
        {
            return failure;
        }

        var before = record?.Header ?? IdentityRules.New(work.Key, work.Connector.Settings, time.GetUnixMicros());
        var credential = CredentialId.New(); // For each try another: who cleans up after an earlier one must not meet this.
        var after = IdentityRules.Apply(before, record?.FenceSeen ?? LastSeen.Never, work.Wanted, work.GivenTo(before, credential));
        if (record is not null && after == before)
        {
            return work.Todo is null ? Done.Instance : await CompleteAsync(work, cancellationToken);
        }

        var moved = before.Credential == after.Credential ? [] : before.Credentials.Concat(after.Credentials);
        work.Todo = await indexes.BeginAsync(work.Key, work.OperationId, moved, record, work.Todo, cancellationToken);
        if (after.Credential == credential && after.AuthType == AuthType.Token)
        {
            switch (await ClaimAsync(after.CredentialHash, new CredentialHint(work.Key, credential), cancellationToken))
            {
                case null:
                    return null;
                case false:
                    return new Failure.Conflict("token-in-use", "Another device has this token.");
            }
        }

        return await indexes.CommitAsync(after with { OperationId = work.OperationId, Version = before.Version + 1 }, record, cancellationToken)
            ? await CompleteAsync(work, cancellationToken)
            : null;
    }

    private static Failure? WhyNot(Change work, DeviceRecord? record) => (record, work.Missing) switch
    {
        (null, Missing.Refuse) => IdentityFailures.Unknown,
        (null, _) when !IdentityFormatRules.Matches(work.Connector.Settings.IdentityFormat, work.Key.Identity) =>
            new Failure.Rejected("identity-format", "identity", "The identity is not of the connector's format."),
        (not null, Missing.Require) => new Failure.Conflict("identity-exists", "The identity exists already."),
        _ => null,
    };

    private async Task<Outcome<Done>> CompleteAsync(Change work, CancellationToken cancellationToken)
    {
        await announcer.WakeAsync(new Wake(work.Key.Connector, work.Key.Identity, WakeKind.Access));
        await indexes.FinishAsync(work.Todo!, cancellationToken);
        return Done.Instance;
    }

    // Writes the hint of a token that was set by hand. False: another device has the token; null: somebody is about to have it, or had it a moment ago.
    private async Task<bool?> ClaimAsync(string hash, CredentialHint hint, CancellationToken cancellationToken)
    {
        var now = time.GetUnixMicros();
        if (await credentials.AddAsync(hash, hint, now, cancellationToken))
        {
            return true;
        }

        if (await credentials.ReadAsync(hash, cancellationToken) is not { } row)
        {
            return null;
        }

        var other = row.Hint.Device;
        var owner = await devices.FindAsync(other, cancellationToken);
        if (owner is not null && string.Equals(owner.Header.CredentialHash, hash, StringComparison.Ordinal))
        {
            return other == hint.Device ? null : false;
        }

        // A row that no header bears out is a leftover, or runs ahead of another device's change; after this time that change has surely ended.
        if (other != hint.Device && now - row.Claimed < (long)DeviceIndexes.SweepAfter.TotalMicroseconds)
        {
            return null;
        }

        return await credentials.ReplaceAsync(hash, row, hint, now, cancellationToken) ? true : null;
    }

    private enum Missing
    {
        Make,
        Refuse,
        Require,
    }

    private sealed record Change(Connector Connector, DeviceKey Key, IdentityChange Wanted, Missing Missing, string OperationId)
    {
        private readonly (AuthType Type, string Hash)? _given = Read(Wanted);

        public TodoItem? Todo { get; set; }

        /// <summary>The credential that is set by hand, as this device would get it: the same password again is the one that it has, whatever its salt. Null = none.</summary>
        public NewCredential? GivenTo(DeviceHeader header, CredentialId id) => _given is not { } given ? null
            : given.Type == AuthType.Password && header is { AuthType: AuthType.Password, CredentialHash: { Length: > 0 } stored }
                && DevicePassword.TryParse(Wanted.Key, out var password) && PasswordHash.Holds(stored, password)
                ? new(given.Type, stored, id)
                : new(given.Type, given.Hash, id);

        private static (AuthType Type, string Hash)? Read(IdentityChange wanted) => wanted.AuthType switch
        {
            AuthType.Token when DeviceToken.TryParse(wanted.Key, out var token) => (AuthType.Token, token.Hash),
            AuthType.Password when DevicePassword.TryParse(wanted.Key, out var password) => (AuthType.Password, PasswordHash.Make(password)),
            AuthType.Certificate when DeviceCertificate.TryReadPem(wanted.Key, out var certificate) => (AuthType.Certificate, certificate.Hash),
            _ => null,
        };
    }
}
