using Murano.Shared.Storage;

namespace Murano.Shared.State;

/// <summary>ETags, and what goes with them, of rows that the cloud may set, as this instance saw them last. An old one costs a try, never a wrong write.</summary>
public sealed class StateHeadCache : IDisposable
{
    private const int Capacity = 200_000;
    private static readonly TimeSpan Keep = TimeSpan.FromMinutes(10);

    private readonly BoundedCache<(string Partition, Alias Alias), Known> _heads = new(Capacity, Keep);

    /// <summary>What is known of the row. False when nothing is; a head of null when the row was seen not to exist.</summary>
    internal bool TryGet(DeviceKey device, Alias alias, out StateHead? head)
    {
        var found = _heads.TryGet((device.Partition, alias), out var known);
        head = known?.Head;
        return found;
    }

    /// <summary>The row as it was just read or written; null = it does not exist.</summary>
    internal void Set(DeviceKey device, Alias alias, StateHead? head) => _heads.Set((device.Partition, alias), new Known(head));

    /// <summary>What was known is wrong.</summary>
    internal void Drop(DeviceKey device, Alias alias) => _heads.Remove((device.Partition, alias));

    /// <inheritdoc/>
    public void Dispose() => _heads.Dispose();

    private sealed record Known(StateHead? Head);
}
