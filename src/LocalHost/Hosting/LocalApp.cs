using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Murano.LocalHost.Warmup;
using Murano.Shared.Storage;

namespace Murano.LocalHost.Hosting;

/// <summary>The running app: sets storage up before it listens, says when it is ready, and gives everything back when it stops.</summary>
internal sealed class LocalApp(WebApplication web, LocalResources resources, string caFile, LocalFunctionsOptions? test, Action<string> say) : IHost, IAsyncDisposable
{
    private bool _stopping;

    /// <summary>How to reach the app; null until it has started.</summary>
    public RunInfo? Run { get; private set; }

    /// <inheritdoc/>
    public IServiceProvider Services => web.Services;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken = default) =>
        Failures.ReportedByAsync(test, () => StartCoreAsync(cancellationToken), DisposeAsync);

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        _stopping = true;
        resources.Folder!.RemoveRun();
        await ((IHost)web).StopAsync(cancellationToken);
        await resources.DisposeAsync();
    }

    /// <inheritdoc/>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _stopping = true;
        await web.DisposeAsync();
        await resources.DisposeAsync();
    }

    private async Task StartCoreAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, resources.Signals.Stop);
        Services.GetService<IStartupValidator>()?.Validate();
        var setUp = await PrepareAsync(stop.Token);
        await ((IHost)web).StartAsync(stop.Token);
        resources.Signals.Dispose(); // from here on the host handles them
        Run = Describe(setUp);
        WatchAzurite();
        resources.Folder!.WriteRun(Run);
        say(Banner.For(Run));
    }

    private async Task<SetupResult?> PrepareAsync(CancellationToken cancellationToken)
    {
        if (test?.IsFirstInstance ?? false)
        {
            return null;
        }

        var setUp = Services.GetService<Setup>() is { } setup ? await SetUpAsync(setup, cancellationToken) : null;
        await Services.GetRequiredService<WarmupRunner>().RunAsync(cancellationToken);
        return setUp;
    }

    private async Task<SetupResult> SetUpAsync(Setup setup, CancellationToken cancellationToken)
    {
        var result = await setup.RunAsync(resources.Folder!.ReadOperator(), cancellationToken);
        resources.Folder.WriteOperator(result.Operator);
        return result;
    }

    private RunInfo Describe(SetupResult? setUp) => new(
        $"http://{resources.Ports!.Http}",
        $"https://localhost:{resources.Ports.Https.Port}",
        caFile,
        setUp?.Connector.Value,
        setUp?.Fqdn,
        setUp?.Operator,
        Services.GetRequiredService<IConfiguration>()[LocalConfiguration.Storage],
        Services.GetRequiredService<IConfiguration>()[LocalConfiguration.WebPubSub],
        Environment.ProcessId);

    private void WatchAzurite()
    {
        if (resources.Azurite is { } azurite)
        {
            _ = azurite.Exited.ContinueWith(_ => AzuriteEnded(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private void AzuriteEnded()
    {
        if (!_stopping)
        {
            Console.Error.WriteLine("The storage emulator has ended by itself, so the app stops: start again, your data is kept.");
            Environment.ExitCode = Failures.ExitCode;
            Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        }
    }
}
