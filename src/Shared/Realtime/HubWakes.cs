using System.Text.Json;
using Microsoft.Extensions.Logging;
using Murano.Shared.Connectors;
using Murano.Shared.Identities;
using Murano.Shared.Telemetry;

namespace Murano.Shared.Realtime;

/// <summary>
/// Wakes on all instances: those who listen here are called directly, the others over the hub <c>wake</c>. An instance listens to the groups of the devices that
/// are waited for on it. Without a channel, wakes stay on the instance.
/// </summary>
public sealed class HubWakes : IWakes, IHubListener, IDisposable
{
    /// <summary>How long a group is kept after its last device: devices poll again and again.</summary>
    internal static readonly TimeSpan KeepGroups = TimeSpan.FromSeconds(60);

    // The device waits for its first look meanwhile.
    private static readonly TimeSpan JoinWithin = TimeSpan.FromSeconds(2);

    private readonly LocalWakes _local = new();
    private readonly HubSubscriptions? _groups;
    private readonly WakeSender? _sender;
    private readonly MuranoMetrics _metrics;

    /// <summary>Begins without a connection.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="logger">For the channel's failures.</param>
    /// <param name="metrics">Where wakes are counted.</param>
    /// <param name="channel">The channel; null = none.</param>
    public HubWakes(TimeProvider time, ILogger<HubWakes> logger, MuranoMetrics metrics, IChannel? channel = null)
    {
        _metrics = metrics;
        if (channel is not null)
        {
            _groups = new(channel, ChannelHub.Wake, this, KeepGroups, time, logger);
            _sender = new(channel, () => _groups.ConnectionId, metrics, time, logger);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IWakeRegistration> RegisterAsync(ConnectorId connector, IdentityId identity, IWakeListener listener, CancellationToken cancellationToken)
    {
        var local = _local.Register(connector, identity, listener);
        if (_groups is null)
        {
            return local;
        }

        var group = WakeGroups.Of(connector, identity);
        await _groups.JoinAsync(group, JoinWithin, cancellationToken);
        return new Registration(local, _groups, group);
    }

    /// <inheritdoc/>
    public Task AnnounceAsync(Wake wake, CancellationToken cancellationToken)
    {
        _local.Announce(wake);
        return _sender?.SendAsync(wake, cancellationToken) ?? Task.CompletedTask;
    }

    /// <inheritdoc/>
    void IHubListener.Received(string group, JsonElement data)
    {
        if (WakeJson.TryRead(data, out var wake))
        {
            _metrics.WakeHeard();
            _local.Announce(wake.Value);
        }
    }

    /// <inheritdoc/>
    void IHubListener.Lost() => _local.Unsettle();

    /// <inheritdoc/>
    void IHubListener.Regained(string group)
    {
        // Whoever waits looked when the connection was lost, and goes by the group's membership.
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _groups?.Dispose();
        _sender?.Dispose();
    }

    private sealed class Registration(IWakeRegistration local, HubSubscriptions groups, string group) : IWakeRegistration
    {
        public long Unbroken => groups.MembershipOf(group);

        public void Dispose()
        {
            local.Dispose();
            groups.Leave(group);
        }
    }
}
