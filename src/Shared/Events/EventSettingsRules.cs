using Murano.Shared.Connectors;

namespace Murano.Shared.Events;

/// <summary>Changes of a connector's events that are not made by its settings.</summary>
internal static class EventSettingsRules
{
    /// <summary>There is no webhook whose requests could be signed.</summary>
    public static Failure.Conflict NoWebhook { get; } = new("no-webhook", "Only a webhook has a secret, and the connector has none.");

    /// <summary>There is nowhere to send events to.</summary>
    public static Failure.Conflict NoDestination { get; } = new("no-destination", "The connector has no destination for events.");

    /// <summary>The connector with another secret.</summary>
    /// <returns>The connector; Conflict when no webhook is set.</returns>
    public static Outcome<Connector> Renew(Connector connector, string newKey)
    {
        var events = connector.Settings.Events;
        return events.Destination is { Kind: EventDestinationKind.Webhook } webhook
            ? connector with { Settings = connector.Settings with { Events = events with { Destination = webhook with { Key = newKey } } } }
            : NoWebhook;
    }
}
