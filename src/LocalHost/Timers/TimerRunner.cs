using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Murano.LocalHost.Routing;

namespace Murano.LocalHost.Timers;

/// <summary>Runs a timer function once, under its lease, unless another process has done so.</summary>
internal sealed partial class TimerRunner(IServiceScopeFactory scopes, TimeProvider time, ILogger<TimerRunner> logger)
{
    /// <summary>Makes up for a run that was missed while no process ran, and runs what wants to run at each start.</summary>
    public async Task RunAtStartAsync(TimerFunction function, TimerBlob blob, CancellationToken cancellationToken)
    {
        await using var lease = await blob.TryLeaseAsync(cancellationToken);
        if (lease is null)
        {
            return;
        }

        var record = await lease.ReadAsync(cancellationToken);
        var now = time.GetUtcNow();
        var missed = record is not null && function.UseMonitor && Due(function, record) < now;
        if (missed || function.RunOnStartup)
        {
            await RunAsync(function, lease, record, now, missed, cancellationToken);
        }
        else if (record is null)
        {
            await lease.WriteAsync(new(null, function.Schedule.After(now), now), cancellationToken);
        }
    }

    /// <summary>Runs the function that is due at <paramref name="due"/>.</summary>
    public async Task RunDueAsync(TimerFunction function, TimerBlob blob, DateTimeOffset due, CancellationToken cancellationToken)
    {
        await using var lease = await blob.TryLeaseAsync(cancellationToken);
        if (lease is null)
        {
            Log.Elsewhere(logger, function.Name);
            return;
        }

        var record = await lease.ReadAsync(cancellationToken);
        if (record?.Last is { } last && function.Schedule.After(last) > due)
        {
            Log.Elsewhere(logger, function.Name);
            return;
        }

        await RunAsync(function, lease, record, due, pastDue: false, cancellationToken);
    }

    // Reckoned anew, because the schedule may have been changed since the record was written.
    private static DateTimeOffset Due(TimerFunction function, TimerRecord record) => function.Schedule.After(record.Last ?? record.LastUpdated);

    private async Task RunAsync(TimerFunction function, TimerLease lease, TimerRecord? record, DateTimeOffset due, bool pastDue, CancellationToken cancellationToken)
    {
        var info = new TimerInfo { IsPastDue = pastDue, ScheduleStatus = function.UseMonitor ? record?.ToStatus() ?? new ScheduleStatus() : null };
        using var run = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lease.Lost);
        try
        {
            await FunctionCall.RunAsync(scopes, function.Method, parameter => parameter.ParameterType == typeof(TimerInfo) ? info : run.Token);
        }
        catch (OperationCanceledException) when (run.IsCancellationRequested)
        {
            Log.Cancelled(logger, function.Name);
        }
        catch (Exception fault)
        {
            Log.Failed(logger, function.Name, fault);
        }

        if (!lease.Lost.IsCancellationRequested)
        {
            var now = time.GetUtcNow();
            await lease.WriteAsync(new(due, function.Schedule.After(now), now), CancellationToken.None);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(9111, LogLevel.Debug, "Timer {Function} runs in another process.")]
        public static partial void Elsewhere(ILogger logger, string function);

        [LoggerMessage(9112, LogLevel.Warning, "Timer {Function} was told to stop before it was done.")]
        public static partial void Cancelled(ILogger logger, string function);

        [LoggerMessage(9113, LogLevel.Error, "Timer {Function} failed.")]
        public static partial void Failed(ILogger logger, string function, Exception fault);
    }
}
