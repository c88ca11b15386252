namespace Murano.Shared.State;

/// <summary>A value that an operator or program asks to be set.</summary>
/// <param name="Alias">The alias as it was asked for; it need not be a defined one.</param>
/// <param name="Value">The value.</param>
public sealed record CloudValue(string Alias, StateValue Value);
