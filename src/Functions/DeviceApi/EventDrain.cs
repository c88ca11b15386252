using Microsoft.Extensions.Hosting;
using Murano.Shared.Events;

namespace Murano.Functions.DeviceApi;

/// <summary>Lets deliveries of events that are on their way end when the host stops. What is left is delivered by other instances.</summary>
internal sealed class EventDrain(OutboxDelivery delivery) : IHostedService
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Longest);
        await delivery.StopAsync(limit.Token);
    }
}
