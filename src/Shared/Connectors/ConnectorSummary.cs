namespace Murano.Shared.Connectors;

/// <summary>A connector in a list.</summary>
/// <param name="Id">Names it.</param>
/// <param name="Name">Shown to people.</param>
/// <param name="Created">When it was made, µs since the Unix epoch.</param>
/// <param name="Deleting">Whether it is being deleted.</param>
public sealed record ConnectorSummary(ConnectorId Id, string Name, long Created, bool Deleting);
