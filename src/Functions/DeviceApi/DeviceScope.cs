using System.Collections;
using Murano.Shared.Access;

namespace Murano.Functions.DeviceApi;

/// <summary>What every log line of one device request carries: connector, identity, trace id. Nothing secret.</summary>
internal sealed class DeviceScope(DeviceSession device, string traceId) : IReadOnlyList<KeyValuePair<string, object?>>
{
    /// <inheritdoc/>
    public int Count => 3;

    /// <inheritdoc/>
    public KeyValuePair<string, object?> this[int index] => index switch
    {
        0 => new("Connector", device.Connector.Id.Value),
        1 => new("Identity", device.Identity.Value),
        2 => new("TraceId", traceId),
        _ => throw new ArgumentOutOfRangeException(nameof(index)),
    };

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public override string ToString() => $"{device.Connector.Id} {device.Identity} {traceId}";
}
