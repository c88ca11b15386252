using Microsoft.Extensions.DependencyInjection;
using Murano.Shared.Storage;

namespace Murano.Shared.Access;

/// <summary>Composition of operators' access.</summary>
internal static class OperatorServices
{
    /// <summary>Adds operators' keys, sessions and audit.</summary>
    public static IServiceCollection AddOperators(this IServiceCollection services) => services
        .AddSingleton<TableAccessStore>()
        .AddSingleton<TableSessionStore>()
        .AddSingleton<TableSigningKeyStore>()
        .AddSingleton<SigningKey>()
        .AddSingleton<TableAuditStore>()
        .AddSingleton<EntraKeys>()
        .AddSingleton<EntraAccess>()
        .AddSingleton<OperatorAccess>()
        .AddSingleton<OperatorLogins>()
        .AddSingleton<OperatorKeys>()
        .AddSingleton<AuditLog>();
}
