namespace Murano.Shared.State;

/// <summary>A value as it is stored.</summary>
/// <param name="Text">The text in UTF-8, as a device reads it.</param>
/// <param name="Kind">What it is in the management API's JSON.</param>
public sealed record StateValue(ReadOnlyMemory<byte> Text, ValueKind Kind);
