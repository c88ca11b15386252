using System.Globalization;
using Murano.Shared.Access;
using Murano.Shared.Connectors;
using Murano.Shared.Storage;

namespace Murano.Shared.Realtime;

/// <summary>Groups of hub <c>log</c>: who watches what, and by whose leave. All names are far below the service's 1,024 characters, whatever an identity holds.</summary>
internal static class LogGroups
{
    /// <summary>Those who watch all devices of a connector.</summary>
    public static string Of(ConnectorId connector) => "connector:" + connector.Value;

    /// <summary>Those who watch one device.</summary>
    public static string Of(DeviceKey device) => "device:" + device.Partition;

    /// <summary>All whose address an operator asked for. Nothing is sent to it; its connections are ended together.</summary>
    public static string Of(OperatorId viewer) => "key:" + viewer.Value;

    /// <summary>Those of them whose leave ends at a time, µs since the Unix epoch.</summary>
    public static string Of(OperatorId viewer, long until) => string.Create(CultureInfo.InvariantCulture, $"{Of(viewer)}:{until}");
}
