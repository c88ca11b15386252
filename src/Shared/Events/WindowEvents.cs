using Murano.Shared.Connectors;
using Murano.Shared.Identities;
using Murano.Shared.Storage;

namespace Murano.Shared.Events;

/// <summary>Tells that activation windows have passed unused: nothing happens then that would tell of itself, so it is noted when a window is given.</summary>
public sealed class WindowEvents(TableOutboxStore store, DeviceEvents events, ConnectorService connectors, TableTodoStore todo, TimeProvider time)
{
    private const int Tries = 6;

    /// <summary>Notes windows before they are given. Costs nothing unless their passing is delivered.</summary>
    internal async Task NoteAsync(Connector connector, IEnumerable<DeviceHeader> headers, CancellationToken cancellationToken)
    {
        if (!connector.Settings.Events.Delivers(EventType.Expired))
        {
            return;
        }

        foreach (var same in headers.Where(IsOpen).GroupBy(header => DueOf(header.Expire)))
        {
            List<(DeviceKey Device, long Expire)> some = [];
            var length = 0;
            foreach (var window in same.Select(header => (header.Key, header.Expire)))
            {
                var more = TableTodoStore.Text(window).Length + 1;
                if (some.Count > 0 && length + more > TableTodoStore.MaxDevicesText)
                {
                    await PutAsync(same.Key, some, cancellationToken);
                    (some, length) = ([], 0);
                }

                some.Add(window);
                length += more;
            }

            await PutAsync(same.Key, some, cancellationToken);
        }
    }

    /// <summary>The sweeper tells of windows that have passed, of each once.</summary>
    /// <param name="item">The row.</param>
    /// <param name="until">When no other window is begun with; those that are left then are due at once.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>Whether all are told; false = there is a later row for the others.</returns>
    internal async Task<bool> ResumeAsync(TodoItem item, DateTimeOffset until, CancellationToken cancellationToken)
    {
        for (var i = 0; i < item.Windows.Count; i++)
        {
            if (time.GetUtcNow() >= until)
            {
                await todo.PutAsync(item with { Due = time.GetUtcNow() + TodoItem.AtOnce, Windows = [.. item.Windows.Skip(i)] }, cancellationToken);
                await todo.RemoveAsync(item, cancellationToken);
                return false;
            }

            var (device, expire) = item.Windows[i];
            if (await connectors.FindAsync(device.Connector, cancellationToken) is { } connector && connector.Settings.Events.Delivers(EventType.Expired))
            {
                await TellAsync(connector, device, expire, cancellationToken);
            }
        }

        await todo.RemoveAsync(item, cancellationToken);
        return true;
    }

    /// <summary>Whether the header has a window that may pass.</summary>
    internal static bool IsOpen(DeviceHeader header) => header is { Status: DeviceStatus.Whitelisted, Expire: > 0 };

    private static DateTimeOffset DueOf(long expire) => DateTimeOffset.FromUnixTimeSeconds(Math.Min(expire / UnixTime.MicrosPerSecond, DateTimeOffset.MaxValue.ToUnixTimeSeconds() - 1) + 1);

    private Task PutAsync(DateTimeOffset due, List<(DeviceKey Device, long Expire)> windows, CancellationToken cancellationToken) =>
        todo.PutAsync(new TodoItem { Kind = TodoKind.Expire, Due = due, OperationId = OperationId.New(), Windows = windows }, cancellationToken);

    private async Task TellAsync(Connector connector, DeviceKey device, long expire, CancellationToken cancellationToken)
    {
        var work = events.Begin(connector, device, EventType.Expired);
        for (var i = 0; i < Tries; i++)
        {
            var (record, _, head) = await store.FindWithDeviceAsync(device, cancellationToken);
            if (record is null || !IsOpen(record.Header) || record.Header.Expire != expire || expire > time.GetUnixMicros() || head?.ExpiryTold == expire)
            {
                return;
            }

            if (head is not null)
            {
                events.See(head);
            }

            // Under the header's ETag: a device that activates meanwhile did not let it pass.
            var change = new EventChange { Happened = [EventRules.Plain(EventType.Expired, device, null, expire)], HasHeader = true, Tags = record.Header.TagText, ExpiryTold = expire };
            var (result, _) = await events.CommitAsync(work, change, async outbox => (outbox is null ? CommitResult.Committed : await store.CommitAsync(
                outbox, DeviceRows.Header(device), record.Header.ETag, cancellationToken), []), cancellationToken);
            if (result == CommitResult.Committed)
            {
                await events.EndAsync(work, isDone: true);
                return;
            }
        }

        throw new StorageUnavailableException("A device changed each time that the end of its window was to be told.");
    }
}
