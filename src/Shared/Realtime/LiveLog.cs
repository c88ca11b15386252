using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Murano.Shared.Connectors;
using Murano.Shared.Events;
using Murano.Shared.Identities;
using Murano.Shared.Storage;
using Murano.Shared.Telemetry;

namespace Murano.Shared.Realtime;

/// <summary>
/// Shows what devices do to those who watch. Best effort, and silent while nobody does. What is told is queued and sent in the background; a channel that is slow
/// or down costs events, never a request.
/// </summary>
public sealed class LiveLog(TimeProvider time, IOptions<LiveLogOptions> options, MuranoMetrics metrics, ILogger<LiveLog> logger, IChannel? channel = null) : IDisposable
{
    private static readonly TimeSpan FlushWithin = TimeSpan.FromSeconds(1);

    // So many groups that were watched once; those who have nothing to send go when it is exceeded.
    private const int Kept = 1_000;

    private readonly ConcurrentDictionary<string, LogSender> _senders = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _end = new();

    /// <summary>Whether there is a channel: without one nothing is ever shown.</summary>
    internal bool IsOn { get; } = channel is not null;

    /// <inheritdoc/>
    public void Dispose()
    {
        _stopping.Cancel();
        _end.Cancel();
    }

    /// <summary>Sends what is queued, if that is possible within a second, and nothing from then on.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        var sending = Task.WhenAll(_senders.Values.Select(sender => sender.WhenIdleAsync()));
        try
        {
            await sending.WaitAsync(FlushWithin, time);
        }
        catch (TimeoutException)
        {
            // Nothing here is worth a stop that hangs.
        }

        await _end.CancelAsync();
    }

    /// <summary>Whether anybody watches the device or its connector: ask before an event is made.</summary>
    internal bool IsWatched(Connector connector, IdentityId identity)
    {
        if (!IsOn || connector.Watch.IsEmpty)
        {
            return false;
        }

        var now = time.GetUnixMicros();
        return connector.Watch.HoldsForAll(now) || connector.Watch.HoldsFor(identity, now);
    }

    /// <summary>Whether anybody watches the connector as a whole, or the device where one is known.</summary>
    internal bool IsWatched(Connector connector, IdentityId? identity) =>
        identity is { } device ? IsWatched(connector, device) : IsOn && !connector.Watch.IsEmpty && connector.Watch.HoldsForAll(time.GetUnixMicros());

    /// <summary>Shows what is committed. Never waits and never throws.</summary>
    internal void Tell(Connector connector, DeviceEvent happened)
    {
        if (IsWatched(connector, happened.Device.Identity))
        {
            Tell(connector, happened.Device.Identity, LogEventJson.Of(happened));
        }
    }

    /// <summary>Shows that a request was refused. Never waits and never throws.</summary>
    internal void Tell(Connector connector, DeviceRefusal refusal)
    {
        if (IsWatched(connector, refusal.Device))
        {
            Tell(connector, refusal.Device, LogEventJson.Of(refusal));
        }
    }

    private void Tell(Connector connector, IdentityId? identity, ReadOnlyMemory<byte> json)
    {
        if (_stopping.IsCancellationRequested)
        {
            return;
        }

        var now = time.GetUnixMicros();
        if (connector.Watch.HoldsForAll(now))
        {
            SenderOf(LogGroups.Of(connector.Id)).Add(json, _stopping.Token, _end.Token);
        }

        if (identity is { } device && connector.Watch.HoldsFor(device, now))
        {
            SenderOf(LogGroups.Of(new DeviceKey(connector.Id, device))).Add(json, _stopping.Token, _end.Token);
        }
    }

    private LogSender SenderOf(string group)
    {
        if (_senders.TryGetValue(group, out var present))
        {
            return present;
        }

        if (_senders.Count >= Kept)
        {
            foreach (var (name, sender) in _senders)
            {
                if (sender.WhenIdleAsync().IsCompleted)
                {
                    _senders.TryRemove(new(name, sender));
                }
            }
        }

        return _senders.GetOrAdd(group, static (name, log) => log.Create(name), this);
    }

    private LogSender Create(string group) => new(group, channel!, options.Value.MaxWaiting, metrics, time, logger);
}
