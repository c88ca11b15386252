namespace Murano.Shared.Events;

/// <summary>Which events of a connector go to its owner's code, and where that is (specification c.4). Without both nothing is stored and nothing costs.</summary>
public sealed record EventSettings
{
    /// <summary>The types that are delivered.</summary>
    public IReadOnlyList<EventType> Types { get; init; } = [];

    /// <summary>Where they go; null = nowhere.</summary>
    public EventDestination? Destination { get; init; }

    /// <summary>Whether events of a type are delivered.</summary>
    public bool Delivers(EventType type) => Destination is not null && Types.Contains(type);

    /// <summary>Whether any are.</summary>
    public bool IsOn => Destination is not null && Types.Count > 0;
}
