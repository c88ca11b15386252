using System.Net;

namespace Murano.Shared.Access;

/// <summary>Where a device's request came from.</summary>
/// <param name="Address">The device's address as the platform gives it.</param>
/// <param name="Host">The request's Host header without port, lower-case; empty when there was none.</param>
/// <param name="IsHttps">Whether it came over TLS.</param>
public sealed record DeviceOrigin(IPAddress Address, string Host, bool IsHttps)
{
    /// <summary>What is found out about the caller on the way.</summary>
    public CallerTrace Trace { get; } = new();

    /// <summary>The address as text; an IPv4 address in IPv6 clothes is shown as IPv4.</summary>
    public string AddressText => (Address.IsIPv4MappedToIPv6 ? Address.MapToIPv4() : Address).ToString();
}
