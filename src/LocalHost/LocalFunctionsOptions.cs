using System.Reflection;

namespace Murano.LocalHost;

/// <summary>What a test decides about an app that it runs in its own process.</summary>
public sealed class LocalFunctionsOptions
{
    /// <summary>The assembly whose functions run.</summary>
    public required Assembly Assembly { get; init; }

    /// <summary>When set, only these classes of the assembly are searched for functions.</summary>
    public IReadOnlyCollection<Type>? Types { get; init; }

    /// <summary>The clock of the app and of its timers.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Settings; neither environment variables nor a developer's local.settings.json are read.</summary>
    public IReadOnlyDictionary<string, string?> Configuration { get; init; } = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);

    /// <summary>A file of the shape of local.settings.json to read before <see cref="Configuration"/>; null for none.</summary>
    public string? SettingsFile { get; init; }

    /// <summary>The folder that holds host.json.</summary>
    public string AppFolder { get; init; } = AppContext.BaseDirectory;

    /// <summary>Whether the app starts as the first instance does on the platform: nothing runs before the first request, no warm-up and no set-up of storage. There is no operator's key then.</summary>
    public bool IsFirstInstance { get; init; }

    /// <summary>Whether log lines and the banner go to the console.</summary>
    public bool WritesToConsole { get; init; }
}
