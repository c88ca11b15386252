using Murano.Shared.Access;
using Murano.Shared.Connectors;
using Murano.Shared.Identities;
using Murano.Shared.Storage;

namespace Murano.Shared.Realtime;

/// <summary>Lets operators watch. Whoever watches says so in storage, for a while; that is how all instances learn of it.</summary>
public sealed class LogWatchService(TableWatchStore store, ConnectorService connectors, LogViewers viewers, TimeProvider time, IChannel? channel = null)
{
    /// <summary>How long a watch lasts, and how long its address can be connected to. To be renewed before that.</summary>
    internal static readonly TimeSpan WatchFor = TimeSpan.FromMinutes(2);

    /// <summary>Most devices of a connector that are watched one by one.</summary>
    internal const int MaxDevices = 100;

    /// <summary>There is no channel.</summary>
    internal static readonly Failure NoChannel = new Failure.Conflict("no-live-channel", "This installation has no Web PubSub, so there is no live log.");

    // Web PubSub counts in whole minutes, one at least: an address for less would hold for longer than the leave to watch.
    private static readonly TimeSpan Unit = TimeSpan.FromMinutes(1);
    private static readonly Failure EndsSoon = new Failure.Unauthorized("expired-key", "The key, or the access token, ends within a minute.");

    private static readonly Failure ChannelFails = new Failure.Busy("live-channel", "Web PubSub cannot be reached. Try again.", TimeSpan.FromSeconds(5));

    /// <summary>Begins, or renews, a watch and gives an address to connect to; it is a secret.</summary>
    /// <param name="connector">The connector as it is now.</param>
    /// <param name="identity">The device, known or not; null = all.</param>
    /// <param name="viewer">By whose leave. When their key or access token ends, so does the connection, and the address before that.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The address, and how long it holds; Conflict without a channel; Unauthorized in the last minute of a key or access token; TooMany; Busy when the channel fails.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    internal async Task<Outcome<(Uri Address, TimeSpan Lifetime)>> NegotiateAsync(Connector connector, IdentityId? identity, OperatorSession viewer, CancellationToken cancellationToken)
    {
        if (channel is null)
        {
            return NoChannel;
        }

        if (identity is { } device && connector.Watch.WaitFor(device, MaxDevices, time.GetUnixMicros()) is { } wait)
        {
            return new Failure.TooMany("too-many-watched", $"{MaxDevices} devices of the connector are watched already. Watch all of it, or try again later.", wait);
        }

        if (LifetimeFor(viewer) is not { } lifetime)
        {
            return EndsSoon;
        }

        Uri address;
        try
        {
            var group = identity is { } one ? LogGroups.Of(new DeviceKey(connector.Id, one)) : LogGroups.Of(connector.Id);
            address = await channel.GetClientUriAsync(ChannelHub.Log, [group, .. LogViewers.GroupsOf(viewer)], joins: false, lifetime, cancellationToken);
        }
        catch (ChannelUnavailableException)
        {
            return ChannelFails;
        }

        await viewers.EndWithAsync(viewer, cancellationToken);
        await WatchAsync(connector, identity, cancellationToken);
        return (address, lifetime);
    }

    /// <summary>Begins, or renews, a watch.</summary>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    internal async Task WatchAsync(Connector connector, IdentityId? identity, CancellationToken cancellationToken)
    {
        var now = time.GetUnixMicros();
        try
        {
            await store.PutAsync(connector.Id, identity, now + (long)WatchFor.TotalMicroseconds, cancellationToken);
            await store.RemoveAsync(connector.Id, connector.Watch.EndedAt(now).Where(watch => watch.Identity != identity), cancellationToken);
        }
        finally
        {
            connectors.Reload(connector.Id);
        }
    }

    // Null: not even the shortest.
    private TimeSpan? LifetimeFor(OperatorSession viewer)
    {
        var left = viewer.Until == 0 ? WatchFor : TimeSpan.FromMicroseconds(viewer.Until - time.GetUnixMicros());
        return left < Unit ? null : left < WatchFor ? Unit : WatchFor;
    }
}
