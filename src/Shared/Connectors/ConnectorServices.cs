using Microsoft.Extensions.DependencyInjection;
using Murano.Shared.Storage;

namespace Murano.Shared.Connectors;

/// <summary>Composition of connectors.</summary>
internal static class ConnectorServices
{
    /// <summary>Adds settings, resources and host names.</summary>
    public static IServiceCollection AddConnectors(this IServiceCollection services) => services
        .AddSingleton<TableConnectorStore>()
        .AddSingleton<DeviceHosts>()
        .AddSingleton<ConnectorLookup>()
        .AddSingleton<ConnectorService>()
        .AddSingleton<ConnectorCatalog>()
        .AddSingleton<ConnectorDeletion>();
}
