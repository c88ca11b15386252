namespace Murano.Shared.Connectors;

/// <summary>Reads and changes connectors.</summary>
public sealed class ConnectorService
{
    /// <summary>The connector, at most the settings cache's time old (10 s); null when there is none, or it is being deleted.</summary>
    public Task<Connector?> FindAsync(ConnectorId id, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>The only connector; null when there are none or several. Cached likewise.</summary>
    public Task<Connector?> FindOnlyAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
}
