using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Murano.Functions.ManagementApi;

/// <summary>Composition of the management API.</summary>
public static class ManagementServices
{
    /// <summary>Adds the way in for operators.</summary>
    public static IServiceCollection AddManagementApi(this IServiceCollection services)
    {
        services.TryAddSingleton<OperatorAudit>();
        services.TryAddSingleton<OperatorGate>();
        services.TryAddSingleton<SignedGate>();
        services.TryAddSingleton<SignedAddress>();
        return services;
    }
}
