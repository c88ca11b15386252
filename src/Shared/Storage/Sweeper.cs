using Microsoft.Extensions.Logging;

namespace Murano.Shared.Storage;

/// <summary>Finishes work whose request ended in the middle. The only thing that runs by itself; it looks at <c>todo</c> and nothing else.</summary>
public sealed partial class Sweeper(TableTodoStore todo, DeviceIndexes indexes, TimeProvider time, ILogger<Sweeper> logger)
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
                await indexes.FinishAsync(item, cancellationToken);
                finished++;
                Log.Finished(logger, item.OperationId, item.Device.Partition);
            }
            catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
            {
                Log.Failed(logger, item.OperationId, item.Device.Partition, fault);
            }
        }

        return finished;
    }

    private static partial class Log
    {
        [LoggerMessage(1401, LogLevel.Information, "Finished operation {Operation} on {Device}, which its request had left in the middle.")]
        public static partial void Finished(ILogger logger, string operation, string device);

        [LoggerMessage(1403, LogLevel.Error, "Row {Row} of the work to be finished cannot be read by this version; it stays.")]
        public static partial void Unreadable(ILogger logger, string row);

        [LoggerMessage(1402, LogLevel.Error, "Could not finish operation {Operation} on {Device}; it stays for the next run.")]
        public static partial void Failed(ILogger logger, string operation, string device, Exception fault);
    }
}
