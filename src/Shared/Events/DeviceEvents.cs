using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Murano.Shared.Connectors;
using Murano.Shared.Realtime;
using Murano.Shared.Storage;

namespace Murano.Shared.Events;

/// <summary>
/// Events of devices, at the places where changes are committed. What goes to the owner's code is stored in the change's own transaction, so that it is never told of
/// what did not happen, nor kept from what did; what is watched is told after the commit. When neither is the case, <see cref="Begin"/> says so and nothing else is done.
/// </summary>
/// <remarks>
/// An event is told once for each time that its change is stored. A try whose reply was lost is recognised by the operation on the head, or by the claim that it took, and not
/// repeated; when another change of the device came between the commit and that look, and the claim is somebody else's, it cannot be told any more, and the change is done
/// once more, with an event of its own.
/// </remarks>
public sealed partial class DeviceEvents(
    TableOutboxStore store,
    EventHeads heads,
    HeardDevices heard,
    DeliveryNotes notes,
    OutboxDelivery delivery,
    TableTodoStore todo,
    LiveLog log,
    IOptions<DeviceOptions> options,
    TimeProvider time,
    ILogger<DeviceEvents> logger)
{
    // So long after its work began a request waits for the first attempt to deliver, so that one which also begins a connection waits no longer; an instance may be frozen once the reply is sent.
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(500);

    // Clocks of instances differ, and the row's due time is in whole seconds.
    internal static readonly TimeSpan PresenceMargin = TimeSpan.FromSeconds(5);

    /// <summary>A change begins.</summary>
    /// <param name="connector">Whose device.</param>
    /// <param name="device">The device.</param>
    /// <param name="type">What it tells of; null = of several, or it touches the device's connection.</param>
    /// <returns>Null when nobody is to be told.</returns>
    internal EventWork? Begin(Connector connector, DeviceKey device, EventType? type)
    {
        var settings = connector.Settings;
        var isWatched = log.IsWatched(connector, device.Identity);
        var isDelivered = !settings.Deleting && (type is { } one ? settings.Events.Delivers(one) : settings.Events.IsOn);
        return isDelivered || isWatched ? new EventWork(connector, device, isWatched, time.GetTimestamp()) : null;
    }

    /// <summary>Commits a change with its events.</summary>
    /// <param name="work">The change; null = nobody is to be told.</param>
    /// <param name="change">What this try tells of.</param>
    /// <param name="commit">The transaction, to which rows are added; null = none are.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What the transaction returned; Stale also when somebody else's event came between. Committed without ETags: an earlier try was, and only its reply was lost.</returns>
    internal async Task<(CommitResult Result, IReadOnlyList<string> ETags)> CommitAsync(
        EventWork? work, EventChange change, Func<OutboxWrite?, Task<(CommitResult Result, IReadOnlyList<string> ETags)>> commit, CancellationToken cancellationToken)
    {
        if (work is null)
        {
            return await commit(null);
        }

        var settings = work.Connector.Settings.Events;
        if (work.Connector.Settings.Deleting || !EventRules.Stores(settings, change))
        {
            return await CommitWatchedAsync(work, change, commit);
        }

        var delivers = EventRules.Delivers(settings, change);
        if (delivers)
        {
            await notes.RelyAsync(work.Device, cancellationToken);
        }

        // Also where only connect is delivered: the head must not have a connection for ever.
        if (change.Connects && EventRules.KeepsConnections(settings) && !work.IsPresenceNoted)
        {
            var due = time.GetUtcNow() + options.Value.OnlineFor + PresenceMargin;
            await todo.PutAsync(new TodoItem { Kind = TodoKind.Presence, Due = due, OperationId = work.OperationId, Device = work.Device }, cancellationToken);
            work.IsPresenceNoted = true;
        }

        var result = await CommitStoredAsync(work, change, commit, cancellationToken);
        if (result.Result == CommitResult.Committed && delivers)
        {
            await ConfirmAsync(work, cancellationToken);
        }

        return result;
    }

    /// <summary>The request is about to be answered: waits for the delivery that it began, until half a second after its work began, and never fails.</summary>
    /// <param name="work">The change; null = nobody is to be told.</param>
    /// <param name="isDone">Whether the change is stored.</param>
    internal async Task EndAsync(EventWork? work, bool isDone)
    {
        if (work is null)
        {
            return;
        }

        try
        {
            if (isDone && work.Sent is { } sent)
            {
                // A lost reply, as the change itself has found: who delivers is on the head. If that takes long, the sweeper finds out.
                using var limit = new CancellationTokenSource(Longest, time);
                if (await store.FindAsync(work.Device, limit.Token) is { } head && IsOurs(head, work))
                {
                    Settle(work, head, [], sent);
                }
                else
                {
                    Tell(work, sent);
                }
            }

            var left = Longest - time.GetElapsedTime(work.Began);
            if (!work.Delivery.IsCompleted && left > TimeSpan.Zero)
            {
                await work.Delivery.WaitAsync(left, time);
            }
        }
        catch (TimeoutException)
        {
            // It goes on.
        }
        catch (Exception fault)
        {
            Log.Left(logger, fault, work.Device.Partition);
        }
    }

    /// <summary>The head as somebody just read it.</summary>
    internal void See(EventsHead head) => heads.Set(head);

    // The newest event is ours; or somebody else's is, and the claim is the one that ours took.
    private static bool IsOurs(EventsHead head, EventWork work) =>
        string.Equals(head.OperationId, work.OperationId, StringComparison.Ordinal) || (!work.HasClaimed && IsClaimed(head, work));

    private static bool IsClaimed(EventsHead head, EventWork work) => string.Equals(head.ClaimedBy, work.OperationId, StringComparison.Ordinal);

    private async Task<(CommitResult Result, IReadOnlyList<string> ETags)> CommitWatchedAsync(
        EventWork work, EventChange change, Func<OutboxWrite?, Task<(CommitResult Result, IReadOnlyList<string> ETags)>> commit)
    {
        var result = await commit(null);
        if (result.Result == CommitResult.Committed)
        {
            Tell(work, EventRules.Compose(change, work.Device, "", "", time.GetUnixMicros()));
        }

        return result;
    }

    private async Task<(CommitResult Result, IReadOnlyList<string> ETags)> CommitStoredAsync(
        EventWork work, EventChange change, Func<OutboxWrite?, Task<(CommitResult Result, IReadOnlyList<string> ETags)>> commit, CancellationToken cancellationToken)
    {
        using var turn = await heads.EnterAsync(work.Device, cancellationToken);
        var (head, isStale) = await FindAsync(work, change, cancellationToken);
        if (isStale)
        {
            return (CommitResult.Stale, []);
        }

        if (head is null)
        {
            return await CommitWatchedAsync(work, change, commit);
        }

        if (IsOurs(head, work) && work.Sent is { } sent)
        {
            Settle(work, head, [], sent);
            return (CommitResult.Committed, []);
        }

        // Somebody else was faster to tell of it.
        if (change.Connection is { } decided && !string.Equals(head.Connection, decided, StringComparison.Ordinal))
        {
            return (CommitResult.Stale, []);
        }

        // Its connection has ended although this instance did not know: the next try looks at it first.
        var settings = work.Connector.Settings.Events;
        if (change.IsHeard && head.Connection.Length == 0 && EventRules.KeepsConnections(settings) && heard.Drop(work.Device))
        {
            return (CommitResult.Stale, []);
        }

        var (outbox, told) = EventRules.Plan(settings, work.OperationId, head, change, time.GetUnixMicros(), delivery.ClaimTime);
        work.Sent = outbox is null ? null : told;
        heads.Drop(work.Device);
        var result = await commit(outbox);
        if (result.Result == CommitResult.Committed)
        {
            Settle(work, outbox?.Head ?? head, outbox is not null && head.HasMore ? [] : outbox?.Events ?? [], told);
        }

        return result;
    }

    // The head must know the tags, which are changed together with the header only.
    private async Task<(EventsHead? Head, bool IsStale)> FindAsync(EventWork work, EventChange change, CancellationToken cancellationToken)
    {
        var head = heads.Find(work.Device) ?? await store.FindAsync(work.Device, cancellationToken);
        if (head is { Tags: not null } || (head is not null && IsOurs(head, work)) || (head is not null && change.MakesDevice))
        {
            return (head, false);
        }

        if (change.MakesDevice || change is { HasHeader: true, Tags: not null })
        {
            return ((head ?? new EventsHead { Key = work.Device }) with { Tags = change.Tags ?? "" }, false);
        }

        var (made, moved) = await store.EnsureAsync(work.Device, cancellationToken);
        if (made is not null)
        {
            heads.Set(made);
        }

        return (made, moved && (made is null || change.HasHeader));
    }

    // Committed. Whoever has the claim by it delivers.
    private void Settle(EventWork work, EventsHead head, IReadOnlyList<OutboxEvent> events, IReadOnlyList<DeviceEvent> told)
    {
        work.Sent = null;
        if (head.ETag is not null)
        {
            heads.Set(head);
        }

        if (IsClaimed(head, work) && head.HasMore)
        {
            work.HasClaimed = true;
            work.Delivery = delivery.Begin(head, events);
        }
        else if (head.HasMore)
        {
            work.Delivery = delivery.PassOf(work.Device);
        }

        Tell(work, told);
    }

    private void Tell(EventWork work, IReadOnlyList<DeviceEvent> told)
    {
        if (work.IsWatched)
        {
            foreach (var happened in told)
            {
                log.Tell(work.Connector, happened);
            }
        }
    }

    // What is stored is stored: that it took long is no reason to tell the device otherwise.
    private async Task ConfirmAsync(EventWork work, CancellationToken cancellationToken)
    {
        try
        {
            await notes.ConfirmAsync(work.Device, cancellationToken);
        }
        catch (Exception fault) when (fault is StorageUnavailableException or OperationCanceledException)
        {
            Log.Left(logger, fault, work.Device.Partition);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1800, LogLevel.Warning, "Events of {Device} are delivered later.")]
        public static partial void Left(ILogger logger, Exception fault, string device);
    }
}
