namespace Murano.Shared.Events;

/// <summary>An event that could not be delivered.</summary>
/// <param name="Id">Names it.</param>
/// <param name="Event">The event, as it would be sent again.</param>
/// <param name="Why">Why it was given up, for people.</param>
internal sealed record DeadLetter(string Id, OutboxEvent Event, string Why);
