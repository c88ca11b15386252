using Murano.Shared.Connectors;
using Murano.Shared.Events.Delivery;
using Murano.Shared.Storage;

namespace Murano.Shared.Events;

/// <summary>What operators ask about the delivery of events.</summary>
public sealed class EventService(ConnectorService connectors, WebhookSecrets secrets, DestinationBreakers breakers, EventSender sender, BlobDeadLetterStore deadLetters)
{
    /// <summary>How it stands.</summary>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    internal async Task<EventState> GetAsync(Connector connector, CancellationToken cancellationToken)
    {
        var (failures, wait) = connector.Settings.Events.Destination is { } destination ? breakers.Of(connector.Id, destination).State : default;
        var (ids, more) = await deadLetters.ListIdsAsync(connector.Id, cancellationToken);
        return new EventState(failures, wait, ids.Count, more);
    }

    /// <summary>Sends an event of type <c>murano.test</c>, once.</summary>
    /// <returns>What became of it; Conflict without a destination.</returns>
    internal async Task<Outcome<DeliveryResult>> TestAsync(Connector connector, CancellationToken cancellationToken) =>
        connector.Settings.Events.Destination is null ? EventSettingsRules.NoDestination : await sender.SendTestAsync(connector, cancellationToken);

    /// <summary>Gives the webhook another secret. It signs from now on on this instance, and on others once their settings are renewed.</summary>
    /// <returns>The secret, in the form in which receivers take it; NotFound; Conflict when there is no webhook; Busy.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had; there may be another secret now that nobody knows.</exception>
    internal async Task<Outcome<string>> RenewSecretAsync(ConnectorId id, CancellationToken cancellationToken) =>
        (await connectors.RenewEventKeyAsync(id, cancellationToken)).TryGet(out var changed, out var failure)
            ? WebhookSignatureRules.Show(await secrets.GetAsync(id, changed.Settings.Events.Destination!, cancellationToken))
            : failure;
}
