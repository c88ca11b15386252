using Microsoft.Extensions.Options;
using Murano.Shared.Access;
using Murano.Shared.Connectors;
using Murano.Shared.Identities;
using Murano.Shared.Realtime;
using Murano.Shared.Storage;

namespace Murano.Shared.Events;

/// <summary>
/// Tells of devices that come and go, by the rule of <see cref="PresenceRules"/>. Where one of both is delivered, the head of a device's events has the connection; else, for
/// those who watch, it is told as far as this instance notices. Where neither is the case nothing is asked.
/// </summary>
public sealed class ConnectionEvents(
    TableOutboxStore store,
    DeviceRecency recency,
    DeviceEvents events,
    HeardDevices heard,
    ConnectorService connectors,
    TableTodoStore todo,
    LiveLog log,
    IOptions<DeviceOptions> options,
    TimeProvider time)
{
    private const int Tries = 6;

    /// <summary>A device calls. If it was not connected it is now, and that is told, in a transaction of its own that fails without the fence.</summary>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    internal Task HearAsync(DeviceSession device, LastSeen seen, CancellationToken cancellationToken)
    {
        var settings = device.Connector.Settings.Events;
        return (!EventRules.KeepsConnections(settings) && !log.IsWatched(device.Connector, device.Identity)) || heard.IsConnected(device.Key)
            ? Task.CompletedTask
            : ConnectAsync(device, seen, cancellationToken);
    }

    /// <summary>The sweeper looks whether a device was heard meanwhile, or has another connection, so that its row is put off or removed.</summary>
    /// <returns>Whether that was so.</returns>
    internal async Task<bool> SettleAsync(TodoItem item, CancellationToken cancellationToken)
    {
        var (record, _, head) = await store.FindWithDeviceAsync(item.Device, cancellationToken);
        if (head is null || !string.Equals(head.Connection, item.OperationId, StringComparison.Ordinal))
        {
            await todo.RemoveAsync(item, cancellationToken);
            return true;
        }

        var until = record is null ? 0 : PresenceRules.DisconnectsAt(record, options.Value);
        return until > time.GetUnixMicros()
            && await connectors.FindAsync(item.Device.Connector, cancellationToken) is { } connector
            && EventRules.KeepsConnections(connector.Settings.Events)
            && await PutOffAsync(item, until, cancellationToken);
    }

    /// <summary>The sweeper tells of a disconnect, unless the device was heard meanwhile.</summary>
    /// <returns>Whether it is done; false = there is a later row for it.</returns>
    internal async Task<bool> ResumeAsync(TodoItem item, CancellationToken cancellationToken)
    {
        for (var i = 0; i < Tries; i++)
        {
            var (record, fence, head) = await store.FindWithDeviceAsync(item.Device, cancellationToken);
            if (head is null
                || !string.Equals(head.Connection, item.OperationId, StringComparison.Ordinal)
                || await connectors.FindAsync(item.Device.Connector, cancellationToken) is not { } connector)
            {
                await todo.RemoveAsync(item, cancellationToken);
                return true;
            }

            if (!EventRules.KeepsConnections(connector.Settings.Events))
            {
                // Nobody would tell of its end; should connections be kept again, the device begins another.
                if (await store.ReplaceAsync(head with { Connection = "" }, cancellationToken) is not { } cleared)
                {
                    continue;
                }

                events.See(cleared);
                heard.Drop(item.Device);
                await todo.RemoveAsync(item, cancellationToken);
                return true;
            }

            var now = time.GetUnixMicros();
            var until = record is null ? 0 : PresenceRules.DisconnectsAt(record, options.Value);
            if (until > now)
            {
                await PutOffAsync(item, until, cancellationToken);
                return false;
            }

            // Under the fence's ETag: a request of the device that comes between keeps it connected.
            events.See(head);
            var work = events.Begin(connector, item.Device, null);
            var change = new EventChange { Disconnects = true, Connection = item.OperationId, DisconnectedAt = until };
            var (result, _) = await events.CommitAsync(work, change, async outbox => (outbox is null ? CommitResult.Committed : await store.CommitAsync(
                outbox, record?.Fence is { } credential ? DeviceRows.Fence(credential) : null, fence, cancellationToken), []), cancellationToken);
            if (result == CommitResult.Committed)
            {
                heard.Drop(item.Device);
                await events.EndAsync(work, isDone: true);
                await todo.RemoveAsync(item, cancellationToken);
                return true;
            }
        }

        return false;
    }

    private async Task<bool> PutOffAsync(TodoItem item, long until, CancellationToken cancellationToken)
    {
        await todo.PutAsync(item with { Due = UnixTime.FromMicros(until) + DeviceEvents.PresenceMargin }, cancellationToken);
        await todo.RemoveAsync(item, cancellationToken);
        return true;
    }

    private async Task ConnectAsync(DeviceSession device, LastSeen seen, CancellationToken cancellationToken)
    {
        var keeps = EventRules.KeepsConnections(device.Connector.Settings.Events);
        var work = events.Begin(device.Connector, device.Key, null);
        for (var i = 0; i < Tries; i++)
        {
            var (record, _, head) = await store.FindWithDeviceAsync(device.Key, cancellationToken);
            if (record?.Fence != device.Credential)
            {
                return; // The request itself finds out.
            }

            var now = time.GetUnixMicros();
            var until = PresenceRules.DisconnectsAt(record, options.Value);
            var change = new EventChange
            {
                Connects = true,
                Disconnects = head is { Connection.Length: > 0 },
                Connection = keeps ? head?.Connection ?? "" : null,
                DisconnectedAt = until,
                Address = device.Origin.AddressText,
            };
            if (keeps ? head is { Connection.Length: > 0 } && now < until : !PresenceRules.Connects(record, options.Value, now))
            {
                heard.Set(device.Key, Math.Min(until, now + EventRules.Micros(options.Value.OnlineFor)));
                return;
            }

            if (head is not null)
            {
                events.See(head);
            }

            // Noted in the same transaction as the call itself, or at least before it.
            var (result, _) = await events.CommitAsync(work, change, async outbox => (outbox is null && keeps ? CommitResult.Committed : await recency.TouchAsync(
                device.Key, device.Credential, seen, pollUntil: 0, outbox, cancellationToken), []), cancellationToken);
            if (result == CommitResult.Committed)
            {
                heard.Set(device.Key, now + EventRules.Micros(options.Value.OnlineFor));
                await events.EndAsync(work, isDone: true);
            }

            if (result != CommitResult.Stale)
            {
                return;
            }
        }
    }
}
