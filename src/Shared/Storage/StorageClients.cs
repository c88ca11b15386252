using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Configuration;
using Murano.Shared.Telemetry;

namespace Murano.Shared.Storage;

/// <summary>Makes the SDK's clients from the settings that the Functions host uses for its own storage.</summary>
internal static class StorageClients
{
    /// <summary>Name of the setting that holds a connection string, or the prefix of the identity-based ones.</summary>
    public const string Connection = "AzureWebJobsStorage";

    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestRetryDelay = TimeSpan.FromSeconds(1);

    /// <summary>The client for tables.</summary>
    /// <param name="configuration">Holds <see cref="Connection"/>.</param>
    /// <param name="options">Timeouts and retries.</param>
    /// <param name="metrics">Where requests are counted; null = nowhere.</param>
    /// <param name="policies">Added to the pipeline for each try; tests count and break requests with them.</param>
    /// <exception cref="InvalidOperationException">No storage is configured.</exception>
    public static TableServiceClient CreateTables(IConfiguration configuration, StorageOptions options, MuranoMetrics? metrics, IEnumerable<HttpPipelinePolicy> policies)
    {
        var client = Shape(new TableClientOptions(), options, metrics is null ? null : new StorageMeterPolicy("table", metrics), policies);
        return configuration[Connection] is { Length: > 0 } connectionString
            ? new TableServiceClient(connectionString, client)
            : new TableServiceClient(Address(configuration, "table"), AppIdentity.Of(configuration), client);
    }

    /// <summary>The client for blobs, with the same timeouts and retries.</summary>
    /// <inheritdoc cref="CreateTables"/>
    public static BlobServiceClient CreateBlobs(IConfiguration configuration, StorageOptions options, MuranoMetrics? metrics, IEnumerable<HttpPipelinePolicy> policies)
    {
        var client = Shape(new BlobClientOptions(), options, metrics is null ? null : new StorageMeterPolicy("blob", metrics), policies);
        return configuration[Connection] is { Length: > 0 } connectionString
            ? new BlobServiceClient(connectionString, client)
            : new BlobServiceClient(Address(configuration, "blob"), AppIdentity.Of(configuration), client);
    }

    private static T Shape<T>(T client, StorageOptions options, StorageMeterPolicy? meter, IEnumerable<HttpPipelinePolicy> policies)
        where T : ClientOptions
    {
        client.Retry.Mode = RetryMode.Exponential;
        client.Retry.MaxRetries = options.Retries;
        client.Retry.Delay = RetryDelay;
        client.Retry.MaxDelay = LongestRetryDelay;
        client.Retry.NetworkTimeout = options.Timeout;
        client.Diagnostics.IsDistributedTracingEnabled = false;
        client.Diagnostics.IsLoggingEnabled = false;
        client.AddPolicy(new StorageFaultPolicy(), HttpPipelinePosition.PerCall);
        foreach (var policy in meter is null ? policies : policies.Prepend(meter))
        {
            client.AddPolicy(policy, HttpPipelinePosition.PerRetry);
        }

        return client;
    }

    private static Uri Address(IConfiguration configuration, string service)
    {
        var section = configuration.GetSection(Connection);
        return new Uri(section[$"{service}ServiceUri"]
            ?? (section["accountName"] is { Length: > 0 } account ? $"https://{account}.{service}.core.windows.net" : null)
            ?? throw new InvalidOperationException($"No storage is configured: set {Connection} to a connection string, or {Connection}__{service}ServiceUri."));
    }
}
