using Microsoft.Extensions.Hosting;
using Murano.Functions;
using Murano.LocalHost;
using Murano.LocalHost.Azurite;

namespace Murano.Bench;

/// <summary>The storage emulator and a folder that goes away with it.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private readonly string _folder;
    private readonly AzuriteEmulator _azurite;

    private Stage(string folder, AzuriteEmulator azurite) => (_folder, _azurite) = (folder, azurite);

    /// <summary>Connection string of the storage account.</summary>
    public string Storage => _azurite.ConnectionString;

    /// <summary>Where the app may keep its files.</summary>
    public string AppFolder => Path.Combine(_folder, "app");

    public static async Task<Stage> OpenAsync()
    {
        var folder = Directory.CreateTempSubdirectory("murano-bench-").FullName;
        return new(folder, await AzuriteEmulator.StartAsync(folder, TimeSpan.FromMinutes(1), Console.WriteLine, CancellationToken.None));
    }

    /// <summary>Starts the app in this process.</summary>
    /// <param name="appFolder">Its data folder.</param>
    /// <param name="storage">Its storage account.</param>
    /// <param name="settings">More settings.</param>
    public static async Task<IHost> StartAppAsync(string appFolder, string storage, params (string Name, string? Value)[] settings)
    {
        var configuration = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["LocalHost:HttpPort"] = "0",
            ["LocalHost:HttpsPort"] = "0",
            ["LocalHost:DataFolder"] = appFolder,
            ["AzureWebJobsStorage"] = storage,
            ["Devices:NewIdentitiesPerMinute"] = "0", // all devices come from one address
        };
        foreach (var (name, value) in settings)
        {
            configuration[name] = value;
        }

        var builder = LocalFunctions.CreateBuilder(new LocalFunctionsOptions { Assembly = typeof(MuranoFunctions).Assembly, Configuration = configuration });
        builder.AddMurano();
        var app = builder.Build();
        await app.StartAsync();
        return app;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _azurite.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
