using Microsoft.Extensions.Logging;
using Murano.Shared.Access;
using Murano.Shared.Connectors;
using Murano.Shared.Jobs;

namespace Murano.Shared.Storage;

/// <summary>Finishes work whose request ended in the middle. The only thing that runs by itself; it looks at <c>todo</c> and nothing else.</summary>
public sealed partial class Sweeper(TableTodoStore todo, DeviceIndexes indexes, ConnectorDeletion connectors, JobService jobs, AuditLog audit, TimeProvider time, ILogger<Sweeper> logger)
{
    /// <summary>Does everything that is due. One failure does not keep the rest; what failed stays for the next run.</summary>
    /// <returns>How many were finished.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var finished = 0;
        await foreach (var (row, item) in todo.ListDueAsync(time.GetUtcNow(), cancellationToken))
        {
            if (item is null)
            {
                Log.Unreadable(logger, row);
                continue;
            }

            try
            {
                if (await FinishAsync(item, cancellationToken))
                {
                    finished++;
                    Log.Finished(logger, item.OperationId, item.Target);
                }
                else
                {
                    Log.Continues(logger, item.OperationId, item.Target);
                }
            }
            catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
            {
                Log.Failed(logger, item.OperationId, item.Target, fault);
            }
        }

        return finished;
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
