using Murano.Shared.Storage;

namespace Murano.Shared.Events;

/// <summary>Devices that this instance knows to be connected, and until when that is surely so. Asked only where somebody is told of connections.</summary>
public sealed class HeardDevices(TimeProvider time) : IDisposable
{
    private const int Capacity = 200_000;
    private static readonly TimeSpan Keep = TimeSpan.FromHours(1);

    private readonly BoundedCache<string, Known> _heard = new(Capacity, Keep);

    /// <inheritdoc/>
    public void Dispose() => _heard.Dispose();

    /// <summary>Whether the device is surely connected.</summary>
    internal bool IsConnected(DeviceKey device) => _heard.TryGet(device.Partition, out var known) && time.GetUnixMicros() < known.Until;

    /// <summary>The device is connected.</summary>
    /// <param name="device">The device.</param>
    /// <param name="until">If nothing more is heard of it, µs.</param>
    internal void Set(DeviceKey device, long until) => _heard.Set(device.Partition, new Known(until, 0));

    /// <summary>The device's connection has ended before its time: a lock, say.</summary>
    internal void End(DeviceKey device) => _heard.Set(device.Partition, new Known(0, time.GetUnixMicros()));

    /// <summary>When this instance last ended the device's connection, µs; 0 = it did not, or the device has been heard since.</summary>
    internal long EndedAt(DeviceKey device) => _heard.TryGet(device.Partition, out var known) ? known.EndedAt : 0;

    /// <summary>The device may not be connected.</summary>
    /// <returns>Whether it was thought to be.</returns>
    internal bool Drop(DeviceKey device)
    {
        var known = IsConnected(device);
        _heard.Remove(device.Partition);
        return known;
    }

    private sealed record Known(long Until, long EndedAt);
}
