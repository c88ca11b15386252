using Murano.Shared.Connectors;
using Murano.Shared.Storage;

namespace Murano.Shared.Access;

/// <summary>Finds out which device is calling.</summary>
public sealed class DeviceAccess(
    TokenAccess tokens,
    PasswordAccess passwords,
    CertificateAccess certificates,
    TableDeviceStore devices,
    DeviceRecency recency,
    TableCredentialStore credentials,
    CredentialCache cache,
    TimeProvider time)
{
    /// <summary>How often last seen is written for requests that write nothing else.</summary>
    internal static readonly TimeSpan TouchInterval = TimeSpan.FromMinutes(1);

    /// <summary>Finds the device that a credential belongs to.</summary>
    /// <returns>The session, or <see cref="Failure.Unauthorized"/> with the reason; TooMany or Busy when it cannot be found out now.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    public Task<Outcome<DeviceSession>> AuthenticateAsync(PresentedCredential presented, DeviceOrigin origin, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(presented);
        ArgumentNullException.ThrowIfNull(origin);
        return presented switch
        {
            PresentedCredential.Token token => tokens.AuthenticateAsync(token.Value, origin, cancellationToken),

            // Developer mode knows tokens only (specification a.1).
            PresentedCredential.Password or PresentedCredential.Certificate when !origin.IsHttps => Refuse("https-required", "Over plain http only tokens are heard."),
            PresentedCredential.Password password => passwords.AuthenticateAsync(password, origin, cancellationToken),
            PresentedCredential.Certificate certificate => certificates.AuthenticateAsync(certificate.Value, origin, cancellationToken),
            _ => Refuse("no-credentials", "No credentials were sent."),
        };
    }

    /// <summary>The fence was not there: says why, or gives a session with the credential that the header names now.</summary>
    internal async Task<Outcome<DeviceSession>> RenewAsync(DeviceSession device, CancellationToken cancellationToken)
    {
        cache.Drop(device.Known);
        var look = cache.Look();
        var record = await devices.FindAsync(device.Key, cancellationToken);
        if (AccessRules.WhyNot(record, device.Known.Proof) is not { } failure)
        {
            return device.With(record!.Header.Credential!.Value, look);
        }

        // What was remembered may be out of date: a token that was set by hand can have moved to another device, which the next request finds.
        return device.Confirmed && device.Known.Proof.Type == AuthType.Token && await credentials.FindAsync(device.Known.Key, cancellationToken) is { } hint && hint.Device != device.Key
            ? new Failure.Busy("credential-moved", "The credential belongs to another device now. Try again.", TimeSpan.FromSeconds(1))
            : failure;
    }

    /// <summary>The fence was seen in a request of this session.</summary>
    internal void Confirm(DeviceSession device, bool touched)
    {
        device.Confirmed = true;
        cache.Confirm(device.Known, device.Look, touched);
    }

    /// <summary>Writes last seen for a request that wrote nothing else, at most once a minute on this instance.</summary>
    /// <returns>False when the fence is gone.</returns>
    internal async Task<bool> TouchAsync(DeviceSession device, CancellationToken cancellationToken) =>
        await TouchAsync(device, pollUntil: 0, cancellationToken) != TouchResult.FenceGone;

    /// <summary>Likewise for a poll.</summary>
    /// <param name="device">Who polls.</param>
    /// <param name="pollUntil">When the poll runs out, µs since the Unix epoch.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal async Task<TouchResult> TouchAsync(DeviceSession device, long pollUntil, CancellationToken cancellationToken)
    {
        if (!cache.WantsTouch(device.Known, TouchInterval))
        {
            return TouchResult.TooSoon;
        }

        var seen = Seen(device);
        if (!await recency.MoveAsync(device.Key, device.Credential, seen, () => devices.TouchAsync(device.Key, device.Credential, seen, pollUntil, cancellationToken), done => done, cancellationToken))
        {
            return TouchResult.FenceGone;
        }

        Confirm(device, touched: true);
        return TouchResult.Noted;
    }

    /// <summary>Last seen, as of this request.</summary>
    internal LastSeen Seen(DeviceSession device) => new(time.GetUnixMicros(), device.Origin.AddressText, device.Origin.IsHttps ? "https" : "http");

    private static Task<Outcome<DeviceSession>> Refuse(string reason, string detail) => Task.FromResult<Outcome<DeviceSession>>(new Failure.Unauthorized(reason, detail));
}
