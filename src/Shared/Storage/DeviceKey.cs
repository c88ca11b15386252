using Murano.Shared.Connectors;
using Murano.Shared.Identities;

namespace Murano.Shared.Storage;

/// <summary>Names one device in storage: the partition that holds everything about it.</summary>
internal readonly record struct DeviceKey(ConnectorId Connector, IdentityId Identity)
{
    /// <summary>PartitionKey in <c>devices</c> and <c>directory</c>: <c>{connector}!{identity}</c>.</summary>
    public string Partition { get; } = string.Concat(Connector.Value, "!", KeyCodec.Encode(Identity.Value));

    /// <summary>First partition of a connector's range.</summary>
    public static string RangeStart(ConnectorId connector) => connector.Value + KeyCodec.Separator;

    /// <summary>First partition after a connector's range.</summary>
    public static string RangeEnd(ConnectorId connector) => connector.Value + KeyCodec.AfterSeparator;

    /// <summary>The device that a partition belongs to.</summary>
    /// <exception cref="FormatException">The partition was not named by this type.</exception>
    public static DeviceKey Parse(string partition)
    {
        var separator = partition.IndexOf(KeyCodec.Separator, StringComparison.Ordinal);
        return separator > 0
            && ConnectorId.TryParse(partition[..separator], out var connector)
            && IdentityId.TryParse(KeyCodec.Decode(partition.AsSpan(separator + 1)), out var identity)
            ? new DeviceKey(connector, identity)
            : throw new FormatException("A partition of the devices table is named like no device.");
    }
}
