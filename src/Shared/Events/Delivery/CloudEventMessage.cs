using Murano.Shared.Connectors;

namespace Murano.Shared.Events.Delivery;

/// <summary>What is sent, whatever receives it.</summary>
/// <param name="Connector">Whose.</param>
/// <param name="Id">Names the event, ASCII without dots; the same at each attempt.</param>
/// <param name="Type">What happened, <c>murano.data_in</c>.</param>
/// <param name="Subject">The device; empty where it concerns none.</param>
/// <param name="Time">When, µs since the Unix epoch.</param>
/// <param name="Sequence">Rises with each event of the device; as text it compares as the number does.</param>
/// <param name="Data">The event, JSON.</param>
internal sealed record CloudEventMessage(ConnectorId Connector, string Id, string Type, string Subject, long Time, string Sequence, ReadOnlyMemory<byte> Data);
