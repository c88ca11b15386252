using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Murano.Shared.Connectors;
using Murano.Shared.Identities;
using Murano.Shared.Storage;

namespace Murano.Shared.Realtime;

/// <summary>Groups of hub <c>wake</c>. All instances must put a device into the same one, so the hash is not the runtime's.</summary>
internal static class WakeGroups
{
    /// <summary>How many there are: an instance hears of few devices that it does not hold, and joins no more than these.</summary>
    public const int Count = 1024;

    /// <summary>The group of a device.</summary>
    public static string Of(ConnectorId connector, IdentityId identity)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(new DeviceKey(connector, identity).Partition), hash);
        return string.Create(CultureInfo.InvariantCulture, $"wake-{BinaryPrimitives.ReadUInt16LittleEndian(hash) % Count}");
    }
}
