namespace Murano.Shared.Events;

/// <summary>Some events that could not be delivered, in order of time.</summary>
/// <param name="Letters">The events.</param>
/// <param name="Cursor">Leads to the next page; null = this is the last.</param>
internal sealed record DeadLetterPage(IReadOnlyList<DeadLetter> Letters, string? Cursor);
