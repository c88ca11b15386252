using Microsoft.Extensions.Configuration;
using Murano.LocalHost.Azurite;

namespace Murano.LocalHost.Hosting;

/// <summary>Sees to it that there is a storage account: the one that the settings name, else an emulator of our own.</summary>
internal static class LocalStorage
{
    /// <summary>Starts an emulator when it must.</summary>
    /// <returns>The connection string; null when the settings name an account in another way.</returns>
    public static async Task<string?> PrepareAsync(
        IConfiguration configuration, LocalResources resources, LocalHostOptions options, Action<string> say, CancellationToken cancellationToken)
    {
        var setting = configuration.GetSection(LocalConfiguration.Storage);
        if (setting.Value is { Length: > 0 } connectionString)
        {
            await StorageProbe.RunAsync(connectionString, cancellationToken);
            return connectionString;
        }

        if (setting.GetChildren().Any())
        {
            return null;
        }

        resources.Azurite = await AzuriteEmulator.StartAsync(resources.Folder!.Path, options.StorageTimeout, say, cancellationToken);
        return resources.Azurite.ConnectionString;
    }
}
