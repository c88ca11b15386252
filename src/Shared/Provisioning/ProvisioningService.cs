using Microsoft.Extensions.Options;
using Murano.Shared.Access;
using Murano.Shared.Connectors;
using Murano.Shared.Identities;
using Murano.Shared.Storage;

namespace Murano.Shared.Provisioning;

/// <summary>Gives devices their credentials.</summary>
public sealed class ProvisioningService(
    ConnectorService connectors,
    DeviceHosts hosts,
    TableDeviceStore devices,
    TableCredentialStore credentials,
    DeviceIndexes indexes,
    IOptions<DeviceOptions> options,
    TimeProvider time)
{
    // The first, and five more for others who change the header meanwhile.
    private const int Tries = 6;

    /// <summary>Activates a device by the decision table of specification a.5.</summary>
    /// <returns>Its new token; or NotFound (not for us), Conflict (already provisioned, or window passed), Unauthorized (locked), Busy.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had; the device may ask again.</exception>
    public async Task<Outcome<DeviceToken>> ActivateAsync(ActivationRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!(await FindConnectorAsync(request, cancellationToken)).TryGet(out var connector, out var failure))
        {
            return failure;
        }

        if (!IdentityId.TryParse(request.Identity, out var identity))
        {
            return new Failure.NotFound("identity-format", "The identity is empty, too long, or holds characters that none may.");
        }

        var activation = new Activation(connector, new DeviceKey(connector.Id, identity), request.Origin, DeviceToken.New(), OperationId.New());
        if (!(await Contention.SettleAsync(() => TryActivateAsync(activation, cancellationToken), Tries, cancellationToken)).TryGet(out var token, out failure))
        {
            // The loser takes back what it wrote ahead. If this fails too, the sweeper does it.
            if (activation.Todo is { } todo)
            {
                await indexes.FinishAsync(todo, cancellationToken);
            }

            return failure;
        }

        return token;
    }

    private async Task<Outcome<Connector>> FindConnectorAsync(ActivationRequest request, CancellationToken cancellationToken)
    {
        var unknown = new Failure.NotFound("unknown-connector", "No connector is named by the host or the body.");
        Connector? connector = null;
        if (hosts.TryRead(request.Origin.Host, out var byHost, out _))
        {
            connector = await connectors.FindAsync(byHost, cancellationToken);
        }

        if (connector is null && options.Value.StrictHost)
        {
            return unknown;
        }

        foreach (var name in (string?[])[request.Vendor, request.Model])
        {
            if (string.IsNullOrEmpty(name))
            {
                continue;
            }

            if (!ConnectorId.TryParse(name, out var named) || (connector is not null && connector.Id != named))
            {
                return new Failure.NotFound("wrong-vendor", "Vendor or model is not the connector.");
            }

            connector ??= await connectors.FindAsync(named, cancellationToken);
            if (connector is null)
            {
                return unknown;
            }
        }

        connector ??= await connectors.FindOnlyAsync(cancellationToken);
        return connector is null ? unknown : connector;
    }

    private async Task<Outcome<DeviceToken>?> TryActivateAsync(Activation activation, CancellationToken cancellationToken)
    {
        var record = await devices.FindAsync(activation.Key, cancellationToken);
        if (record is { Header.Status: DeviceStatus.Deleting })
        {
            await indexes.FinishDeleteAsync(record, cancellationToken);
            return null;
        }

        if (record is not null && activation.Todo is not null && string.Equals(record.Header.CredentialHash, activation.Token.Hash, StringComparison.Ordinal))
        {
            // An earlier try was committed; only its reply was lost.
            return await CompleteAsync(activation, cancellationToken);
        }

        var now = time.GetUnixMicros();
        if (ProvisioningRules.WhyNot(activation.Connector.Settings, activation.Key.Identity, record?.Header, now) is { } failure)
        {
            return failure;
        }

        var first = activation.Todo is null;
        var credential = CredentialId.New(); // For each try another: who cleans up after an earlier one must not meet this.
        IEnumerable<(string Hash, CredentialId Id)> made = first ? [(activation.Token.Hash, credential)] : [];
        activation.Todo = await indexes.BeginAsync(activation.Key, activation.OperationId, made.Concat(record?.Header.Credentials ?? []), activation.Todo, cancellationToken);
        if (first)
        {
            // It is made right by whoever finishes the work, should a later try win.
            await credentials.AddAsync(activation.Token.Hash, new CredentialHint(activation.Key, credential), now, cancellationToken);
        }

        var header = (record?.Header ?? new DeviceHeader { Key = activation.Key, Created = now }) with
        {
            Status = DeviceStatus.Provisioned,
            AuthType = AuthType.Token,
            Reprovision = false,
            DevMode = hosts.TryRead(activation.Origin.Host, out _, out var devMode) && devMode,
            Credential = credential,
            CredentialHash = activation.Token.Hash,
            OperationId = activation.OperationId,
            Version = (record?.Header.Version ?? 0) + 1,
            LastSeen = new LastSeen(now, activation.Origin.AddressText, activation.Origin.IsHttps ? "https" : "http"),
        };
        return await indexes.CommitAsync(header, record, cancellationToken) ? await CompleteAsync(activation, cancellationToken) : null;
    }

    private async Task<Outcome<DeviceToken>> CompleteAsync(Activation activation, CancellationToken cancellationToken)
    {
        try
        {
            await indexes.FinishAsync(activation.Todo!, cancellationToken);
        }
        catch (Exception fault) when (fault is StorageUnavailableException or OperationCanceledException)
        {
            // The device would never get another token: it is told this one, which is stored and holds, and the sweeper does the rest.
        }

        return activation.Token;
    }

    private sealed record Activation(Connector Connector, DeviceKey Key, DeviceOrigin Origin, DeviceToken Token, string OperationId)
    {
        public TodoItem? Todo { get; set; }
    }
}
