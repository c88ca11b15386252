namespace Murano.Shared.Events;

/// <summary>Values of one moment in an event's payload.</summary>
/// <param name="Time">µs since the Unix epoch.</param>
/// <param name="Values">Distinct aliases; they need not be defined ones.</param>
internal sealed record EventPoint(long Time, IReadOnlyList<EventValue> Values);
