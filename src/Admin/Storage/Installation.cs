using System.CommandLine;
using Azure.Data.Tables;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Murano.Shared.Storage;

namespace Murano.Admin.Storage;

/// <summary>An installation's tables and containers, found by the settings that the app uses: by identity, or by a connection string in the environment.</summary>
internal sealed class Installation
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private Installation(string prefix, Tables tables, Containers containers) => (Prefix, Tables, Containers) = (prefix, tables, containers);

    /// <summary>What its names begin with.</summary>
    public string Prefix { get; }

    /// <summary>Its tables.</summary>
    public Tables Tables { get; }

    /// <summary>Its containers.</summary>
    public Containers Containers { get; }

    /// <summary>The option with the prefix.</summary>
    public static Option<string?> PrefixOption() => new("--prefix") { Description = "What the names of the installation's tables begin with: Storage__TablePrefix, or murano." };

    /// <summary>The option with the account.</summary>
    public static Option<string?> AccountOption() => new("--account") { Description = "Name of the storage account, to be used as who you are (az login). Without it AzureWebJobsStorage counts, as for the app." };

    /// <summary>Finds it. Nothing is asked of storage yet.</summary>
    /// <exception cref="AdminException">No storage is named, or the prefix cannot be one.</exception>
    public static Installation Find(AdminHost host, string? prefix, string? account)
    {
        Dictionary<string, string?> settings = new(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in host.Variables.Where(pair => account is null || !pair.Key.StartsWith(StorageClients.Connection, StringComparison.OrdinalIgnoreCase)))
        {
            settings[name.Replace("__", ":", StringComparison.Ordinal)] = value;
        }

        if (account is not null)
        {
            settings[$"{StorageClients.Connection}:accountName"] = account;
        }

        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        var options = new StorageOptions { TablePrefix = prefix ?? configuration[$"{StorageOptions.Section}:{nameof(StorageOptions.TablePrefix)}"] ?? new StorageOptions().TablePrefix, Timeout = Patience, Retries = 5 };
        if (new ValidateStorageOptions().Validate(null, options) is { Failed: true })
        {
            throw new AdminException($"{options.TablePrefix} is no prefix: it is a letter followed by at most 21 letters and digits.");
        }

        try
        {
            var blobs = StorageClients.CreateBlobs(configuration, options, metrics: null, host.Policies);
            return new Installation(options.TablePrefix, new Tables(StorageClients.CreateTables(configuration, options, metrics: null, host.Policies), Options.Create(options)), new Containers(blobs, Options.Create(options)));
        }
        catch (Exception fault) when (fault is InvalidOperationException or FormatException or ArgumentException)
        {
            // A message of these might show what stands in the setting.
            throw new AdminException($"No storage is named: give --account, or set {StorageClients.Connection} as for the app.", fault);
        }
    }

    /// <summary>The name of a table without the prefix.</summary>
    public string NameOf(TableClient table) => table.Name[Prefix.Length..];
}
