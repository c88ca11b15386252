using System.Collections.Frozen;
using Murano.Shared.Identities;

namespace Murano.Shared.Realtime;

/// <summary>Who watches a connector's live log, as it was read with its settings. Whether a watch still holds is judged when it is asked for.</summary>
public sealed class LogWatches
{
    private readonly IReadOnlyList<LogWatch> _watches;
    private readonly FrozenDictionary<IdentityId, long> _devices;
    private readonly long _all;

    private LogWatches(IReadOnlyList<LogWatch> watches)
    {
        _watches = watches;
        _all = watches.Where(watch => watch.Identity is null).Select(watch => watch.Until).DefaultIfEmpty(0).Max();
        _devices = watches.Where(watch => watch.Identity is not null).ToFrozenDictionary(watch => watch.Identity!.Value, watch => watch.Until);
    }

    /// <summary>Nobody watches.</summary>
    public static LogWatches None { get; } = new([]);

    /// <summary>Whether there is no watch at all, not even one that has ended.</summary>
    internal bool IsEmpty => _watches.Count == 0;

    /// <summary>The devices with a watch, ended or not.</summary>
    internal IEnumerable<IdentityId> Devices => _devices.Keys;

    /// <summary>These watches; each scope once.</summary>
    internal static LogWatches Of(IReadOnlyList<LogWatch> watches) => watches.Count == 0 ? None : new(watches);

    /// <summary>Whether the connector as a whole is watched at a time, µs since the Unix epoch.</summary>
    internal bool HoldsForAll(long now) => now < _all;

    /// <summary>Whether this device by itself is watched at a time, µs since the Unix epoch.</summary>
    internal bool HoldsFor(IdentityId identity, long now) => _devices.Count > 0 && _devices.TryGetValue(identity, out var until) && now < until;

    /// <summary>The watches that have ended at a time, µs since the Unix epoch.</summary>
    internal IReadOnlyList<LogWatch> EndedAt(long now) => [.. _watches.Where(watch => watch.Until <= now)];

    /// <summary>How long a watch of one more device would have to wait; null = it need not.</summary>
    /// <param name="identity">The device.</param>
    /// <param name="most">Most devices that may be watched at once.</param>
    /// <param name="now">µs since the Unix epoch.</param>
    internal TimeSpan? WaitFor(IdentityId identity, int most, long now)
    {
        var others = _devices.Where(device => device.Key != identity && now < device.Value).ToList();
        return others.Count < most ? null : TimeSpan.FromMicroseconds(others.Min(device => device.Value) - now);
    }
}
