using Microsoft.Extensions.Options;
using Murano.Shared.Storage;

namespace Murano.Shared.Connectors;

/// <summary>The connectors as a whole: how many there may be, and what is in each.</summary>
public sealed class ConnectorCatalog(ConnectorService connectors, TableDirectoryStore directory, IOptions<ConnectorOptions> options)
{
    /// <summary>The connectors that are not being deleted, oldest first.</summary>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    public async Task<IReadOnlyList<ConnectorSummary>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await connectors.ListAsync(cancellationToken)).Where(summary => !summary.Deleting).OrderBy(summary => summary.Created)];

    /// <summary>Makes a connector with Murano's default settings and no resources (specification b.2).</summary>
    /// <returns>The connector; Rejected for the name; Conflict when there are as many as there may be.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had; there may be a connector now that nobody knows of.</exception>
    public async Task<Outcome<Connector>> CreateAsync(string name, CancellationToken cancellationToken) =>
        options.Value.MaxConnectors is > 0 and var most && (await ListAsync(cancellationToken)).Count >= most
            ? new Failure.Conflict("limit", FormattableString.Invariant($"There may be {most} connectors at most."))
            : await connectors.CreateAsync(name, [], cancellationToken);

    /// <summary>How many devices a connector has. It counts them one by one, a request for each thousand.</summary>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    public Task<ConnectorUsage> CountAsync(ConnectorId id, CancellationToken cancellationToken) => directory.CountAsync(id, cancellationToken);
}
