using Azure.Core.Pipeline;
using Microsoft.Azure.Functions.Worker.Builder;

namespace Murano.Integration.Tests.Infrastructure;

/// <summary>What a test wants of its app; everything may be left out.</summary>
public sealed class TestAppOptions
{
    /// <summary>Function classes of the tests' own to run in place of the product.</summary>
    public IReadOnlyCollection<Type>? Functions { get; init; }

    /// <summary>Settings under their configuration keys, such as <c>Devices:MaxPoll</c>.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Put into the pipeline of the app's storage clients.</summary>
    public IReadOnlyCollection<HttpPipelinePolicy> Policies { get; init; } = [];

    /// <summary>Runs after the product's own composition.</summary>
    public Action<FunctionsApplicationBuilder>? Configure { get; init; }

    /// <summary>Prefix of the app's tables; fresh when null. Two apps with the same one serve the same devices.</summary>
    public string? TablePrefix { get; init; }

    /// <summary>The data folder, to outlive the app; a temporary one when null.</summary>
    public string? DataFolder { get; init; }

    /// <summary>Connection string of another storage than the assembly's emulator.</summary>
    public string? Storage { get; init; }

    /// <summary>Whether nothing is done before the first request, as on the platform's first instance.</summary>
    public bool IsFirstInstance { get; init; }

    /// <summary>A file of the shape of local.settings.json.</summary>
    public string? SettingsFile { get; init; }
}
