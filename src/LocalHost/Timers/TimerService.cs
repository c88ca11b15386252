using Azure;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Murano.LocalHost.Routing;

namespace Murano.LocalHost.Timers;

/// <summary>Runs the timer functions when they are due, each in one process at a time of all that share the storage.</summary>
internal sealed partial class TimerService(
    FunctionCatalog catalog, TimerRunner runner, IConfiguration configuration, LocalHostOptions options, TimeProvider time, ILogger<TimerService> logger) : BackgroundService
{
    private const string Container = "localhost-timers";

    // A delay has an upper bound; a schedule has none.
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(1);

    // For a storage that does not answer at the start.
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(10);

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (catalog.Timers.Count == 0)
        {
            return Task.CompletedTask;
        }

        var container = new BlobContainerClient(configuration["AzureWebJobsStorage"], Container);
        var hostId = HostId();
        return Task.WhenAll(catalog.Timers.Select(function => LoopAsync(function, new TimerBlob(container, hostId, function.Name, options.TimerLeaseRenewal), stoppingToken)));
    }

    // The platform's name for what keeps the apps on one storage apart.
    private string HostId() => configuration["AzureFunctionsWebHost:hostid"] is { Length: > 0 } id ? id : "murano";

    private async Task LoopAsync(TimerFunction function, TimerBlob blob, CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            var first = true;
            while (!stoppingToken.IsCancellationRequested)
            {
                var due = await NextAsync(function, blob, first, stoppingToken);
                first = false;
                Log.Waits(logger, function.Name, due);
                await WaitUntilAsync(due, stoppingToken);
                await TryAsync(function, () => runner.RunDueAsync(function, blob, due, stoppingToken));
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task<DateTimeOffset> NextAsync(TimerFunction function, TimerBlob blob, bool first, CancellationToken stoppingToken)
    {
        while (first && !await TryAsync(function, () => runner.RunAtStartAsync(function, blob, stoppingToken)))
        {
            await Task.Delay(RetryDelay, stoppingToken);
        }

        return function.Schedule.After(time.GetUtcNow());
    }

    private async Task WaitUntilAsync(DateTimeOffset due, CancellationToken stoppingToken)
    {
        while (due - time.GetUtcNow() is var left && left > TimeSpan.Zero)
        {
            await Task.Delay(left < LongestDelay ? left : LongestDelay, time, stoppingToken);
        }
    }

    private async Task<bool> TryAsync(TimerFunction function, Func<Task> run)
    {
        try
        {
            await run();
            return true;
        }
        catch (Exception fault) when (fault is RequestFailedException or AggregateException)
        {
            Log.NoStorage(logger, function.Name, fault.Message);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(9101, LogLevel.Debug, "Timer {Function} is due at {Due:O}.")]
        public static partial void Waits(ILogger logger, string function, DateTimeOffset due);

        [LoggerMessage(9102, LogLevel.Warning, "Timer {Function} could not run because storage does not answer: {Reason}")]
        public static partial void NoStorage(ILogger logger, string function, string reason);
    }
}
