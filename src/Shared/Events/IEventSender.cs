using Murano.Shared.Connectors;

namespace Murano.Shared.Events;

/// <summary>Brings one event to the connector's destination, in one attempt.</summary>
internal interface IEventSender
{
    /// <summary>Tries once, <see cref="EventOptions.Timeout"/> at most. Never throws but for the token's end.</summary>
    Task<DeliveryResult> SendAsync(Connector connector, OutboxEvent happened, CancellationToken cancellationToken);
}
