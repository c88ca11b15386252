using Murano.Shared.State;

namespace Murano.Shared.Events;

/// <summary>One value in an event's payload.</summary>
/// <param name="Alias">The alias as it was written.</param>
/// <param name="Text">The text in UTF-8.</param>
/// <param name="Kind">What it is in JSON.</param>
internal readonly record struct EventValue(string Alias, ReadOnlyMemory<byte> Text, ValueKind Kind);
