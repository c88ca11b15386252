using Murano.Shared.Connectors;

namespace Murano.Shared.Events;

/// <summary>Stands where no way to bring events is composed: they stay.</summary>
internal sealed class UnavailableSender : IEventSender
{
    /// <inheritdoc/>
    public Task<DeliveryResult> SendAsync(Connector connector, OutboxEvent happened, CancellationToken cancellationToken) =>
        Task.FromResult<DeliveryResult>(new DeliveryResult.Failed("There is no way to bring events."));
}
