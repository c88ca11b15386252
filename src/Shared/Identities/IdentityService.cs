using Microsoft.Extensions.Options;
using Murano.Shared.Access;
using Murano.Shared.Connectors;
using Murano.Shared.Events;
using Murano.Shared.Provisioning;
using Murano.Shared.Storage;

namespace Murano.Shared.Identities;

/// <summary>What operators do with identities.</summary>
public sealed class IdentityService(
    TableDeviceStore devices,
    DeviceIndexes indexes,
    IOptions<DeviceOptions> options,
    PasswordVerifier passwords,
    DeviceQuota quota,
    DeviceEvents events,
    WindowEvents windows,
    TimeProvider time)
{
    private const string Exists = "identity-exists";

    // As often a made-up identity may be one that exists.
    private const int Draws = 5;

    /// <summary>One device with its tags.</summary>
    /// <returns>The device; NotFound.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    public async Task<Outcome<Device>> FindAsync(Connector connector, IdentityId identity, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connector);
        var (record, tags) = await devices.FindWithTagsAsync(new DeviceKey(connector.Id, identity), cancellationToken);
        return record is null or { Header.Status: DeviceStatus.Deleting } ? IdentityFailures.Unknown : record.ToDevice(time.GetUnixMicros(), options.Value) with { Tags = tags };
    }

    /// <summary>Makes the identity if it is not known, then changes it.</summary>
    /// <returns>Done; Rejected for a key or type that cannot be, or an identity that breaks the connector's format; Conflict for a token that another device has, or as many devices as there may be; TooMany for a password while others are hashed; Busy.</returns>
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

    /// <summary>Whether a change would change anything, without doing it. Does not look at tokens that other devices have, nor at how many devices there may be.</summary>
    /// <param name="connector">Whose.</param>
    /// <param name="identity">Which.</param>
    /// <param name="change">What is wanted.</param>
    /// <param name="makes">Whether an unknown identity would be made; otherwise it is a failure.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether it would; failures as <see cref="PutAsync"/> and <see cref="PatchAsync"/>.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    internal async Task<Outcome<bool>> WouldChangeAsync(Connector connector, IdentityId identity, IdentityChange change, bool makes, CancellationToken cancellationToken)
    {
        return WouldChange(connector, identity, change, makes, await devices.FindAsync(new DeviceKey(connector.Id, identity), cancellationToken));
    }

    /// <summary>As <see cref="WouldChangeAsync"/>, of a device as it was read; null = not known.</summary>
    internal Outcome<bool> WouldChange(Connector connector, IdentityId identity, IdentityChange change, bool makes, DeviceRecord? record)
    {
        if (IdentityRules.Check(identity, change) is { } rejected)
        {
            return rejected;
        }

        var work = new Change(connector, new DeviceKey(connector.Id, identity), change, makes ? Missing.Make : Missing.Refuse, OperationId.New());
        record = record is { Header.Status: DeviceStatus.Deleting } ? null : record;
        if (WhyNot(work, record) is { } failure)
        {
            return failure;
        }

        if (record is null)
        {
            return true;
        }

        NewCredential? given = null;
        return change.Key is { } key && !Read(work, key, record.Header, CredentialId.New()).TryGet(out given, out failure)
            ? failure
            : IdentityRules.Apply(record.Header, record.FenceSeen, change, given) != record.Header;
    }

    /// <summary>The header that an identity would begin with which is not known yet, without a credential.</summary>
    /// <returns>The header; Rejected as by <see cref="PutAsync"/>.</returns>
    internal static Outcome<DeviceHeader> Draft(Connector connector, IdentityId identity, IdentityChange change)
    {
        var work = new Change(connector, new DeviceKey(connector.Id, identity), change, Missing.Make, "");
        return (IdentityRules.Check(identity, change) ?? WhyNot(work, null)) is { } failure
            ? failure
            : IdentityRules.Apply(IdentityRules.New(work.Key, connector.Settings, change.Created ?? 0), LastSeen.Never, change, null) with { Version = 1 };
    }

    /// <summary>Makes up an identity of the connector's format and makes it (specification c.1, makeIdentity), whether or not devices may ask for one.</summary>
    /// <returns>The identity; Rejected also when the format lets none in; otherwise as <see cref="AddAsync"/>.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had; there may be an identity now that nobody asked for by name.</exception>
    public async Task<Outcome<IdentityId>> MakeAsync(Connector connector, IdentityChange change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connector);
        for (var draw = 0; draw < Draws; draw++)
        {
            if (!IdentityGenerator.TryMake(connector.Settings.IdentityFormat, out var identity))
            {
                return new Failure.Rejected("no-such-identity", "", "The connector's format lets no identity in.");
            }

            if ((await AddAsync(connector, identity, change, cancellationToken)).TryGet(out _, out var failure))
            {
                return identity;
            }

            if (!string.Equals(failure.Reason, Exists, StringComparison.Ordinal))
            {
                return failure;
            }
        }

        return new Failure.Busy("identities-taken", "No free identity was found.", TimeSpan.FromSeconds(1));
    }

    /// <summary>Deletes an identity and all that hangs on it. Its credential holds no longer from the moment of the first step.</summary>
    /// <returns>Done; NotFound; Busy.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had; what was begun is finished in the background.</exception>
    public Task<Outcome<Done>> DeleteAsync(Connector connector, IdentityId identity, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connector);
        var key = new DeviceKey(connector.Id, identity);
        var operationId = OperationId.New();
        TodoItem? todo = null;
        var work = events.Begin(connector, key, null);
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
                var happened = work is null ? [] : (DeviceEvent[])[EventRules.Plain(EventType.Deleted, key, null, time.GetUnixMicros())];
                if (!await indexes.CommitAsync(deleting, record, work, happened, null, cancellationToken))
                {
                    return null;
                }
            }

            return await FinishAsync();
        }

        async Task<Outcome<Done>> FinishAsync()
        {
            await indexes.FinishAsync(todo ?? await indexes.BeginAsync(key, operationId, [], null, null, cancellationToken), cancellationToken);
            await events.EndAsync(work, isDone: true);
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

        await events.EndAsync(work.Events, outcome.TryGet(out _, out _));
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

        var failure = WhyNot(work, record);
        if (failure is not null)
        {
            return failure;
        }

        var before = record?.Header ?? IdentityRules.New(work.Key, work.Connector.Settings, work.Wanted.Created ?? time.GetUnixMicros());
        var credential = CredentialId.New(); // For each try another: who cleans up after an earlier one must not meet this.
        NewCredential? given = null;
        if (work.Wanted.Key is { } key && !Read(work, key, before, credential).TryGet(out given, out failure))
        {
            return failure;
        }

        var after = IdentityRules.Apply(before, record?.FenceSeen ?? LastSeen.Never, work.Wanted, given);
        if (record is not null && after == before)
        {
            if (work.Todo is not null)
            {
                return await CompleteAsync(work, cancellationToken);
            }

            await indexes.CatchUpAsync(before, cancellationToken);
            return Done.Instance;
        }

        if (record is null && !work.HasRoom)
        {
            if (await quota.TakeAsync(work.Key.Connector, 1, cancellationToken) == 0)
            {
                return DeviceQuota.Exceeded;
            }

            work.HasRoom = true;
        }

        var moved = before.Credential == after.Credential ? [] : before.Credentials.Concat(after.Credentials);
        work.Todo = await indexes.BeginAsync(work.Key, work.OperationId, moved, record, work.Todo, cancellationToken);
        if (after.Credential == credential && after.AuthType == AuthType.Token)
        {
            switch (await indexes.ClaimAsync(after.CredentialHash, new CredentialHint(work.Key, credential), cancellationToken))
            {
                case null:
                    return null;
                case false:
                    return new Failure.Conflict("token-in-use", "Another device has this token.");
            }
        }

        if (WindowEvents.IsOpen(after) && (record is null || before.Status != after.Status || before.Expire != after.Expire))
        {
            await windows.NoteAsync(work.Connector, [after], cancellationToken);
        }

        work.Events ??= events.Begin(work.Connector, work.Key, null);
        var happened = work.Events is not null && after.Credential == credential ? (DeviceEvent[])[EventRules.Plain(EventType.Provisioned, work.Key, null, time.GetUnixMicros())] : [];
        return await indexes.CommitAsync(after with { OperationId = work.OperationId, Version = before.Version + 1 }, record, work.Events, happened, null, cancellationToken)
            ? await CompleteAsync(work, cancellationToken)
            : null;
    }

    private static Failure? WhyNot(Change work, DeviceRecord? record) => (record, work.Missing) switch
    {
        (null, Missing.Refuse) => IdentityFailures.Unknown,
        (null, _) when !IdentityFormatRules.Matches(work.Connector.Settings.IdentityFormat, work.Key.Identity) =>
            new Failure.Rejected("identity-format", "identity", "The identity is not of the connector's format."),
        (not null, Missing.Require) => new Failure.Conflict(Exists, "The identity exists already."),
        _ => null,
    };

    private async Task<Outcome<Done>> CompleteAsync(Change work, CancellationToken cancellationToken)
    {
        await indexes.FinishAsync(work.Todo!, cancellationToken);
        return Done.Instance;
    }

    // A key that the rules let pass, as this device would get it.
    private Outcome<NewCredential> Read(Change work, string key, DeviceHeader header, CredentialId id) => work.Wanted.AuthType switch
    {
        AuthType.Token when DeviceToken.TryParse(key, out var token) => new NewCredential(AuthType.Token, token.Hash, id),
        AuthType.Certificate when DeviceCertificate.TryReadPem(key, out var certificate) => new NewCredential(AuthType.Certificate, certificate.Hash, id),
        AuthType.Password when DevicePassword.TryParse(key, out var password) => Hash(work, password, header).TryGet(out var hash, out var failure)
            ? new NewCredential(AuthType.Password, hash, id)
            : failure,
        _ => throw new InvalidOperationException("A key of no kind passed the rules."),
    };

    // The same password again is the one that the device has, whatever its salt. Operators' hashing is limited as devices' is, and done once for all tries.
    private Outcome<string> Hash(Change work, DevicePassword password, DeviceHeader header)
    {
        if (header is { AuthType: AuthType.Password, Credential: { } credential, CredentialHash: var stored })
        {
            if (!passwords.Verify(credential, stored, password, passwords.Digest(password)).TryGet(out var holds, out var failure))
            {
                return failure;
            }

            if (holds)
            {
                return stored;
            }
        }

        if (work.PasswordHash is { } ready)
        {
            return ready;
        }

        var made = passwords.Make(password);
        work.PasswordHash = made.TryGet(out var hash, out _) ? hash : null;
        return made;
    }

    private enum Missing
    {
        Make,
        Refuse,
        Require,
    }

    private sealed record Change(Connector Connector, DeviceKey Key, IdentityChange Wanted, Missing Missing, string OperationId)
    {
        public TodoItem? Todo { get; set; }

        /// <summary>Who is to be told; null = nobody.</summary>
        public EventWork? Events { get; set; }

        /// <summary>Whether room was taken for the new device.</summary>
        public bool HasRoom { get; set; }

        /// <summary>The stored form of a password that is set; null = not made yet.</summary>
        public string? PasswordHash { get; set; }
    }
}
