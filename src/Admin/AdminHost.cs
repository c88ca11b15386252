using System.Collections;
using Azure.Core.Pipeline;

namespace Murano.Admin;

/// <summary>What the program has around it. Tests put their own in its place.</summary>
internal sealed class AdminHost
{
    /// <summary>For what it tells.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>For why it ended.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Environment variables.</summary>
    public required IReadOnlyDictionary<string, string?> Variables { get; init; }

    /// <summary>Asks a person for a secret, without showing it; null = there is nobody to ask.</summary>
    public Func<string, string?>? Ask { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Waits.</summary>
    public Func<TimeSpan, CancellationToken, Task> Wait { get; init; } = Task.Delay;

    /// <summary>Stands outermost before the network; null = nothing does.</summary>
    public Func<HttpMessageHandler, HttpMessageHandler> Network { get; init; } = handler => handler;

    /// <summary>Put into the pipeline of storage.</summary>
    public IReadOnlyList<HttpPipelinePolicy> Policies { get; init; } = [];

    /// <summary>Variables as the program finds them: case does not matter, so of two that differ in case alone one counts.</summary>
    public static IReadOnlyDictionary<string, string?> Fold(IDictionary variables)
    {
        Dictionary<string, string?> folded = new(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry variable in variables)
        {
            folded[(string)variable.Key] = (string?)variable.Value;
        }

        return folded;
    }

    /// <summary>A variable that says something; null = it is not set.</summary>
    public string? Variable(string name) => Variables.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;
}
