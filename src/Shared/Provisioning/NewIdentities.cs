using System.Net;
using Microsoft.Extensions.Options;
using Murano.Shared.Access;
using Murano.Shared.Connectors;

namespace Murano.Shared.Provisioning;

/// <summary>Counts the identities that an address makes in a connector by presenting them, which is open to strangers unless an operator closes it. Counts are this instance's own.</summary>
public sealed class NewIdentities(TimeProvider time, IOptions<DeviceOptions> options)
{
    private const int Capacity = 50_000;

    private readonly RateLimit _made = new(options.Value.NewIdentitiesPerMinute, TimeSpan.FromMinutes(1), Capacity, time);

    /// <summary>Asks whether the address may make one more now; counts nothing.</summary>
    /// <returns>Null when it may; else TooMany.</returns>
    internal Failure.TooMany? WhyNot(ConnectorId connector, IPAddress address) => TooMany(_made.WaitOf(RateKey.Of(connector, address)));

    /// <summary>Counts one, if the address may make it.</summary>
    /// <returns>Null when it was counted; else TooMany.</returns>
    internal Failure.TooMany? Count(ConnectorId connector, IPAddress address) => TooMany(_made.Take(RateKey.Of(connector, address)));

    private static Failure.TooMany? TooMany(TimeSpan? wait) =>
        wait is { } time ? new Failure.TooMany("too-many-identities", "Too many new identities from this address. Try again later.", time) : null;
}
