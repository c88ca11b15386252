using Murano.Shared.Storage;

namespace Murano.Shared.Events;

/// <summary>A committed event on its way to the owner's code.</summary>
/// <param name="Device">Whose.</param>
/// <param name="Sequence">Rises with each event of the device: µs since the Unix epoch, or one more than the event before. With the device it is the event's id, the same at each attempt.</param>
/// <param name="Type">What happened.</param>
/// <param name="Time">When, µs since the Unix epoch.</param>
/// <param name="Data">The event as <see cref="EventJson"/> wrote it.</param>
internal sealed record OutboxEvent(DeviceKey Device, long Sequence, EventType Type, long Time, ReadOnlyMemory<byte> Data);
