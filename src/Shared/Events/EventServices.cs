using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Murano.Shared.Storage;

namespace Murano.Shared.Events;

/// <summary>Composition of events.</summary>
internal static class EventServices
{
    /// <summary>Adds what stores and delivers events.</summary>
    public static IServiceCollection AddEvents(this IServiceCollection services)
    {
        return services
            .AddSingleton<TableOutboxStore>()
            .AddSingleton<EventHeads>()
            .AddSingleton<HeardDevices>()
            .AddSingleton<DeliveryNotes>()
            .AddSingleton<OutboxDrain>()
            .AddSingleton(provider => new OutboxDelivery(
                provider.GetRequiredService<OutboxDrain>(),
                provider.GetRequiredService<TableOutboxStore>(),
                provider.GetRequiredService<EventHeads>(),
                provider.GetRequiredService<DeliveryNotes>(),
                provider.GetRequiredService<TableTodoStore>(),
                provider.GetRequiredService<IOptions<EventOptions>>(),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<OutboxDelivery>>()))
            .AddSingleton<DeviceEvents>()
            .AddSingleton<ConnectionEvents>()
            .AddSingleton<WindowEvents>();
    }
}
