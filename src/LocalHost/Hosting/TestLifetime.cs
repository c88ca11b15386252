using Microsoft.Extensions.Hosting;

namespace Murano.LocalHost.Hosting;

/// <summary>Leaves the signals of a test's process alone.</summary>
internal sealed class TestLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
