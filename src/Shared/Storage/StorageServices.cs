using Azure.Core.Pipeline;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Murano.Shared.Storage.Checks;
using Murano.Shared.Telemetry;

namespace Murano.Shared.Storage;

/// <summary>Composition of storage.</summary>
internal static class StorageServices
{
    /// <summary>Adds clients, tables, containers and set-up.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services)
    {
        services.AddOptions<StorageOptions>().BindConfiguration(StorageOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<StorageOptions>, ValidateStorageOptions>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => StorageClients.CreateTables(
            provider.GetRequiredService<IConfiguration>(),
            provider.GetRequiredService<IOptions<StorageOptions>>().Value,
            provider.GetRequiredService<MuranoMetrics>(),
            provider.GetServices<HttpPipelinePolicy>()));
        services.AddSingleton(provider => StorageClients.CreateBlobs(
            provider.GetRequiredService<IConfiguration>(),
            provider.GetRequiredService<IOptions<StorageOptions>>().Value,
            provider.GetRequiredService<MuranoMetrics>(),
            provider.GetServices<HttpPipelinePolicy>()));
        services.AddSingleton<Tables>();
        services.AddSingleton<Containers>();
        services.AddSingleton<BlobContentStore>();
        services.AddSingleton<BlobDeadLetterStore>();
        services.AddSingleton<TableDeviceStore>();
        services.AddSingleton<TableCredentialStore>();
        services.AddSingleton<TableDirectoryStore>();
        services.AddSingleton<TableTagStore>();
        services.AddSingleton<TableRecencyStore>();
        services.AddSingleton<TableWatchStore>();
        services.AddSingleton<TableTodoStore>()
        .AddSingleton<TableJobStore>();
        services.AddSingleton<DeviceRecency>();
        services.AddSingleton<DeviceIndexes>();
        services.AddSingleton<DeviceRanges>();
        services.AddSingleton<DeviceCreation>();
        services.AddSingleton<Sweeper>();
        services.AddSingleton<CheckTables>();
        services.AddSingleton<CheckFiles>();
        services.AddSingleton<DeviceChecks>();
        services.AddSingleton<ConsistencyChecker>();
        services.AddSingleton<Setup>();
        return services;
    }
}
