using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Murano.Shared.Access;
using Murano.Shared.Connectors;
using Murano.Shared.Events;
using Murano.Shared.Jobs;
using Murano.Shared.Realtime;

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
    LogViewers viewers,
    TimeProvider time,
    ILogger<Sweeper> logger)
{
    // A destination that does not answer holds up one of them.
    private const int EventsAtOnce = 8;

    // Of nearly all rows that are about events nothing is left to be done but to remove them or to put them off.
    private const int LooksAtOnce = 64;

    // Most rows that wait for one of the few; what has no room stays due.
    private const int MostWaiting = 20_000;

    // The next run begins after five minutes.
    private static readonly TimeSpan EventsInRun = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(5);

    /// <summary>Does everything that is due. One failure does not keep the rest; what failed stays for the next run.</summary>
    /// <returns>How many were finished.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var finished = 0;
        await foreach (var (row, item) in todo.ListDueAsync(now, 0, cancellationToken))
        {
            if (item is null)
            {
                Log.Unreadable(logger, row);
            }
            else if (!IsOfEvents(item) && await TryAsync(item, (one, token) => FinishAsync(one, DateTimeOffset.MaxValue, token), cancellationToken))
            {
                finished++;
            }
        }

        // Last, because it waits for what others answer.
        return finished + await FinishEventsAsync(now, cancellationToken);
    }

    private static bool IsOfEvents(TodoItem item) => item.Kind is TodoKind.Deliver or TodoKind.Presence or TodoKind.Expire;

    // Many looks at once; what has more to do than that waits for its turn among a few, and holds up no look.
    private async Task<int> FinishEventsAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var finished = 0;
        var until = time.GetUtcNow() + EventsInRun;
        var waiting = Channel.CreateBounded<TodoItem>(MostWaiting);
        var working = Parallel.ForEachAsync(waiting.Reader.ReadAllAsync(cancellationToken), new ParallelOptions { MaxDegreeOfParallelism = EventsAtOnce, CancellationToken = cancellationToken }, async (item, token) =>
        {
            if (time.GetUtcNow() < until && await TryAsync(item, (one, ended) => FinishAsync(one, until, ended), token))
            {
                Interlocked.Increment(ref finished);
            }
        });
        try
        {
            await Parallel.ForEachAsync(ListEventsAsync(now, until, cancellationToken), new ParallelOptions { MaxDegreeOfParallelism = LooksAtOnce, CancellationToken = cancellationToken }, async (item, token) =>
            {
                if (await TryAsync(item, SettleAsync, token))
                {
                    Interlocked.Increment(ref finished);
                }
                else
                {
                    waiting.Writer.TryWrite(item);
                }
            });
        }
        finally
        {
            waiting.Writer.Complete();
            await working;
        }

        return finished;
    }

    // Each run begins at another shard, so that one which does not get to the end leaves out others than the one before.
    private async IAsyncEnumerable<TodoItem> ListEventsAsync(DateTimeOffset now, DateTimeOffset until, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var first = (int)(now.Ticks / Period.Ticks % TodoKeys.Shards.Count);
        await foreach (var (_, item) in todo.ListDueAsync(now, first, cancellationToken))
        {
            if (time.GetUtcNow() >= until)
            {
                yield break;
            }

            if (item is not null && IsOfEvents(item))
            {
                yield return item;
            }
        }
    }

    // True: a look was enough.
    private async Task<bool> SettleAsync(TodoItem item, CancellationToken cancellationToken) => item.Kind switch
    {
        TodoKind.Deliver => await delivery.SettleAsync(item, cancellationToken),
        TodoKind.Presence => await connections.SettleAsync(item, cancellationToken),
        _ => false,
    };

    private async Task<bool> TryAsync(TodoItem item, Func<TodoItem, CancellationToken, Task<bool>> action, CancellationToken cancellationToken)
    {
        try
        {
            if (!await action(item, cancellationToken))
            {
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
    private async Task<bool> FinishAsync(TodoItem item, DateTimeOffset until, CancellationToken cancellationToken)
    {
        if (await GoOnAsync(item, until, cancellationToken))
        {
            return true;
        }

        Log.Continues(logger, item.OperationId, item.Target);
        return false;
    }

    private async Task<bool> GoOnAsync(TodoItem item, DateTimeOffset until, CancellationToken cancellationToken)
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
                return await delivery.ResumeAsync(item, until, cancellationToken);
            case TodoKind.Presence:
                return await connections.ResumeAsync(item, cancellationToken);
            case TodoKind.Expire:
                return await windows.ResumeAsync(item, until, cancellationToken);
            case TodoKind.Viewers:
                return await viewers.ResumeAsync(item, cancellationToken);
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
