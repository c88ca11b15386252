using Murano.Shared.State;

namespace Murano.Shared.Connectors;

/// <summary>A resource: a value that every device of the connector has under one alias (specification c.3).</summary>
public sealed record ResourceDefinition
{
    /// <summary>Names it.</summary>
    public required Alias Alias { get; init; }

    /// <summary>Format of its values.</summary>
    public ResourceFormat Format { get; init; }

    /// <summary>Unit shown to people; free text.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Allowed values as they were written, each a JSON string, number or boolean in its JSON text: ranges such as <c>"0:100"</c> and <c>"9-11"</c>, or single values; empty = anything.</summary>
    public IReadOnlyList<string> Allowed { get; init; } = [];

    /// <summary>Whether the cloud may set it.</summary>
    public bool Settable { get; init; }

    /// <summary>The value that devices read before there is any other, as text; null = none. Only with <see cref="Settable"/>.</summary>
    public string? Initial { get; init; }

    /// <summary>Whether a cloud value waits for the device's acknowledgement and is pushed; if not, set and reported are always equal.</summary>
    public bool Sync { get; init; } = true;

    /// <summary>Whether a cloud value is kept as pending until the device acknowledges it.</summary>
    public bool HoldsPending => Settable && Sync;
}
