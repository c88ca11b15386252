using Murano.Shared.Connectors;
using Murano.Shared.Events.Delivery;
using Murano.Shared.Storage;

namespace Murano.Shared.Events;

/// <summary>Operators look at events that could not be delivered, have them sent again, or discard them.</summary>
public sealed class DeadLetterService(BlobDeadLetterStore deadLetters, EventSender sender, TimeProvider time)
{
    /// <summary>Most events of a page, and of one request that sends them again.</summary>
    internal const int MaxLimit = 100;

    // A request lasts 60 s at most, and its last attempt may take a while.
    private static readonly TimeSpan RetryTime = TimeSpan.FromSeconds(20);

    private static readonly Failure Unknown = new Failure.NotFound("unknown-deadletter", "There is no such event: it was delivered or discarded, or never was.");
    private static readonly Failure BadCursor = new Failure.Rejected("bad-cursor", "", "cursor must be the one that came with the page before.");

    private readonly IEventSender _sender = sender;

    /// <summary>A page, in order of time.</summary>
    /// <returns>The page; Rejected for the cursor.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    internal async Task<Outcome<DeadLetterPage>> ListAsync(ConnectorId connector, int limit, string? cursor, CancellationToken cancellationToken) =>
        await deadLetters.ListAsync(connector, limit, cursor, cancellationToken) is { } page ? page : BadCursor;

    /// <summary>Sends one again, once. It arrives with the id and sequence that it had.</summary>
    /// <returns>Done when it arrived; NotFound; Conflict when it did not arrive, or there is no destination.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had; the event may have been delivered.</exception>
    internal async Task<Outcome<Done>> RetryAsync(Connector connector, string id, CancellationToken cancellationToken)
    {
        if (await deadLetters.FindAsync(connector.Id, id, cancellationToken) is not { } letter)
        {
            return Unknown;
        }

        if (connector.Settings.Events.Destination is null)
        {
            return EventSettingsRules.NoDestination;
        }

        return await SendAsync(connector, letter, cancellationToken) is { } result && WhyNot(result) is { } why ? new Failure.Conflict("not-delivered", why) : Done.Instance;
    }

    /// <summary>Sends many again, in order of time, once each: up to 100, and no more after 20 s or when the destination does not answer for itself.</summary>
    /// <returns>What became of them; Rejected for the cursor; Conflict without a destination.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had; some may have been delivered.</exception>
    internal async Task<Outcome<DeadLetterRetry>> RetryAllAsync(Connector connector, string? cursor, CancellationToken cancellationToken)
    {
        if (connector.Settings.Events.Destination is null)
        {
            return EventSettingsRules.NoDestination;
        }

        if (!(await ListAsync(connector.Id, MaxLimit, cursor, cancellationToken)).TryGet(out var page, out var failure))
        {
            return failure;
        }

        var began = time.GetTimestamp();
        var (delivered, failed, why) = (0, 0, "");
        foreach (var letter in page.Letters)
        {
            // What was delivered is gone, so the same cursor leads past it.
            if (time.GetElapsedTime(began) > RetryTime)
            {
                return new DeadLetterRetry(delivered, failed, why, More: true, cursor);
            }

            var result = await SendAsync(connector, letter, cancellationToken);
            if (WhyNot(result) is not { } reason)
            {
                delivered++;
                continue;
            }

            (failed, why) = (failed + 1, reason);
            if (result is DeliveryResult.Failed)
            {
                return new DeadLetterRetry(delivered, failed, why, More: true, cursor);
            }
        }

        return new DeadLetterRetry(delivered, failed, why, page.Cursor is not null, page.Cursor);
    }

    /// <summary>Discards one.</summary>
    /// <returns>Done; NotFound.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    internal async Task<Outcome<Done>> DiscardAsync(ConnectorId connector, string id, CancellationToken cancellationToken) =>
        await deadLetters.RemoveAsync(connector, id, cancellationToken) ? Done.Instance : Unknown;

    /// <summary>Discards many, in order of time: up to 1,000, and no more after 20 s.</summary>
    /// <returns>How many, and whether some are left.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had; some may be discarded.</exception>
    internal async Task<(int Discarded, bool More)> DiscardAllAsync(ConnectorId connector, CancellationToken cancellationToken)
    {
        const int AtOnce = 8;
        var began = time.GetTimestamp();
        var (ids, more) = await deadLetters.ListIdsAsync(connector, cancellationToken);
        var discarded = 0;
        foreach (var some in ids.Chunk(AtOnce))
        {
            if (time.GetElapsedTime(began) > RetryTime)
            {
                return (discarded, true);
            }

            discarded += (await Task.WhenAll(some.Select(id => deadLetters.RemoveAsync(connector, id, cancellationToken)))).Count(removed => removed);
        }

        return (discarded, more);
    }

    private async Task<DeliveryResult> SendAsync(Connector connector, DeadLetter letter, CancellationToken cancellationToken)
    {
        var result = await _sender.SendAsync(connector, letter.Event, cancellationToken);
        if (result is DeliveryResult.Delivered)
        {
            await deadLetters.RemoveAsync(connector.Id, letter.Id, cancellationToken);
        }

        return result;
    }

    private static string? WhyNot(DeliveryResult result) => result switch
    {
        DeliveryResult.Failed failed => failed.Why,
        DeliveryResult.Refused refused => refused.Why,
        _ => null,
    };
}
