using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Murano.Shared.Connectors;
using Murano.Shared.Storage;

namespace Murano.Shared.Access;

/// <summary>Who is counted. A digest, so that long identities of a stranger's choice take no memory, and nobody can choose two that meet.</summary>
/// <param name="Value">The first half of a SHA-256.</param>
internal readonly record struct RateKey(UInt128 Value)
{
    private const int NetworkBytes = 8; // a household or a rented server has a whole /64 of IPv6

    /// <summary>An address; of IPv6 its /64.</summary>
    public static RateKey Of(IPAddress address) => Of(Network(address));

    /// <summary>A device, from anywhere.</summary>
    public static RateKey Of(DeviceKey device) => Of(device.Partition);

    /// <summary>A device, known or not, from one address.</summary>
    public static RateKey Of(DeviceKey device, IPAddress address) => Of($"{device.Partition}|{Network(address)}");

    /// <summary>A connector from one address.</summary>
    public static RateKey Of(ConnectorId connector, IPAddress address) => Of($"{connector}|{Network(address)}");

    /// <summary>A name by which somebody logs in as an operator, known or not, from one address.</summary>
    public static RateKey Of(string name, IPAddress address) => Of($"|{name}|{Network(address)}");

    private static RateKey Of(string text) => new(BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text))));

    private static string Network(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var bytes = plain.GetAddressBytes();
        return Convert.ToHexStringLower(plain.AddressFamily == AddressFamily.InterNetworkV6 ? bytes.AsSpan(0, NetworkBytes) : bytes);
    }
}
