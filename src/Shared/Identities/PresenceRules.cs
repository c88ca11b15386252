using Murano.Shared.Storage;

namespace Murano.Shared.Identities;

/// <summary>
/// Whether a device is there. HTTP devices hold no connection that could say so: what counts is when the device called last, and until when the poll lasts
/// that it began last. <c>connect</c> and <c>disconnect</c> follow the same rule.
/// </summary>
internal static class PresenceRules
{
    /// <summary>The device's state at a moment.</summary>
    /// <param name="device">The device as it is stored.</param>
    /// <param name="options">How long it is online and late.</param>
    /// <param name="now">µs since the Unix epoch.</param>
    public static PresenceState StateOf(DeviceRecord device, DeviceOptions options, long now) => device.LastSeen.At switch
    {
        0 => PresenceState.Never,
        _ when now < DisconnectsAt(device, options) => PresenceState.Online,
        var seen when now < seen + Micros(options.SilentAfter) => PresenceState.Late,
        _ => PresenceState.Silent,
    };

    /// <summary>
    /// The first moment at which the device is not online, if nothing more is heard of it: µs since the Unix epoch; 0 = it is not online at all. Without a
    /// fence it may not call: a lock, a revocation and a delete disconnect it at once.
    /// </summary>
    public static long DisconnectsAt(DeviceRecord device, DeviceOptions options) =>
        device is { Fence: not null, LastSeen.At: > 0 and var seen } ? Math.Max(seen + Micros(options.OnlineFor), device.PollUntil) : 0;

    /// <summary>Whether a request at a moment connects the device, that is, finds it not online.</summary>
    /// <param name="before">The device as it was stored before the request; null = not known.</param>
    /// <param name="options">How long it is online.</param>
    /// <param name="now">µs since the Unix epoch.</param>
    public static bool Connects(DeviceRecord? before, DeviceOptions options, long now) => before is null || StateOf(before, options, now) != PresenceState.Online;

    private static long Micros(TimeSpan span) => span.Ticks / TimeSpan.TicksPerMicrosecond;
}
