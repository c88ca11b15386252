using Murano.Shared.Storage;
using Murano.Shared.Tags;

namespace Murano.Shared.Events;

/// <summary>Something that happened to a device (specification d): what the live log shows and what goes to the owner's code.</summary>
internal sealed record DeviceEvent
{
    /// <summary>What happened.</summary>
    public required EventType Type { get; init; }

    /// <summary>To whom.</summary>
    public required DeviceKey Device { get; init; }

    /// <summary>When, µs since the Unix epoch.</summary>
    public required long Time { get; init; }

    /// <summary>Address of the device's request; empty when no request of the device was the cause.</summary>
    public string Address { get; init; } = "";

    /// <summary>What the device spoke, <c>onep</c>; empty likewise.</summary>
    public string Protocol { get; init; } = "";

    /// <summary>Links connect, what happens while the device is online, and disconnect; empty where it is not known.</summary>
    public string ConnectionId { get; init; } = "";

    /// <summary>The device's tags; null where they are not known.</summary>
    public IReadOnlyList<Tag>? Tags { get; init; }

    /// <summary>Payload of <see cref="EventType.DataIn"/> and <see cref="EventType.DataOut"/>: one entry a moment, in order of time.</summary>
    public IReadOnlyList<EventPoint> Points { get; init; } = [];

    /// <summary>Payload of <see cref="EventType.ContentIn"/>.</summary>
    public EventFile? File { get; init; }
}
