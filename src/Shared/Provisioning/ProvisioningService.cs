using Murano.Shared.Access;
using Murano.Shared.Connectors;
using Murano.Shared.Events;
using Murano.Shared.Identities;
using Murano.Shared.Storage;

namespace Murano.Shared.Provisioning;

/// <summary>Gives devices their credentials.</summary>
public sealed class ProvisioningService(
    ConnectorLookup lookup,
    DeviceHosts hosts,
    TableDeviceStore devices,
    TableCredentialStore credentials,
    DeviceIndexes indexes,
    PasswordVerifier passwords,
    NewIdentities newcomers,
    DeviceQuota quota,
    DeviceEvents events,
    TimeProvider time)
{
    // The first, and five more for others who change the header meanwhile.
    private const int Tries = 6;

    // As often a made-up identity may be one that exists.
    private const int Draws = 5;

    /// <summary>Activates a device by the decision table of specification a.5.</summary>
    /// <returns>Its new token, or that its password is known now; or Rejected (no identity), NotFound (not for us), Conflict (already provisioned, or window passed), Unauthorized (locked), TooMany, Busy.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had; the device may ask again.</exception>
    public async Task<Outcome<Activated>> ActivateAsync(ActivationRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!(await lookup.FindAsync(request.Origin.Host, [request.Vendor, request.Model], cancellationToken)).TryGet(out var connector, out var failure))
        {
            return failure;
        }

        if (string.IsNullOrEmpty(request.Identity))
        {
            // A password device needs its identity to log on, and the reply has no place to tell it.
            return connector.Settings.Provisioning.GenerateIdentity && request.Password is null
                ? await GenerateAsync(connector, request.Origin, cancellationToken)
                : new Failure.Rejected("no-identity", "id", "No identity was sent.");
        }

        if (!IdentityId.TryParse(request.Identity, out var identity))
        {
            return new Failure.NotFound("identity-format", "The identity is empty, too long, or holds characters that none may.");
        }

        var key = new DeviceKey(connector.Id, identity);
        return request.Password is { } password && await TakesPasswordAsync(connector, key, cancellationToken)
            ? await ProvisionAsync(connector, key, password, request.Origin, cancellationToken)
            : await ProvisionAsync(connector, key, request.Origin, isGenerated: false, cancellationToken);
    }

    /// <summary>Provisions a device by the first use of its certificate.</summary>
    /// <returns>As <see cref="ActivateAsync"/>.</returns>
    internal Task<Outcome<Done>> ProvisionAsync(NamedDevice device, DeviceCertificate certificate, DeviceOrigin origin, CancellationToken cancellationToken) =>
        RunAsync(new Activation(device.Connector, device.Key, origin, (AuthType.Certificate, certificate.Hash), OperationId.New()), cancellationToken);

    // Where passwords are not used, the field is one of those that nobody looks at.
    private async Task<bool> TakesPasswordAsync(Connector connector, DeviceKey key, CancellationToken cancellationToken) =>
        connector.Settings.Provisioning.AuthType == AuthType.Password
        || (await devices.FindAsync(key, cancellationToken))?.Header.AuthType == AuthType.Password;

    private async Task<Outcome<Activated>> GenerateAsync(Connector connector, DeviceOrigin origin, CancellationToken cancellationToken)
    {
        for (var draw = 0; draw < Draws; draw++)
        {
            if (!IdentityGenerator.TryMake(connector.Settings.IdentityFormat, out var identity))
            {
                return new Failure.NotFound("no-such-identity", "The connector's format lets no identity in.");
            }

            var outcome = await ProvisionAsync(connector, new DeviceKey(connector.Id, identity), origin, isGenerated: true, cancellationToken);
            if (outcome.TryGet(out _, out var failure) || failure is not Failure.Conflict)
            {
                return outcome;
            }
        }

        return new Failure.Busy("identities-taken", "No free identity was found.", TimeSpan.FromSeconds(1));
    }

    private async Task<Outcome<Activated>> ProvisionAsync(Connector connector, DeviceKey key, DeviceOrigin origin, bool isGenerated, CancellationToken cancellationToken)
    {
        var token = DeviceToken.New();
        var activation = new Activation(connector, key, origin, (AuthType.Token, token.Hash), OperationId.New(), isGenerated);
        return (await RunAsync(activation, cancellationToken)).TryGet(out _, out var failure) ? new Activated(token) : failure;
    }

    private async Task<Outcome<Activated>> ProvisionAsync(Connector connector, DeviceKey key, DevicePassword password, DeviceOrigin origin, CancellationToken cancellationToken)
    {
        if (!origin.IsHttps)
        {
            return new Failure.Forbidden("https-required", "Over plain http only tokens are given.");
        }

        // Who may not make an identity now is told so before the hashing.
        if (newcomers.WhyNot(key.Connector, origin.Address) is { } wait && await devices.FindAsync(key, cancellationToken) is null)
        {
            return wait;
        }

        if (!passwords.Make(password).TryGet(out var hash, out var failure))
        {
            return failure;
        }

        var activation = new Activation(connector, key, origin, (AuthType.Password, hash), OperationId.New());
        return (await RunAsync(activation, cancellationToken)).TryGet(out _, out failure) ? new Activated(null) : failure;
    }

    private async Task<Outcome<Done>> RunAsync(Activation activation, CancellationToken cancellationToken)
    {
        var outcome = await Contention.SettleAsync(() => TryAsync(activation, cancellationToken), Tries, cancellationToken);
        if (!outcome.TryGet(out _, out _) && activation.Todo is { } todo)
        {
            // The loser takes back what it wrote ahead. If this fails too, the sweeper does it.
            await indexes.FinishAsync(todo, cancellationToken);
        }

        await events.EndAsync(activation.Events, outcome.TryGet(out _, out _));
        return outcome;
    }

    private async Task<Outcome<Done>?> TryAsync(Activation activation, CancellationToken cancellationToken)
    {
        var (connector, key, origin, given, operationId, isGenerated) = activation;
        var record = await devices.FindAsync(key, cancellationToken);
        if (record is { Header.Status: DeviceStatus.Deleting })
        {
            await indexes.FinishDeleteAsync(record, cancellationToken);
            return null;
        }

        if (record?.Header.Credential is { } present && activation.Tried.Contains(present))
        {
            // An earlier try was committed; only its reply was lost.
            return await CompleteAsync(activation, cancellationToken);
        }

        if (record is not null && isGenerated)
        {
            return new Failure.Conflict("identity-exists", "The identity exists already.");
        }

        var now = time.GetUnixMicros();
        if (ProvisioningRules.WhyNot(connector.Settings, new(key.Identity, given.Type, origin.Address, isGenerated), record?.Header, now) is { } failure)
        {
            return failure;
        }

        if (record is null && !activation.IsCounted)
        {
            if (newcomers.Count(key.Connector, origin.Address) is { } wait)
            {
                return wait;
            }

            if (await quota.TakeAsync(key.Connector, 1, cancellationToken) == 0)
            {
                return DeviceQuota.ExceededByDevice;
            }

            activation.IsCounted = true;
        }

        var first = activation.Todo is null;
        var credential = CredentialId.New(); // For each try another: who cleans up after an earlier one must not meet this.
        IEnumerable<(string Hash, CredentialId Id)> made = first && given.Type == AuthType.Token ? [(given.Hash, credential)] : [];
        activation.Todo = await indexes.BeginAsync(key, operationId, made.Concat(record?.Header.Credentials ?? []), record, activation.Todo, cancellationToken);
        if (first && given.Type == AuthType.Token)
        {
            // It is made right by whoever finishes the work, should a later try win.
            await credentials.AddAsync(given.Hash, new CredentialHint(key, credential), now, cancellationToken);
        }

        var header = (record?.Header ?? new DeviceHeader { Key = key, Created = now }) with
        {
            Status = DeviceStatus.Provisioned,
            AuthType = given.Type,
            Reprovision = false,
            DevMode = !origin.IsHttps && hosts.TryRead(origin.Host, out _, out var devMode) && devMode,
            Credential = credential,
            CredentialHash = given.Hash,
            OperationId = operationId,
            Version = (record?.Header.Version ?? 0) + 1,
            LastSeen = new LastSeen(now, origin.AddressText, origin.IsHttps ? "https" : "http"),
        };
        activation.Tried.Add(credential);
        activation.Events ??= events.Begin(connector, key, null);
        var happened = activation.Events is null ? [] : (DeviceEvent[])[EventRules.Plain(EventType.Provisioned, key, origin, now)];
        return await indexes.CommitAsync(header, record, activation.Events, happened, origin, cancellationToken) ? await CompleteAsync(activation, cancellationToken) : null;
    }

    private async Task<Outcome<Done>> CompleteAsync(Activation activation, CancellationToken cancellationToken)
    {
        try
        {
            await indexes.FinishAsync(activation.Todo!, cancellationToken);
        }
        catch (Exception fault) when (fault is StorageUnavailableException or OperationCanceledException)
        {
            // The device would never get another credential: it is told of this one, which is stored and holds, and the sweeper does the rest.
        }

        return Done.Instance;
    }

    private sealed record Activation(Connector Connector, DeviceKey Key, DeviceOrigin Origin, (AuthType Type, string Hash) Given, string OperationId, bool IsGenerated = false)
    {
        public TodoItem? Todo { get; set; }

        /// <summary>Who is to be told; null = nobody.</summary>
        public EventWork? Events { get; set; }

        /// <summary>Whether it was counted among the new identities.</summary>
        public bool IsCounted { get; set; }

        /// <summary>Ids under which the credential may have been committed.</summary>
        public List<CredentialId> Tried { get; } = [];
    }
}
