using System.Net;
using System.Net.Sockets;

namespace Murano.Shared.Events;

/// <summary>Which addresses belong to the public internet, so that a destination of events cannot be made to reach into the network that the app runs in.</summary>
internal static class PublicAddressRules
{
    // IANA's registry of special-purpose addresses, multicast, and the one public address behind which Azure keeps its platform of the machine.
    private static readonly IPNetwork[] NotPublic4 =
    [
        IPNetwork.Parse("0.0.0.0/8"),
        IPNetwork.Parse("10.0.0.0/8"),
        IPNetwork.Parse("100.64.0.0/10"),
        IPNetwork.Parse("127.0.0.0/8"),
        IPNetwork.Parse("168.63.129.16/32"),
        IPNetwork.Parse("169.254.0.0/16"),
        IPNetwork.Parse("172.16.0.0/12"),
        IPNetwork.Parse("192.0.0.0/24"),
        IPNetwork.Parse("192.0.2.0/24"),
        IPNetwork.Parse("192.88.99.0/24"),
        IPNetwork.Parse("192.168.0.0/16"),
        IPNetwork.Parse("198.18.0.0/15"),
        IPNetwork.Parse("198.51.100.0/24"),
        IPNetwork.Parse("203.0.113.0/24"),
        IPNetwork.Parse("224.0.0.0/4"),
        IPNetwork.Parse("240.0.0.0/4"),
    ];

    // Within what is given out at all; 2001::/23 holds Teredo, whose embedded address anybody chooses.
    private static readonly IPNetwork GivenOut6 = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork[] NotPublic6 = [IPNetwork.Parse("2001::/23"), IPNetwork.Parse("2001:db8::/32"), IPNetwork.Parse("3fff::/20")];

    // IPv4 addresses in IPv6 clothes, with the byte at which they begin: what counts is the address within.
    private static readonly (IPNetwork Network, int At)[] Embedding = [(IPNetwork.Parse("64:ff9b::/96"), 12), (IPNetwork.Parse("2002::/16"), 2)];

    /// <summary>Whether the address is one that anybody may have.</summary>
    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return IsPublic(address.MapToIPv4());
        }

        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            return !Array.Exists(NotPublic4, network => network.Contains(address));
        }

        // A zone is of this machine only, and would keep the networks from holding the address.
        var bytes = address.GetAddressBytes();
        var bare = new IPAddress(bytes);
        foreach (var (network, at) in Embedding)
        {
            if (network.Contains(bare))
            {
                return IsPublic(new IPAddress(bytes.AsSpan(at, 4)));
            }
        }

        return GivenOut6.Contains(bare) && !Array.Exists(NotPublic6, network => network.Contains(bare));
    }
}
