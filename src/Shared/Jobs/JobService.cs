using Murano.Shared.Access;
using Murano.Shared.Connectors;
using Murano.Shared.Identities;
using Murano.Shared.Storage;

namespace Murano.Shared.Jobs;

/// <summary>Starts, advances, shows and ends jobs. A job goes on whoever asks for it; what a request began and did not end, the sweeper ends.</summary>
public sealed class JobService(TableJobStore store, TableTodoStore todo, TableConnectorStore connectors, IdentityList list, JobRunner runner, TimeProvider time)
{
    private const int Tries = 5;

    private static readonly TimeSpan InRequest = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan InRun = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Claim = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private static readonly Failure Unknown = new Failure.NotFound("unknown-job", "There is no such job.");
    private static readonly Failure TooManyRows = new Failure.TooLarge("too-many-rows", FormattableString.Invariant($"A job has at most {Job.MaxRows} identities."));
    private static readonly Failure Moving = new Failure.Busy("contention", "The job is being changed by others. Try again.", TimeSpan.FromSeconds(1));

    /// <summary>The identities that pass a filter, by name, at most as many as a job may have.</summary>
    /// <returns>The rows; TooLarge when more pass.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    internal async Task<Outcome<IReadOnlyList<JobRow>>> ChooseAsync(Connector connector, IdentityFilter filter, CancellationToken cancellationToken)
    {
        List<JobRow> rows = [];
        string? cursor = null;
        do
        {
            var query = new IdentityQuery { Filter = filter, Order = IdentityOrder.Identity, Limit = IdentityQuery.MaxLimit, Cursor = cursor };
            if (!(await list.ListAsync(connector, query, cancellationToken)).TryGet(out var page, out var failure))
            {
                return failure;
            }

            rows.AddRange(page.Devices.Select(device => new JobRow { Identity = device.Identity.Value }));
            cursor = page.Next;
        }
        while (cursor is not null && rows.Count <= Job.MaxRows);

        return rows.Count > Job.MaxRows ? TooManyRows : rows;
    }

    /// <summary>Starts a job and does what it can in a few seconds. Jobs that ended long ago are removed on this occasion.</summary>
    /// <returns>The job; TooLarge.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had; the job may have begun, and then it goes on.</exception>
    internal async Task<Outcome<Job>> StartAsync(Connector connector, OperatorSession by, JobKind kind, JobWork work, IReadOnlyList<JobRow> rows, bool dryRun, CancellationToken cancellationToken)
    {
        if (rows.Count > Job.MaxRows)
        {
            return TooManyRows;
        }

        var now = time.GetUtcNow();
        await RemoveOldAsync(connector.Id, now, cancellationToken);
        var job = new Job { Id = OperationId.New(), Kind = kind, Work = work, DryRun = dryRun, By = by.Name, ById = by.Id.Value, Created = now.ToUnixMicros(), Total = rows.Count, Due = now + DeviceIndexes.SweepAfter };
        await todo.PutAsync(ItemOf(connector.Id, job), cancellationToken);
        await store.PutInputAsync(connector.Id, job.Id, rows, cancellationToken);
        await store.AddAsync(connector.Id, job, cancellationToken);
        return await AdvanceAsync(connector.Id, job.Id, InRequest, cancellationToken);
    }

    /// <summary>The job as it stands after it was advanced for a few seconds.</summary>
    /// <returns>The job; NotFound.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    internal Task<Outcome<Job>> GetAsync(ConnectorId connector, string id, CancellationToken cancellationToken) => AdvanceAsync(connector, id, InRequest, cancellationToken);

    /// <summary>All jobs of a connector, the newest first.</summary>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    internal async Task<IReadOnlyList<Job>> ListAsync(ConnectorId connector, CancellationToken cancellationToken) =>
        [.. (await store.ListAsync(connector, cancellationToken)).Select(found => found.Job).OrderByDescending(job => job.Created).ThenBy(job => job.Id, StringComparer.Ordinal)];

    /// <summary>One step's results.</summary>
    /// <returns>The results, none where there are none yet; NotFound.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    internal async Task<Outcome<(Job Job, IReadOnlyList<JobResult> Results)>> ReadResultsAsync(ConnectorId connector, string id, int step, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(connector, id, cancellationToken) is not { } found)
        {
            return Unknown;
        }

        var results = step * Job.RowsInStep < found.Job.Processed ? await store.FindResultsAsync(connector, id, step, cancellationToken) : null;
        return (found.Job, results ?? []);
    }

    /// <summary>All results as a table (<see cref="JobCsv"/>), which is read and written step by step.</summary>
    /// <returns>The job and its table, some lines at a time; NotFound; TooLarge.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had; also while the table is read.</exception>
    internal async Task<Outcome<(Job Job, IAsyncEnumerable<string> Lines)>> ReadTableAsync(ConnectorId connector, string id, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(connector, id, cancellationToken) is not { } found)
        {
            return Unknown;
        }

        var steps = Enumerable.Range(0, (found.Job.Processed + Job.RowsInStep - 1) / Job.RowsInStep)
            .ToAsyncEnumerable()
            .Select(async (int step, CancellationToken token) => await store.FindResultsAsync(connector, id, step, token) ?? []);
        return (await JobCsv.ColumnsAsync(found.Job.Kind, steps.SelectMany(step => step))).TryGet(out var columns, out var failure)
            ? (found.Job, LinesAsync())
            : failure;

        async IAsyncEnumerable<string> LinesAsync()
        {
            yield return await JobCsv.WriteAsync(columns, null);
            await foreach (var step in steps.WithCancellation(cancellationToken))
            {
                yield return await JobCsv.WriteAsync(columns, step);
            }
        }
    }

    /// <summary>Cancels a job that goes on; removes one that has ended, with its results.</summary>
    /// <returns>Done; NotFound; Busy.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    internal async Task<Outcome<Done>> EndAsync(ConnectorId connector, string id, CancellationToken cancellationToken)
    {
        for (var i = 0; i < Tries; i++)
        {
            if (await store.FindAsync(connector, id, cancellationToken) is not { } found)
            {
                return Unknown;
            }

            if (found.Job.Status != JobStatus.Running)
            {
                await RemoveAsync(connector, found.Job, cancellationToken);
                return Done.Instance;
            }

            if (await store.TryUpdateAsync(connector, found.Job with { Status = JobStatus.Cancelled, Ended = time.GetUnixMicros(), Claim = "" }, found.ETag, cancellationToken) is not null)
            {
                await CleanUpAsync(connector, found.Job, cancellationToken);
                return Done.Instance;
            }
        }

        return Moving;
    }

    /// <summary>Goes on with a job that no request ended. Safe to run more than once.</summary>
    /// <returns>Whether it has ended.</returns>
    internal async Task<bool> ResumeAsync(TodoItem item, CancellationToken cancellationToken)
    {
        if (!ConnectorId.TryParse(item.Subject, out var connector))
        {
            await todo.RemoveAsync(item, cancellationToken);
            return true;
        }

        if (await store.FindAsync(connector, item.OperationId, cancellationToken) is null)
        {
            // The request ended before the job was there: its caller was not told that anything was done.
            await store.RemoveBlobsAsync(connector, item.OperationId, cancellationToken);
            await todo.RemoveAsync(item, cancellationToken);
            return true;
        }

        return (await AdvanceAsync(connector, item.OperationId, InRun, cancellationToken)).TryGet(out var job, out _) && job.Status != JobStatus.Running;
    }

    private static TodoItem ItemOf(ConnectorId connector, Job job) => new() { Kind = TodoKind.Job, Due = job.Due, OperationId = job.Id, Subject = connector.Value };

    private async Task<Outcome<Job>> AdvanceAsync(ConnectorId connector, string id, TimeSpan budget, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        if (await store.FindAsync(connector, id, cancellationToken) is not { } found)
        {
            return Unknown;
        }

        var (job, etag) = found;
        if (job.Status != JobStatus.Running)
        {
            await CleanUpIfDueAsync(connector, job, cancellationToken);
            return job;
        }

        if (job.ClaimedUntil > time.GetUnixMicros())
        {
            return job; // Somebody is at it.
        }

        var claim = OperationId.New();
        while (true)
        {
            var ends = job.Processed >= job.Total;
            var goesOn = !ends && time.GetElapsedTime(began) < budget;
            var deleting = goesOn && await connectors.FindAsync(connector, cancellationToken) is not { Connector.Settings.Deleting: false };
            var next = ends || deleting
                ? job with { Status = deleting ? JobStatus.Cancelled : JobStatus.Done, Ended = time.GetUnixMicros(), ClaimedUntil = 0 }
                : job with { ClaimedUntil = goesOn ? (time.GetUtcNow() + Claim).ToUnixMicros() : 0 };
            next = next with { Claim = claim };
            if (await store.TryUpdateAsync(connector, next, etag, cancellationToken) is not { } moved)
            {
                if (await store.FindAsync(connector, id, cancellationToken) is not { } other)
                {
                    return Unknown;
                }

                if (!string.Equals(other.Job.Claim, claim, StringComparison.Ordinal) || (other.Job.Status, other.Job.Processed) != (next.Status, next.Processed))
                {
                    return other.Job; // Cancelled meanwhile, or taken over.
                }

                moved = other.ETag; // It was stored; only the reply was lost.
            }

            (job, etag) = (next, moved);
            if (job.Status != JobStatus.Running)
            {
                await CleanUpAsync(connector, job, cancellationToken);
                return job;
            }

            if (!goesOn)
            {
                return job;
            }

            job = Count(job, await StepAsync(connector, job, cancellationToken));
        }
    }

    private async Task<IReadOnlyList<JobResult>> StepAsync(ConnectorId id, Job job, CancellationToken cancellationToken)
    {
        var step = job.Processed / Job.RowsInStep;
        if (await store.FindResultsAsync(id, job.Id, step, cancellationToken) is { } done)
        {
            return done; // Whoever did the step went before it could say so.
        }

        var connector = (await connectors.FindAsync(id, cancellationToken))?.Connector ?? throw new StorageUnavailableException("The connector of a job is gone.");
        var rows = await store.ReadInputAsync(id, job.Id, step, cancellationToken);
        var results = await runner.RunAsync(connector, job, rows, step * Job.RowsInStep, cancellationToken);
        return await store.AddResultsAsync(id, job.Id, step, results, cancellationToken);
    }

    private static Job Count(Job job, IReadOnlyList<JobResult> results) => job with
    {
        Processed = job.Processed + results.Count,
        Changed = job.Changed + results.Count(result => result.Outcome == JobOutcome.Changed),
        Unchanged = job.Unchanged + results.Count(result => result.Outcome == JobOutcome.Unchanged),
        Failed = job.Failed + results.Count(result => result.Outcome == JobOutcome.Failed),
    };

    // The rows that a job was given are not kept any longer than it needs them.
    private async Task CleanUpAsync(ConnectorId connector, Job job, CancellationToken cancellationToken)
    {
        await store.RemoveInputAsync(connector, job.Id, job.Total, cancellationToken);
        await todo.RemoveAsync(ItemOf(connector, job), cancellationToken);
    }

    private Task CleanUpIfDueAsync(ConnectorId connector, Job job, CancellationToken cancellationToken) =>
        time.GetUtcNow() >= job.Due ? CleanUpAsync(connector, job, cancellationToken) : Task.CompletedTask;

    private async Task RemoveAsync(ConnectorId connector, Job job, CancellationToken cancellationToken)
    {
        await store.RemoveBlobsAsync(connector, job.Id, cancellationToken);
        await todo.RemoveAsync(ItemOf(connector, job), cancellationToken);
        await store.RemoveAsync(connector, job.Id, cancellationToken);
    }

    private async Task RemoveOldAsync(ConnectorId connector, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var limit = (now - Kept).ToUnixMicros();
        foreach (var (job, _) in await store.ListAsync(connector, cancellationToken))
        {
            if (job.Status != JobStatus.Running && job.Ended < limit)
            {
                await RemoveAsync(connector, job, cancellationToken);
            }
        }
    }
}
