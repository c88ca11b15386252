using Microsoft.Extensions.Options;
using Murano.Shared.Connectors;
using Murano.Shared.Events;
using Murano.Shared.State;
using Murano.Shared.Storage;

namespace Murano.Shared.Access;

/// <summary>Finds out which device is calling.</summary>
public sealed class DeviceAccess(
    TokenAccess tokens,
    PasswordAccess passwords,
    CertificateAccess certificates,
    ConnectorService connectors,
    TableDeviceStore devices,
    DeviceRecency recency,
    TableCredentialStore credentials,
    CredentialCache cache,
    ConnectionEvents connections,
    IOptions<DeviceOptions> options,
    TimeProvider time)
{
    /// <summary>How often last seen is written for requests that write nothing else.</summary>
    internal static readonly TimeSpan TouchInterval = TimeSpan.FromMinutes(1);

    private const int Capacity = 200_000;

    private readonly RateLimit _requests = new(options.Value.RequestsPerMinute, TimeSpan.FromMinutes(1), Capacity, time);

    /// <summary>Finds the device that a credential belongs to, and counts its request.</summary>
    /// <returns>The session, or <see cref="Failure.Unauthorized"/> with the reason; TooMany, also for a device that asks too often; Busy when it cannot be found out now.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    public async Task<Outcome<DeviceSession>> AuthenticateAsync(PresentedCredential presented, DeviceOrigin origin, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(presented);
        ArgumentNullException.ThrowIfNull(origin);
        var found = await FindAsync(presented, origin, cancellationToken);
        return found.TryGet(out var device, out _) && options.Value.RequestsPerMinute > 0 && _requests.Take(RateKey.Of(device.Key)) is { } wait
            ? new Failure.TooMany("too-many-requests", "The device asks too often. Try again later.", wait)
            : found;
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
        return (device.Recalled || device.Confirmed) && device.Known.Proof.Type == AuthType.Token && await credentials.FindAsync(device.Known.Key, cancellationToken) is { } hint && hint.Device != device.Key
            ? new Failure.Busy("credential-moved", "The credential belongs to another device now. Try again.", TimeSpan.FromSeconds(1))
            : failure;
    }

    /// <summary>Why the connector's settings, at most the settings cache's time old, no longer let in a device that waits; null = they do.</summary>
    internal async Task<Failure?> WhyNoLongerAsync(DeviceSession device, CancellationToken cancellationToken) =>
        AccessRules.WhyNoLonger(device.Connector, await connectors.FindAsync(device.Connector.Id, cancellationToken), device.Identity, device.Known.Proof.Type);

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
        await HearAsync(device, cancellationToken);
        if (!cache.WantsTouch(device.Known, TouchInterval))
        {
            return TouchResult.TooSoon;
        }

        if (await recency.TouchAsync(device.Key, device.Credential, Seen(device), pollUntil, null, cancellationToken) == CommitResult.FenceGone)
        {
            return TouchResult.FenceGone;
        }

        Confirm(device, touched: true);
        return TouchResult.Noted;
    }

    /// <summary>Makes sure that the credential holds, in a request of its own, and notes that the device called.</summary>
    /// <param name="device">Who calls.</param>
    /// <param name="always">Whether the fence is asked even when this instance saw it a moment ago.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Done; Unauthorized when the credential no longer holds; Busy when it is being changed.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    internal async Task<Outcome<Done>> CheckInAsync(DeviceSession device, bool always, CancellationToken cancellationToken) =>
        !always && device.Confirmed && !cache.WantsTouch(device.Known, TouchInterval)
            ? Done.Instance
            : await FencedWrites.SettleAsync(
                this, device, session => recency.TouchAsync(session.Key, session.Credential, Seen(session), pollUntil: 0, null, cancellationToken), cancellationToken);

    /// <summary>As <see cref="CheckInAsync(DeviceSession, bool, CancellationToken)"/>, always with a request of its own, which also stores events.</summary>
    internal Task<Outcome<Done>> CheckInAsync(DeviceSession device, EventWork work, DeviceEvent happened, DeviceEvents events, CancellationToken cancellationToken) =>
        FencedWrites.SettleAsync(this, device, async session => (await events.CommitAsync(work, new EventChange { Happened = [happened], IsHeard = true }, async outbox =>
            (await recency.TouchAsync(session.Key, session.Credential, Seen(session), pollUntil: 0, outbox, cancellationToken), []), cancellationToken)).Result, cancellationToken);

    /// <summary>A device calls, before anything is asked of storage but who it is.</summary>
    internal Task HearAsync(DeviceSession device, CancellationToken cancellationToken) => connections.HearAsync(device, Seen(device), cancellationToken);

    /// <summary>Last seen, as of this request.</summary>
    internal LastSeen Seen(DeviceSession device) => new(time.GetUnixMicros(), device.Origin.AddressText, device.Origin.IsHttps ? "https" : "http");

    private Task<Outcome<DeviceSession>> FindAsync(PresentedCredential presented, DeviceOrigin origin, CancellationToken cancellationToken) => presented switch
    {
        PresentedCredential.Token token => tokens.AuthenticateAsync(token.Value, origin, cancellationToken),

        // Developer mode knows tokens only (specification a.1).
        PresentedCredential.Password or PresentedCredential.Certificate when !origin.IsHttps => Refuse(new Failure.Unauthorized("https-required", "Over plain http only tokens are heard.")),
        PresentedCredential.Password password => passwords.AuthenticateAsync(password, origin, cancellationToken),
        PresentedCredential.Certificate certificate => certificates.AuthenticateAsync(certificate.Value, origin, cancellationToken),
        _ => Refuse(new Failure.Unauthorized("no-credentials", "No credentials were sent.")),
    };

    private static Task<Outcome<DeviceSession>> Refuse(Failure why) => Task.FromResult<Outcome<DeviceSession>>(why);
}
