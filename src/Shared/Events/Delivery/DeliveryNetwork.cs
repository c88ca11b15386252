using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Murano.Shared.Events.Delivery;

/// <summary>What lies between a sender and its destinations. Tests put names and authorities of their own in its place.</summary>
public sealed record DeliveryNetwork
{
    /// <summary>The addresses of a name.</summary>
    public Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; init; } = Dns.GetHostAddressesAsync;

    /// <summary>Which certificates are trusted; null = those that the system trusts.</summary>
    public X509ChainPolicy? Trust { get; init; }
}
