using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace Murano.LocalHost.Hosting;

/// <summary>The settings and where they come from.</summary>
internal static class LocalConfiguration
{
    /// <summary>The setting that names the storage account.</summary>
    public const string Storage = "AzureWebJobsStorage";

    /// <summary>The setting that names the Web PubSub service by a connection string.</summary>
    public const string WebPubSub = "WebPubSub:ConnectionString";

    /// <summary>The setting that names it by its address, to be reached with an identity.</summary>
    public const string WebPubSubEndpoint = "WebPubSub:Endpoint";

    private const BindingFlags AnyCase = BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase;

    private static readonly Dictionary<string, string?> Defaults = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Logging:LogLevel:Default"] = "Warning",
        ["Logging:LogLevel:Murano"] = "Information",

        // No front end here cuts replies off at 230 s, and no other app shares the machine.
        ["LongPoll:MaxWait"] = "00:05:00",
        ["LongPoll:MaxPolls"] = "100000",

        // What receives events while it is being written runs beside the app.
        ["Events:AllowPrivateAddresses"] = "true",
    };

    /// <summary>Adds all sources, the later ones winning.</summary>
    public static void Add(ConfigurationManager configuration, string appFolder, string[] args, LocalFunctionsOptions? test)
    {
        configuration.AddInMemoryCollection(Defaults);
        if (test is not null)
        {
            configuration.AddInMemoryCollection(test.SettingsFile is { } file ? SettingsFile.Read(file) : []);
            configuration.AddInMemoryCollection(test.Configuration);
            return;
        }

        configuration.AddInMemoryCollection(SettingsFile.Read(Path.Combine(appFolder, "local.settings.json")));
        configuration.AddEnvironmentVariables();
        try
        {
            configuration.AddCommandLine(args);
        }
        catch (FormatException fault)
        {
            throw new LocalHostException($"The command line is not valid: {fault.Message} Write settings as --LocalHost:HttpPort 0.", fault);
        }
    }

    /// <summary>LocalHost's own settings.</summary>
    /// <exception cref="LocalHostException">One is out of bounds, cannot be read, or does not exist.</exception>
    public static LocalHostOptions ReadOptions(IConfiguration configuration)
    {
        var options = new LocalHostOptions();
        var section = configuration.GetSection(LocalHostOptions.Section);
        if (section.GetChildren().FirstOrDefault(setting => typeof(LocalHostOptions).GetProperty(setting.Key, AnyCase) is null) is { } unknown)
        {
            throw new LocalHostException($"Settings are not valid: {unknown.Path} does not exist.");
        }

        try
        {
            section.Bind(options);
        }
        catch (InvalidOperationException fault)
        {
            throw new LocalHostException($"Settings are not valid: {fault.Message}", fault);
        }

        var failures = new List<ValidationResult>();
        return Validator.TryValidateObject(options, new ValidationContext(options), failures, validateAllProperties: true)
            ? options
            : throw new LocalHostException($"Settings are not valid: {string.Join("; ", failures.Select(failure => $"{LocalHostOptions.Section}: {failure.ErrorMessage}"))}");
    }

    /// <summary>Adds what only the start finds out; settings of the user's stay.</summary>
    public static void AddDiscovered(ConfigurationManager configuration, BoundPorts ports, string? storage, string? webPubSub)
    {
        var found = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["Devices:Domain"] = string.Create(CultureInfo.InvariantCulture, $"m2.localhost:{ports.Https.Port}"),
            ["Devices:DevModeDomain"] = string.Create(CultureInfo.InvariantCulture, $"devmode-m2.localhost:{ports.Http.Port}"),
            ["Devices:TrustClientCertificate"] = "true", // the front end lets no client set the header
            [Storage] = storage,
            [WebPubSub] = webPubSub,
        };
        configuration.AddInMemoryCollection(found.Where(setting => string.IsNullOrEmpty(configuration[setting.Key])).ToArray());
    }
}
