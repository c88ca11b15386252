using Murano.Shared.Storage;

namespace Murano.Shared.Events;

/// <summary>
/// Heads of devices' events as this instance saw or wrote them last; an old one costs a try, never a wrong sequence. And turns: what this instance does to one head it
/// does one after the other, so that its own requests do not lose to each other.
/// </summary>
public sealed class EventHeads : IDisposable
{
    private const int Capacity = 200_000;
    private const int Turns = 1024;
    private static readonly TimeSpan Keep = TimeSpan.FromMinutes(10);

    private readonly BoundedCache<string, EventsHead> _heads = new(Capacity, Keep);
    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, Turns).Select(_ => new SemaphoreSlim(1))];

    /// <inheritdoc/>
    public void Dispose() => _heads.Dispose();

    /// <summary>The head, if it is known; null = ask storage.</summary>
    internal EventsHead? Find(DeviceKey device) => _heads.TryGet(device.Partition, out var head) ? head : null;

    /// <summary>The head as it was just read or written.</summary>
    internal void Set(EventsHead head) => _heads.Set(head.Key.Partition, head);

    /// <summary>What was known may be wrong.</summary>
    internal void Drop(DeviceKey device) => _heads.Remove(device.Partition);

    /// <summary>Waits for the device's turn; whoever has it disposes of it. Nobody who has one waits for another.</summary>
    internal async Task<Turn> EnterAsync(DeviceKey device, CancellationToken cancellationToken)
    {
        var turn = _turns[(uint)StringComparer.Ordinal.GetHashCode(device.Partition) % Turns];
        await turn.WaitAsync(cancellationToken);
        return new Turn(turn);
    }

    /// <summary>The right to change a head.</summary>
    internal readonly struct Turn(SemaphoreSlim turn) : IDisposable
    {
        /// <inheritdoc/>
        public void Dispose() => turn.Release();
    }
}
