namespace Murano.Shared.State;

/// <summary>The newest point of one alias in a record.</summary>
/// <param name="Alias">The alias as it was asked for; it need not be a defined one.</param>
/// <param name="Time">When the device measured it, µs since the Unix epoch; may lie in the future.</param>
/// <param name="Value">The text in UTF-8.</param>
public readonly record struct RecordedValue(string Alias, long Time, ReadOnlyMemory<byte> Value);
