using Murano.Shared.Events;

namespace Murano.Shared.Storage;

/// <summary>What a change adds to its own transaction so that its events are stored with it: at most one row of the head, and one for each event.</summary>
/// <param name="head">The head as it is to be, with the ETag that was read; without one it must not exist yet.</param>
/// <param name="events">The events, in order.</param>
internal sealed class OutboxWrite(EventsHead head, IReadOnlyList<OutboxEvent> events)
{
    /// <summary>The head; once the transaction is committed with its new ETag.</summary>
    public EventsHead Head { get; private set; } = head;

    /// <summary>The events, in order.</summary>
    public IReadOnlyList<OutboxEvent> Events { get; } = events;

    /// <summary>The transaction is committed.</summary>
    public void Commit(string etag) => Head = Head with { ETag = etag };
}
