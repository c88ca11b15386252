using Microsoft.Extensions.Logging;
using Murano.Shared.Access;
using Murano.Shared.Connectors;
using Murano.Shared.Events;
using Murano.Shared.Jobs;

namespace Murano.Shared.Storage;

/// <summary>Finishes work whose request ended in the middle. The only thing that runs by itself; it looks at <c>todo</c> and nothing else.</summary>
public sealed partial class Sweeper(
    TableTodoStore todo,
    DeviceIndexes indexes,
    ConnectorDeletion connectors,
    JobService jobs,
    AuditLog audit,
    OutboxDelivery delivery,
    ConnectionEvents connections,
    WindowEvents windows,
    TimeProvider time,
    ILogger<Sweeper> logger)
{
    // A destination that does not answer holds up one of them.
    private const int EventsAtOnce = 8;

    // Most rows that are about events and are taken in one run; the rest is due in the next.
    private const int MostEvents = 20_000;

    // The next run begins after five minutes.
    private static readonly TimeSpan EventsInRun = TimeSpan.FromMinutes(4);

    /// <summary>Does everything that is due. One failure does not keep the rest; what failed stays for the next run.</summary>
    /// <returns>How many were finished.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var finished = 0;
        List<TodoItem> events = [];
        await foreach (var (row, item) in todo.ListDueAsync(time.GetUtcNow(), cancellationToken))
        {
            if (item is null)
            {
                Log.Unreadable(logger, row);
                continue;
            }

            if (item.Kind is TodoKind.Deliver or TodoKind.Presence or TodoKind.Expire)
            {
                if (events.Count < MostEvents)
                {
                    events.Add(item);
                }
            }
            else if (await TryFinishAsync(item, cancellationToken))
            {
                finished++;
            }
        }

        // Last, because it waits for what others answer.
        var began = time.GetTimestamp();
        await Parallel.ForEachAsync(events, new ParallelOptions { MaxDegreeOfParallelism = EventsAtOnce, CancellationToken = cancellationToken }, async (item, token) =>
        {
            if (time.GetElapsedTime(began) < EventsInRun && await TryFinishAsync(item, token))
            {
                Interlocked.Increment(ref finished);
            }
        });
        return finished;
    }

    private async Task<bool> TryFinishAsync(TodoItem item, CancellationToken cancellationToken)
    {
        try
        {
            if (!await FinishAsync(item, cancellationToken))
            {
                Log.Continues(logger, item.OperationId, item.Target);
                return false;
            }

            // Of events nearly all was done by requests, and only the row is left.
            if (item.Kind is not (TodoKind.Deliver or TodoKind.Presence))
            {
                Log.Finished(logger, item.OperationId, item.Target);
            }

            return true;
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            Log.Failed(logger, item.OperationId, item.Target, fault);
            return false;
        }
    }

    // False: part of it is left for the next run.
    private async Task<bool> FinishAsync(TodoItem item, CancellationToken cancellationToken)
    {
        switch (item.Kind)
        {
            case TodoKind.Connector:
                return await connectors.ResumeAsync(item, cancellationToken);
            case TodoKind.Job:
                return await jobs.ResumeAsync(item, cancellationToken);
            case TodoKind.Purge:
                return await audit.PurgeAsync(item, cancellationToken);
            case TodoKind.Deliver:
                return await delivery.ResumeAsync(item, cancellationToken);
            case TodoKind.Presence:
                return await connections.ResumeAsync(item, cancellationToken);
            case TodoKind.Expire:
                await windows.ResumeAsync(item, cancellationToken);
                return true;
            default:
                await indexes.FinishAsync(item, cancellationToken);
                return true;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1401, LogLevel.Information, "Finished operation {Operation} on {Target}, which its request had left to be done.")]
        public static partial void Finished(ILogger logger, string operation, string target);

        [LoggerMessage(1403, LogLevel.Error, "Row {Row} of the work to be finished cannot be read by this version; it stays.")]
        public static partial void Unreadable(ILogger logger, string row);

        [LoggerMessage(1402, LogLevel.Error, "Could not finish operation {Operation} on {Target}; it stays for the next run.")]
        public static partial void Failed(ILogger logger, string operation, string target, Exception fault);

        [LoggerMessage(1404, LogLevel.Information, "Operation {Operation} on {Target} goes on in the next run.")]
        public static partial void Continues(ILogger logger, string operation, string target);
    }
}
