using Murano.Functions.Documentation;
using Murano.Shared.Events;

namespace Murano.Functions.ManagementApi;

/// <summary>Describes events for the owner's code.</summary>
internal static class EventDescription
{
    /// <summary>A type of event.</summary>
    public static Shape Type { get; } = Shape.Word("What happened.", [.. Enum.GetValues<EventType>().Select(EventTypeNames.Of)]);

    /// <summary>A kind of destination.</summary>
    public static Shape Kind { get; } = Shape.Word("What receives the events.", [.. Enum.GetValues<EventDestinationKind>().Select(EventSettingsJson.WordOf)]);

    /// <summary>A destination as it is shown.</summary>
    public static Shape Destination { get; } = Shape.Object(("type", Kind), ("url", Shape.Text("Its address. A query, which may hold a key, shows as `***`; sent back like that it stays as it is.")));
}
