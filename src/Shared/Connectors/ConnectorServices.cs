using Microsoft.Extensions.DependencyInjection;

namespace Murano.Shared.Connectors;

/// <summary>Composition of connectors.</summary>
internal static class ConnectorServices
{
    /// <summary>Adds settings and resources.</summary>
    public static IServiceCollection AddConnectors(this IServiceCollection services) => services
        .AddSingleton<ConnectorService>();
}
