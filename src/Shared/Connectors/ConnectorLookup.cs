using Microsoft.Extensions.Options;

namespace Murano.Shared.Connectors;

/// <summary>Finds the connector of a request whose credential does not name one: by Host, else by names in the body, else the only one there is.</summary>
public sealed class ConnectorLookup(ConnectorService connectors, DeviceHosts hosts, IOptions<DeviceOptions> options)
{
    /// <summary>The connector.</summary>
    /// <param name="host">The request's host name.</param>
    /// <param name="names">Connector ids that the body gives (<c>vendor</c>, <c>model</c>); all must agree. Null and empty ones are passed over.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The connector; NotFound.</returns>
    internal async Task<Outcome<Connector>> FindAsync(string host, IReadOnlyList<string?> names, CancellationToken cancellationToken)
    {
        var unknown = new Failure.NotFound("unknown-connector", "No connector is named by the host or the body.");
        Connector? connector = null;
        if (hosts.TryRead(host, out var byHost, out _))
        {
            connector = await connectors.FindAsync(byHost, cancellationToken);
        }

        if (connector is null && options.Value.StrictHost)
        {
            return unknown;
        }

        foreach (var name in names)
        {
            if (string.IsNullOrEmpty(name))
            {
                continue;
            }

            if (!ConnectorId.TryParse(name, out var named) || (connector is not null && connector.Id != named))
            {
                return new Failure.NotFound("wrong-vendor", "Vendor or model is not the connector.");
            }

            connector ??= await connectors.FindAsync(named, cancellationToken);
            if (connector is null)
            {
                return unknown;
            }
        }

        connector ??= await connectors.FindOnlyAsync(cancellationToken);
        return connector is null ? unknown : connector;
    }
}
