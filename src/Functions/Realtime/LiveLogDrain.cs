using Microsoft.Extensions.Hosting;
using Murano.Shared.Realtime;

namespace Murano.Functions.Realtime;

/// <summary>Ends replies that show the live log when the host is told to stop, so that it does not wait for them; and sends what is left to be shown, for a second at most.</summary>
internal sealed class LiveLogDrain(IHostApplicationLifetime lifetime, LogStreams streams, LiveLog log) : IHostedService
{
    private CancellationTokenRegistration _stopping;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _stopping = lifetime.ApplicationStopping.Register(streams.Close);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.DisposeAsync();
        await log.StopAsync();
    }
}
