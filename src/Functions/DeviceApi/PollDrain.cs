using Microsoft.Extensions.Hosting;
using Murano.Shared.Polls;

namespace Murano.Functions.DeviceApi;

/// <summary>Ends all polls when the host is told to stop, so that it does not wait for them and they get a proper answer.</summary>
internal sealed class PollDrain(IHostApplicationLifetime lifetime, HeldPolls polls) : IHostedService
{
    private CancellationTokenRegistration _stopping;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _stopping = lifetime.ApplicationStopping.Register(polls.Close);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken) => await _stopping.DisposeAsync();
}
