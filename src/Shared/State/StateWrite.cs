namespace Murano.Shared.State;

/// <summary>How one row of values is written in a device's transaction.</summary>
/// <param name="Row">What the row is to hold; with <see cref="StateWriteMode.ReportOnly"/> and <see cref="StateWriteMode.SetOnly"/> only one side counts.</param>
/// <param name="Mode">Under which condition.</param>
internal readonly record struct StateWrite(StateRow Row, StateWriteMode Mode);
