using Murano.Shared.Realtime;
using Murano.Shared.State;

namespace Murano.Shared.Connectors;

/// <summary>One connector as it was read at one moment: its settings and the resources that its devices have.</summary>
/// <param name="Id">Names it.</param>
/// <param name="Settings">What its operators decided.</param>
/// <param name="Resources">The defined aliases; any other alias is accepted from devices but not stored (specification a.7).</param>
public sealed record Connector(ConnectorId Id, ConnectorSettings Settings, IReadOnlyDictionary<Alias, ResourceDefinition> Resources)
{
    /// <summary>Who watches its live log.</summary>
    public LogWatches Watch { get; init; } = LogWatches.None;
}
