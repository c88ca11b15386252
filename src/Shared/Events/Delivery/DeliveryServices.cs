using Microsoft.Extensions.DependencyInjection;

namespace Murano.Shared.Events.Delivery;

/// <summary>Composition of the delivery of events.</summary>
internal static class DeliveryServices
{
    /// <summary>Adds what brings events to the owner's code.</summary>
    public static IServiceCollection AddEventDelivery(this IServiceCollection services) => services
        .AddSingleton<DeliveryNetwork>()
        .AddSingleton<DeliveryConnections>()
        .AddSingleton<DestinationBreakers>()
        .AddSingleton<WebhookSecrets>()
        .AddSingleton<WebhookSender>()
        .AddSingleton<EventGridSender>()
        .AddSingleton<EventSender>()
        .AddSingleton<EventService>()
        .AddSingleton<DeadLetterService>()
        .AddSingleton<IEventSender>(provider => provider.GetRequiredService<EventSender>());
}
