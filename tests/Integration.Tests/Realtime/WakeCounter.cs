using Murano.Shared.Realtime;

namespace Murano.Integration.Tests.Realtime;

/// <summary>Counts the wakes of a device.</summary>
internal sealed class WakeCounter : IWakeListener
{
    private int _wakes;
    private int _doubts;

    /// <summary>Wakes so far.</summary>
    public int Wakes => _wakes;

    /// <summary>How often it was told that wakes may be missed.</summary>
    public int Doubts => _doubts;

    public void Wake(WakeKind kind) => Interlocked.Increment(ref _wakes);

    public void Unsure() => Interlocked.Increment(ref _doubts);
}
