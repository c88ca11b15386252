using System.Net;
using Microsoft.Extensions.Options;
using Murano.Shared.Storage;
using Murano.Shared.Telemetry;

namespace Murano.Shared.Access;

/// <summary>
/// Slows down those who guess: counts failed log-ons by identity, or operator's name, and address, and by address. Only unknown and wrong credentials are failures, never the
/// right one of a device that is refused for another reason. Counts are this instance's own.
/// </summary>
/// <remarks>Nobody can shut a device out by failing in its name: the count by identity holds for the address that failed only.</remarks>
public sealed class FailedLogOns(TimeProvider time, IOptions<DeviceOptions> options, MuranoMetrics metrics)
{
    private const int Capacity = 50_000;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly RateLimit _identities = new(options.Value.FailuresPerMinute, Window, Capacity, time);
    private readonly RateLimit _addresses = new(options.Value.FailuresPerAddressPerMinute, Window, Capacity, time);

    // Behind one address may be a whole site: its devices get in at last although a neighbour uses up what the address has.
    private readonly RateLimit _slow = new(1, TimeSpan.FromSeconds(1), Capacity, time);

    /// <summary>Asks whether a password or certificate is looked at now, known device or not.</summary>
    /// <returns>Null when it is; else TooMany.</returns>
    internal Failure.TooMany? WhyNot(DeviceKey device, IPAddress address) => WhyNot(RateKey.Of(device, address), RateKey.Of(address));

    /// <summary>Asks whether an operator's name and secret are looked at now, known or not.</summary>
    /// <returns>Null when they are; else TooMany.</returns>
    internal Failure.TooMany? WhyNot(string name, IPAddress address) => WhyNot(RateKey.Of(name, address), RateKey.Of(address));

    /// <summary>A password or certificate was looked at and is unknown or wrong.</summary>
    /// <returns>The refusal itself.</returns>
    internal Failure Count(Failure.Unauthorized failure, DeviceKey device, IPAddress address)
    {
        metrics.LogOnFailed(ApiSide.Device);
        _identities.Note(RateKey.Of(device, address));
        _addresses.Note(RateKey.Of(address));
        return failure;
    }

    /// <summary>An operator's name and secret were looked at and are unknown or wrong.</summary>
    /// <returns>The refusal itself.</returns>
    internal Failure Count(Failure failure, string name, IPAddress address)
    {
        metrics.LogOnFailed(ApiSide.Operator);
        _identities.Note(RateKey.Of(name, address));
        _addresses.Note(RateKey.Of(address));
        return failure;
    }

    /// <summary>A token, or an operator's key, was looked up and is unknown. It names nobody.</summary>
    /// <returns>The refusal; TooMany when the address has failed too often.</returns>
    internal Failure Count(Failure failure, ApiSide api, IPAddress address)
    {
        metrics.LogOnFailed(api);
        return _addresses.Take(RateKey.Of(address)) is { } wait ? TooMany(wait) : failure;
    }

    private Failure.TooMany? WhyNot(RateKey who, RateKey address)
    {
        if (_identities.WaitOf(who) is { } wait)
        {
            return TooMany(wait);
        }

        return _addresses.WaitOf(address) is not null && _slow.Take(address) is { } turn ? TooMany(turn) : null;
    }

    private static Failure.TooMany TooMany(TimeSpan wait) => new("too-many-failures", "Too many failed attempts. Try again later.", wait);
}
