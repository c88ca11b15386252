namespace Murano.Shared.Events;

/// <summary>What receives events.</summary>
public enum EventDestinationKind
{
    /// <summary>An https address of the owner's, with signed requests.</summary>
    Webhook,

    /// <summary>An Event Grid topic.</summary>
    EventGrid,
}
