namespace Murano.Shared.State;

/// <summary>One value as a device writes or reads it.</summary>
/// <param name="Alias">The alias as it was asked for; it need not be a defined one.</param>
/// <param name="Value">The text in UTF-8.</param>
public readonly record struct AliasValue(string Alias, ReadOnlyMemory<byte> Value);
