using Microsoft.Extensions.Options;
using Murano.Shared.Connectors;
using Murano.Shared.Storage;

namespace Murano.Shared.Access;

/// <summary>Finds out which device is calling.</summary>
public sealed class DeviceAccess(
    ConnectorService connectors,
    DeviceHosts hosts,
    TableCredentialStore credentials,
    TableDeviceStore devices,
    CredentialCache cache,
    IOptions<DeviceOptions> options,
    TimeProvider time)
{
    private static readonly TimeSpan TouchInterval = TimeSpan.FromMinutes(1);

    /// <summary>Finds the device that a token belongs to.</summary>
    /// <returns>The session, or <see cref="Failure.Unauthorized"/> with the reason.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    public async Task<Outcome<DeviceSession>> AuthenticateAsync(DeviceToken? token, DeviceOrigin origin, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(origin);
        if (token is null)
        {
            return new Failure.Unauthorized("no-credentials", "No credentials were sent.");
        }

        var look = cache.Look();
        var known = cache.Find(token.Hash);
        var hint = known ?? await credentials.FindAsync(token.Hash, cancellationToken);
        if (hint is null)
        {
            return new Failure.Unauthorized("unknown-token", "The token is not known.");
        }

        if (await connectors.FindAsync(hint.Device.Connector, cancellationToken) is not { } connector)
        {
            return new Failure.Unauthorized("unknown-connector", "The connector does not exist.");
        }

        if (await IsOtherHostAsync(connector.Id, origin.Host, cancellationToken))
        {
            return new Failure.Unauthorized("wrong-host", "The credentials belong to another connector.");
        }

        // A device whose identity no longer fits the format is ignored on each request (specification f).
        return IdentityFormatRules.Matches(connector.Settings.IdentityFormat, hint.Device.Identity)
            ? new DeviceSession(connector, hint, token.Hash, origin, look, known is not null)
            : new Failure.Unauthorized("identity-format", "The identity is not of the connector's format.");
    }

    /// <summary>The fence was not there: says why, or gives a session with the credential that the header names now.</summary>
    internal async Task<Outcome<DeviceSession>> RenewAsync(DeviceSession device, CancellationToken cancellationToken)
    {
        cache.Drop(device.CredentialHash);
        var look = cache.Look();
        var record = await devices.FindAsync(device.Key, cancellationToken);
        if (AccessRules.WhyNot(record, device.CredentialHash) is not { } failure)
        {
            return device.With(record!.Header.Credential!.Value, look);
        }

        // What was remembered may be out of date: a token that was set by hand can have moved to another device, which the next request finds.
        return device.Confirmed && await credentials.FindAsync(device.CredentialHash, cancellationToken) is { } hint && hint.Device != device.Key
            ? new Failure.Busy("credential-moved", "The credential belongs to another device now. Try again.", TimeSpan.FromSeconds(1))
            : failure;
    }

    /// <summary>The fence was seen in a request of this session.</summary>
    internal void Confirm(DeviceSession device, bool touched)
    {
        device.Confirmed = true;
        cache.Confirm(device.CredentialHash, device.Hint, device.Look, touched);
    }

    /// <summary>Writes last seen for a request that wrote nothing else, at most once a minute on this instance.</summary>
    /// <returns>False when the fence is gone.</returns>
    internal async Task<bool> TouchAsync(DeviceSession device, CancellationToken cancellationToken)
    {
        if (!cache.WantsTouch(device.CredentialHash, TouchInterval))
        {
            return true;
        }

        if (!await devices.TouchAsync(device.Key, device.Credential, Seen(device), cancellationToken))
        {
            return false;
        }

        Confirm(device, touched: true);
        return true;
    }

    /// <summary>Last seen, as of this request.</summary>
    internal LastSeen Seen(DeviceSession device) => new(time.GetUnixMicros(), device.Origin.AddressText, device.Origin.IsHttps ? "https" : "http");

    private async Task<bool> IsOtherHostAsync(ConnectorId own, string host, CancellationToken cancellationToken)
    {
        if (hosts.TryRead(host, out var named, out _))
        {
            return named != own && (options.Value.StrictHost || await connectors.FindAsync(named, cancellationToken) is not null);
        }

        return options.Value.StrictHost;
    }
}
