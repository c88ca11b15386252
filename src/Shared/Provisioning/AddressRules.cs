using System.Globalization;
using System.Net;
using Murano.Shared.Connectors;

namespace Murano.Shared.Provisioning;

/// <summary>From which addresses a device may make its first contact (specification a.5, c.4).</summary>
internal static class AddressRules
{
    private const int MappedBits = 96; // an IPv4 address in IPv6 clothes has these in front

    /// <summary>Whether the address is on the list, or there is none.</summary>
    public static bool Allows(ProvisioningSettings settings, IPAddress address) =>
        !settings.AddressListEnabled || settings.AllowedAddresses.Any(entry => Holds(entry, address));

    private static bool Holds(string entry, IPAddress address)
    {
        var slash = entry.IndexOf('/', StringComparison.Ordinal);
        if (!IPAddress.TryParse(slash < 0 ? entry : entry.AsSpan(0, slash), out var network))
        {
            return false;
        }

        var all = network.GetAddressBytes().Length * 8;
        var bits = slash < 0 ? all : int.Parse(entry.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture);
        if (network.IsIPv4MappedToIPv6 && bits >= MappedBits)
        {
            (network, bits) = (network.MapToIPv4(), bits - MappedBits);
        }

        return SharePrefix(network.GetAddressBytes(), (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).GetAddressBytes(), bits);
    }

    private static bool SharePrefix(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other, int bits)
    {
        var (whole, rest) = Math.DivRem(bits, 8);
        return one.Length == other.Length
            && one[..whole].SequenceEqual(other[..whole])
            && (rest == 0 || (one[whole] ^ other[whole]) >> (8 - rest) == 0);
    }
}
