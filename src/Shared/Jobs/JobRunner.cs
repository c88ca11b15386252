using Murano.Shared.Connectors;
using Murano.Shared.Identities;
using Murano.Shared.State;
using Murano.Shared.Storage;
using Murano.Shared.Tags;

namespace Murano.Shared.Jobs;

/// <summary>Does a job's work on one identity after another, through the services that requests use. Doing a row twice is doing it once.</summary>
public sealed class JobRunner(IdentityService identities, TagService tags, StateService state, ImportStep import, DeviceIndexes indexes)
{
    private const int AtOnce = 16;
    private const string UnknownIdentity = "unknown-identity";

    private static readonly Failure BadIdentity = new Failure.Rejected("bad-identity", "identity", "This cannot be an identity.");

    /// <summary>Does some rows, several at once.</summary>
    /// <param name="connector">Whose.</param>
    /// <param name="job">The job.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="first">Number of the first of them among the job's rows.</param>
    /// <param name="cancellationToken">Ends the work; rows may be done then that have no result.</param>
    /// <returns>A result for each, in order.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had; some rows may be done.</exception>
    internal async Task<IReadOnlyList<JobResult>> RunAsync(Connector connector, Job job, IReadOnlyList<JobRow> rows, int first, CancellationToken cancellationToken)
    {
        if (!job.DryRun && job.Kind is not (JobKind.Export or JobKind.State))
        {
            // A step that broke off has changed devices that will look unchanged now.
            await indexes.CatchUpAsync(rows.Select(row => IdentityId.TryParse(row.Identity, out var identity) ? (DeviceKey?)new DeviceKey(connector.Id, identity) : null).OfType<DeviceKey>().ToHashSet(), cancellationToken);
        }

        var results = job.Kind == JobKind.Import ? await import.RunAsync(connector, job, rows, first, cancellationToken) : new JobResult?[rows.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, rows.Count, parallel, async (i, token) => results[i] ??= await RunAsync(connector, job, rows[i], job.Created + first + i, token));
        return results!;
    }

    private async Task<JobResult> RunAsync(Connector connector, Job job, JobRow row, long created, CancellationToken cancellationToken)
    {
        if (row.Reason is not null)
        {
            return new JobResult { Identity = row.Identity, Outcome = JobOutcome.Failed, Reason = row.Reason, Message = row.Message };
        }

        if (!IdentityId.TryParse(row.Identity, out var identity))
        {
            return Failed(row, BadIdentity);
        }

        if (job.Kind == JobKind.Export)
        {
            return (await identities.FindAsync(connector, identity, cancellationToken)).TryGet(out var device, out var missing)
                ? new JobResult { Identity = row.Identity, Outcome = JobOutcome.Unchanged, Row = JobRow.Of(device) }
                : Failed(row, missing);
        }

        var outcome = job.Kind switch
        {
            JobKind.Import => await ImportAsync(connector, identity, row, created, job.DryRun, cancellationToken),
            JobKind.Lock or JobKind.Unlock => await LockAsync(connector, identity, job.Kind == JobKind.Lock, job.DryRun, cancellationToken),
            JobKind.Delete => await DeleteAsync(connector, identity, job.DryRun, cancellationToken),
            JobKind.Tag => await TagAsync(connector, identity, job.Work.ToEdit(), job.DryRun, cancellationToken),
            JobKind.State => await SetAsync(connector, identity, job, cancellationToken),
            _ => throw new InvalidOperationException($"No work for {job.Kind}."),
        };
        return outcome.TryGet(out var changed, out var failure)
            ? new JobResult { Identity = row.Identity, Outcome = changed ? JobOutcome.Changed : JobOutcome.Unchanged }
            : Failed(row, failure);
    }

    private async Task<Outcome<bool>> ImportAsync(Connector connector, IdentityId identity, JobRow row, long created, bool dryRun, CancellationToken cancellationToken)
    {
        var change = row.ToChange() with { Created = created };
        if (!(await identities.WouldChangeAsync(connector, identity, change, makes: true, cancellationToken)).TryGet(out var changes, out var failure))
        {
            return failure;
        }

        if (changes && !dryRun && !(await identities.PutAsync(connector, identity, change, cancellationToken)).TryGet(out var _, out failure))
        {
            return failure;
        }

        if (row.TagNames.Count == 0 && row.Tags.Count == 0)
        {
            return changes;
        }

        var tagged = await TagAsync(connector, identity, JobWork.EditOf(row.TagNames, [], row.Tags), dryRun, cancellationToken);
        return tagged.TryGet(out var retagged, out failure) ? changes || retagged
            : dryRun && changes && failure.Reason is UnknownIdentity ? true
            : failure;
    }

    private async Task<Outcome<bool>> LockAsync(Connector connector, IdentityId identity, bool locked, bool dryRun, CancellationToken cancellationToken)
    {
        var change = new IdentityChange { Locked = locked };
        if (!(await identities.WouldChangeAsync(connector, identity, change, makes: false, cancellationToken)).TryGet(out var changes, out var failure) || !changes || dryRun)
        {
            return failure is null ? changes : failure;
        }

        return (await identities.PatchAsync(connector, identity, change, cancellationToken)).TryGet(out var _, out failure) ? true : failure;
    }

    // One that is gone already is as asked.
    private async Task<Outcome<bool>> DeleteAsync(Connector connector, IdentityId identity, bool dryRun, CancellationToken cancellationToken)
    {
        var failed = dryRun
            ? (await identities.FindAsync(connector, identity, cancellationToken)).TryGet(out var _, out var missing) ? null : missing
            : (await identities.DeleteAsync(connector, identity, cancellationToken)).TryGet(out var _, out missing) ? null : missing;
        return failed is null ? true : failed.Reason is UnknownIdentity ? false : failed;
    }

    private async Task<Outcome<bool>> TagAsync(Connector connector, IdentityId identity, TagEdit edit, bool dryRun, CancellationToken cancellationToken)
    {
        if (!(await tags.GetAsync(connector, identity, cancellationToken)).TryGet(out var present, out var failure) || !TagRules.Apply(present, edit).TryGet(out var difference, out failure))
        {
            return failure;
        }

        if (difference.Count == 0 || dryRun)
        {
            return difference.Count > 0;
        }

        return (await tags.ChangeAsync(connector, identity, edit, cancellationToken)).TryGet(out var _, out failure) ? true : failure;
    }

    private async Task<Outcome<bool>> SetAsync(Connector connector, IdentityId identity, Job job, CancellationToken cancellationToken)
    {
        var outcome = job.DryRun
            ? (await identities.FindAsync(connector, identity, cancellationToken)).TryGet(out var _, out var failure) ? null : failure
            : (await state.SetAsync(connector, identity, job.Work.ToValues(), cancellationToken)).TryGet(out var _, out failure) ? null : failure;
        return outcome is null ? true : outcome;
    }

    private static JobResult Failed(JobRow row, Failure failure) => new() { Identity = row.Identity, Outcome = JobOutcome.Failed, Reason = failure.Reason, Message = failure.Detail };
}
