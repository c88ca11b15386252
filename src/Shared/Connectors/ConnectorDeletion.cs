using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Murano.Shared.Identities;
using Murano.Shared.Realtime;
using Murano.Shared.Storage;
using Murano.Shared.Storage.Checks;

namespace Murano.Shared.Connectors;

/// <summary>
/// Deletes connectors with all that is theirs. A mark on the settings comes first, so that nothing new is made; then the devices, each by its own deletion;
/// then the files; the settings go last. The request does what it can in a few seconds, the sweeper does the rest.
/// </summary>
public sealed partial class ConnectorDeletion(
    ConnectorService connectors,
    TableConnectorStore store,
    DeviceRanges ranges,
    TableDirectoryStore directory,
    IdentityService identities,
    BlobContentStore content,
    DeviceIndexes indexes,
    TableTodoStore todo,
    ConsistencyChecker checker,
    LogViewers viewers,
    IOptions<DeviceOptions> options,
    TimeProvider time,
    ILogger<ConnectorDeletion> logger)
{
    private const int AtOnce = 8;
    private const int InOneLook = 500;

    private static readonly TimeSpan InRequest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan InRun = TimeSpan.FromMinutes(2);

    // Longest that a request runs which found the connector before the mark: an operator's.
    private static readonly TimeSpan LongestRequest = TimeSpan.FromSeconds(60);

    // From then on nobody can be making anything that the walk would miss.
    private readonly TimeSpan _settlesAfter = options.Value.SettingsCache + LongestRequest;

    /// <summary>Begins to delete a connector; from then on nobody sees it.</summary>
    /// <returns>Done, when the deletion is certain to come about; NotFound; Busy.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had; the deletion may have begun, and then it goes on.</exception>
    public async Task<Outcome<Done>> DeleteAsync(ConnectorId id, CancellationToken cancellationToken)
    {
        var item = new TodoItem { Kind = TodoKind.Connector, Due = time.GetUtcNow() + DeviceIndexes.SweepAfter, OperationId = OperationId.New(), Subject = id.Value };
        await todo.PutAsync(item, cancellationToken);
        if (!(await connectors.MarkDeletingAsync(id, item.OperationId, cancellationToken)).TryGet(out var connector, out var failure))
        {
            await todo.RemoveAsync(item, cancellationToken);
            return failure;
        }

        Log.Begun(logger, id.Value);
        await viewers.EndAsync(connector);
        try
        {
            await WalkAsync(connector, InRequest, cancellationToken);
        }
        catch (Exception fault) when (fault is StorageUnavailableException or OperationCanceledException)
        {
            // The mark is stored: the sweeper does what is left.
        }

        return Done.Instance;
    }

    /// <summary>Goes on with a deletion that a request began. Safe to run more than once.</summary>
    /// <returns>Whether it is done; false = part of it is left for the next run.</returns>
    internal async Task<bool> ResumeAsync(TodoItem item, CancellationToken cancellationToken)
    {
        // Without the mark the request ended before its first step, and its caller was not told that anything was done.
        if (ConnectorId.TryParse(item.Subject, out var id) && await store.FindAsync(id, cancellationToken) is { Connector.Settings.Deleting: true } record)
        {
            var settled = time.GetUnixMicros() >= record.DeletingSince + (long)_settlesAfter.TotalMicroseconds;
            if (!await WalkAsync(record.Connector, InRun, cancellationToken) || !settled)
            {
                return false;
            }

            // After the devices, which could still bring some, and before the settings, which are what is looked at on a next run. Nobody makes the container again who
            // did not find the connector unmarked a moment before.
            await content.RemoveAllAsync(id, cancellationToken);
            if (!await RemoveLeftoversAsync(id, cancellationToken) || !await store.RemoveAsync(record, cancellationToken))
            {
                return false;
            }

            Log.Deleted(logger, id.Value);
        }

        await todo.RemoveAsync(item, cancellationToken);
        return true;
    }

    // Deletes devices until a look finds none. False: time ran out.
    private async Task<bool> WalkAsync(Connector connector, TimeSpan budget, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        while (time.GetElapsedTime(began) < budget)
        {
            var keys = await ranges.ListFirstAsync(connector.Id, InOneLook, cancellationToken);
            if (keys.Count > 0)
            {
                await Parallel.ForEachAsync(keys, parallel, async (key, token) =>
                {
                    if (time.GetElapsedTime(began) < budget)
                    {
                        await identities.DeleteAsync(connector, key.Identity, token);
                    }
                });
                continue;
            }

            // A row of the list that no device bears out: what made or deleted the device ended in the middle.
            var rows = await directory.ListAsync(DeviceKey.RangeStart(connector.Id), DeviceKey.RangeEnd(connector.Id), new IdentityFilter(), time.GetUnixMicros(), InOneLook, cancellationToken)
                .Take(InOneLook).ToListAsync(cancellationToken);
            if (rows.Count == 0)
            {
                return true;
            }

            await Parallel.ForEachAsync(rows, parallel, async (key, token) =>
                await indexes.FinishAsync(await indexes.BeginAsync(key, OperationId.New(), [], null, null, token), token));
        }

        return false;
    }

    // Rows that requests left which broke off, of devices that are gone.
    private async Task<bool> RemoveLeftoversAsync(ConnectorId id, CancellationToken cancellationToken)
    {
        string? cursor = null;
        do
        {
            if (!(await checker.CheckAsync(id, cursor, mend: true, cancellationToken)).TryGet(out var report, out _))
            {
                return false;
            }

            cursor = report.Next;
        }
        while (cursor is not null);

        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(1202, LogLevel.Information, "Connector {Connector} is being deleted.")]
        public static partial void Begun(ILogger logger, string connector);

        [LoggerMessage(1203, LogLevel.Information, "Connector {Connector} and all that was its is deleted.")]
        public static partial void Deleted(ILogger logger, string connector);
    }
}
