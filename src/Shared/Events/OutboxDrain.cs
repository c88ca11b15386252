using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Murano.Shared.Connectors;
using Murano.Shared.Storage;
using Murano.Shared.Telemetry;

namespace Murano.Shared.Events;

/// <summary>
/// Delivers what a device has left, the oldest first, one attempt each, while the claim on its head is ours. What the receiver has is struck off in one transaction with
/// the head, so the next deliverer, whoever it is, goes on with the event after it; one whose striking off failed is delivered again. Nothing overtakes.
/// </summary>
internal sealed partial class OutboxDrain(
    TableOutboxStore store,
    EventHeads heads,
    TableDeviceStore devices,
    ConnectorService connectors,
    IEventSender sender,
    BlobDeadLetterStore deadLetters,
    IOptions<EventOptions> options,
    MuranoMetrics metrics,
    TimeProvider time,
    ILogger<OutboxDrain> logger)
{
    private const int InOneLook = 8;

    // Besides the attempt itself: for clocks that differ, and for the storage requests around it.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(15);

    /// <summary>How long a claim holds: an attempt that begins in its first half minute ends within it.</summary>
    internal TimeSpan ClaimTime { get; } = options.Value.Timeout + TimeSpan.FromSeconds(50);

    /// <summary>Delivers until nothing is left, the oldest cannot be delivered, or time is over.</summary>
    /// <param name="head">The head, with our claim.</param>
    /// <param name="known">The oldest events that are left, if they are at hand.</param>
    /// <param name="until">When no other event is begun with.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="StorageUnavailableException">Storage is not to be had; the claim may still stand.</exception>
    internal async Task<DrainEnd> RunAsync(EventsHead head, IReadOnlyList<OutboxEvent> known, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var owner = head.ClaimedBy;
        Queue<OutboxEvent> waiting = new(known);
        EventsHead? now = head;
        while (true)
        {
            if (now is null || !IsOf(now, owner))
            {
                return now is null or { HasMore: false } ? new DrainEnd.Empty() : new DrainEnd.Lost();
            }

            if (!now.HasMore)
            {
                (_, now) = await ReplaceAsync(now, owner, static present => present.HasMore ? present : Open(present), null, cancellationToken);
                if (now is { HasMore: false, ClaimedBy: "" })
                {
                    await RemoveUnusedAsync(now, cancellationToken);
                    return new DrainEnd.Empty();
                }

                continue;
            }

            if (time.GetUtcNow() >= until)
            {
                await ReplaceAsync(now, owner, Open, null, cancellationToken);
                return new DrainEnd.Paused();
            }

            if (waiting.Count == 0)
            {
                waiting = new(await store.ListAsync(head.Key, now.Delivered, InOneLook, cancellationToken));
            }

            if (waiting.Count == 0)
            {
                // Rows that somebody removed by hand are not to be waited for.
                var missing = now.Sequence;
                (_, now) = await ReplaceAsync(now, owner, present => present with { Delivered = missing }, null, cancellationToken);
                continue;
            }

            var next = waiting.Peek();
            if (now.ClaimedUntil < time.GetUnixMicros() + EventRules.Micros(options.Value.Timeout + Margin))
            {
                (_, now) = await ReplaceAsync(now, owner, Extend, null, cancellationToken);
                continue;
            }

            if (await DeliverAsync(next, cancellationToken) is { } failed)
            {
                return failed;
            }

            waiting.Dequeue();
            (_, now) = await ReplaceAsync(now, owner, present => Strike(present, next.Sequence), next.Sequence, cancellationToken);
            if (now is { HasMore: false, ClaimedBy: "" })
            {
                await RemoveUnusedAsync(now, cancellationToken);
                return new DrainEnd.Empty();
            }
        }
    }

    /// <summary>Takes the claim, if nobody has it.</summary>
    /// <returns>The head with the claim; null when somebody else came first.</returns>
    internal async Task<EventsHead?> ClaimAsync(EventsHead head, string owner, CancellationToken cancellationToken)
    {
        using var turn = await heads.EnterAsync(head.Key, cancellationToken);
        return await WriteAsync(head, head with { ClaimedBy = owner, ClaimedUntil = time.GetUnixMicros() + EventRules.Micros(ClaimTime) }, null, cancellationToken);
    }

    /// <summary>Changes a claim of ours.</summary>
    /// <param name="head">The head as it was last seen.</param>
    /// <param name="change">What becomes of it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The head as it is now; without our claim when somebody else has it.</returns>
    internal async Task<EventsHead?> ChangeAsync(EventsHead head, Func<EventsHead, EventsHead> change, CancellationToken cancellationToken) =>
        (await ReplaceAsync(head, head.ClaimedBy, change, null, cancellationToken)).Head;

    /// <summary>Removes the head of a device that is gone, when nothing of it is left.</summary>
    internal async Task RemoveUnusedAsync(EventsHead head, CancellationToken cancellationToken)
    {
        // Those that know the tags are of devices that were there when they were written; a delete makes them forget.
        if (head is { HasMore: false, Tags: null } && await devices.FindAsync(head.Key, cancellationToken) is null)
        {
            await store.RemoveAsync(head, cancellationToken);
            heads.Drop(head.Key);
        }
    }

    /// <summary>Nobody has the claim.</summary>
    internal static EventsHead Open(EventsHead head) => head with { ClaimedBy = "", ClaimedUntil = 0 };

    private static bool IsOf(EventsHead head, string owner) => string.Equals(head.ClaimedBy, owner, StringComparison.Ordinal);

    private static EventsHead Strike(EventsHead head, long sequence) => head.Sequence == sequence ? Open(head) with { Delivered = sequence } : head with { Delivered = sequence };

    private EventsHead Extend(EventsHead head) => head with { ClaimedUntil = time.GetUnixMicros() + EventRules.Micros(ClaimTime) };

    // Null: it needs no more delivery.
    private async Task<DrainEnd?> DeliverAsync(OutboxEvent next, CancellationToken cancellationToken)
    {
        if (await connectors.FindAsync(next.Device.Connector, cancellationToken) is not { Settings.Deleting: false } connector)
        {
            Log.Discarded(logger, next.Device.Partition, next.Sequence);
            return null;
        }

        // What was committed while a type was on is delivered, also when it is off by now.
        if (connector.Settings.Events.Destination is null)
        {
            Log.Stranded(logger, next.Device.Partition, next.Sequence);
            await BuryAsync(next, EventSettingsRules.NoDestination.Detail, cancellationToken);
            return null;
        }

        switch (await SendAsync(connector, next, cancellationToken))
        {
            case DeliveryResult.Delivered:
                metrics.EventDelivered();
                return null;
            case DeliveryResult.Refused refused:
                metrics.EventFailed();
                Log.Refused(logger, next.Device.Partition, next.Sequence, refused.Why);
                await BuryAsync(next, refused.Why, cancellationToken);
                return null;
            case DeliveryResult.Failed { IsTried: true } failed when time.GetUnixMicros() - next.Sequence >= EventRules.Micros(options.Value.KeepTrying):
                metrics.EventFailed();
                Log.GivenUp(logger, next.Device.Partition, next.Sequence, failed.Why);
                await BuryAsync(next, failed.Why, cancellationToken);
                return null;
            case DeliveryResult.Failed failed:
                if (failed.IsTried)
                {
                    metrics.EventFailed();
                }

                Log.Failed(logger, next.Device.Partition, next.Sequence, failed.Why);
                return new DrainEnd.Failed(failed.After);
            case var other:
                throw new InvalidOperationException($"No end for {other.GetType().Name}.");
        }
    }

    private async Task BuryAsync(OutboxEvent next, string why, CancellationToken cancellationToken)
    {
        await deadLetters.AddAsync(next, why, cancellationToken);
        metrics.EventBuried();
    }

    // The sender ends by itself; one that does not must not outlive the claim.
    private async Task<DeliveryResult> SendAsync(Connector connector, OutboxEvent next, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.Value.Timeout + (Margin / 2), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await sender.SendAsync(connector, next, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new DeliveryResult.Failed("The attempt took too long.");
        }
    }

    // Others add events meanwhile, so the head may have moved: it is changed as it is now, as long as the claim is ours.
    private async Task<(bool Done, EventsHead? Head)> ReplaceAsync(EventsHead head, string owner, Func<EventsHead, EventsHead> change, long? struck, CancellationToken cancellationToken)
    {
        using var turn = await heads.EnterAsync(head.Key, cancellationToken);

        // What is kept may be older than what we have; that the claim is lost is believed of storage only.
        var present = heads.Find(head.Key) is { } newer && IsOf(newer, owner) && newer.Sequence >= head.Sequence && newer.Delivered >= head.Delivered ? newer : head;
        for (var isRead = false; ; isRead = true)
        {
            if (isRead)
            {
                if (await store.FindAsync(head.Key, cancellationToken) is not { } found)
                {
                    heads.Drop(head.Key);
                    return (false, null);
                }

                present = found;
                heads.Set(found);
            }

            if (!IsOf(present, owner) || (struck is { } sequence && present.Delivered >= sequence))
            {
                // Ours no longer; or our own change is there, and only its reply was lost.
                return (false, present);
            }

            // What somebody removed by hand cannot be removed again.
            var changed = change(present);
            if (await WriteAsync(present, changed, struck, cancellationToken) is { } written
                || (isRead && struck is not null && (written = await WriteAsync(present, changed, null, cancellationToken)) is not null))
            {
                return (true, written);
            }
        }
    }

    private async Task<EventsHead?> WriteAsync(EventsHead present, EventsHead changed, long? struck, CancellationToken cancellationToken)
    {
        heads.Drop(present.Key);
        var written = struck is { } sequence ? await store.ReplaceAsync(changed, sequence, cancellationToken) : await store.ReplaceAsync(changed, cancellationToken);
        if (written is not null)
        {
            heads.Set(written);
        }

        return written;
    }

    private static partial class Log
    {
        [LoggerMessage(1810, LogLevel.Warning, "Event {Sequence} of {Device} could not be delivered; it is tried again. {Why}")]
        public static partial void Failed(ILogger logger, string device, long sequence, string why);

        [LoggerMessage(1811, LogLevel.Error, "Event {Sequence} of {Device} is refused and goes to the dead letters: {Why}")]
        public static partial void Refused(ILogger logger, string device, long sequence, string why);

        [LoggerMessage(1812, LogLevel.Error, "Event {Sequence} of {Device} was tried for long enough and goes to the dead letters: {Why}")]
        public static partial void GivenUp(ILogger logger, string device, long sequence, string why);

        [LoggerMessage(1813, LogLevel.Information, "Event {Sequence} of {Device} is dropped: its connector is deleted.")]
        public static partial void Discarded(ILogger logger, string device, long sequence);

        [LoggerMessage(1814, LogLevel.Warning, "Event {Sequence} of {Device} has no destination any more and goes to the dead letters.")]
        public static partial void Stranded(ILogger logger, string device, long sequence);
    }
}
