using System.Globalization;
using Murano.Shared.Connectors;

namespace Murano.Shared.Storage;

/// <summary>
/// Names a device's row in table <c>recency</c>, <c>{connector}!{mark}!{identity}</c>: the newest hour first, and after all hours the devices that were never
/// seen, the oldest first.
/// </summary>
/// <param name="Mark">The hour, counted down from the end of time; or <c>n</c> and when the device became known.</param>
/// <param name="Device">The device.</param>
internal readonly record struct RecencyKey(string Mark, DeviceKey Device)
{
    private const long MicrosPerHour = 3600 * UnixTime.MicrosPerSecond;
    private const long LastHour = 99_999_999;
    private const string Never = "n";

    /// <summary>PartitionKey of the row.</summary>
    public string Partition => $"{Device.Connector.Value}{KeyCodec.Separator}{Mark}{KeyCodec.Separator}{KeyCodec.Encode(Device.Identity.Value)}";

    /// <summary>The row of a device that was last seen at a time.</summary>
    /// <param name="device">The device.</param>
    /// <param name="seen">µs since the Unix epoch; 0 = never.</param>
    /// <param name="created">When it became known, µs.</param>
    public static RecencyKey Of(DeviceKey device, long seen, long created) => new(seen > 0 ? MarkOf(seen) : Never + created.ToString("D17", CultureInfo.InvariantCulture), device);

    /// <summary>The row that a device should have.</summary>
    public static RecencyKey Of(DeviceRecord record) => Of(record.Header.Key, record.LastSeen.At, record.Header.Created);

    /// <summary>First partition of the rows of devices that were last seen in the hour of <paramref name="micros"/> or earlier.</summary>
    public static string RangeStart(ConnectorId connector, long micros) => $"{connector.Value}{KeyCodec.Separator}{MarkOf(micros)}{KeyCodec.Separator}";

    /// <summary>First partition after the rows of devices that were last seen in the hour of <paramref name="micros"/> or later.</summary>
    public static string RangeEnd(ConnectorId connector, long micros) => $"{connector.Value}{KeyCodec.Separator}{MarkOf(micros)}{KeyCodec.AfterSeparator}";

    /// <summary>Whether this row says an earlier hour than another of the same device: such a row is a leftover.</summary>
    public bool IsBefore(RecencyKey other) => string.CompareOrdinal(Mark, other.Mark) > 0;

    /// <summary>The row that a partition is.</summary>
    /// <exception cref="FormatException">The partition was not named by this type.</exception>
    public static RecencyKey Parse(string partition)
    {
        var first = partition.IndexOf(KeyCodec.Separator, StringComparison.Ordinal);
        var second = partition.IndexOf(KeyCodec.Separator, first + 1);
        return first > 0 && second > 0
            ? new(partition[(first + 1)..second], DeviceKey.Parse(string.Concat(partition.AsSpan(0, first), partition.AsSpan(second))))
            : throw new FormatException("A partition of the recency table is named like no row.");
    }

    private static string MarkOf(long micros) => (LastHour - (micros / MicrosPerHour)).ToString("D8", CultureInfo.InvariantCulture);
}
