using Murano.Shared.Connectors;
using Murano.Shared.Events;
using Murano.Shared.Identities;
using Murano.Shared.Storage;
using Murano.Shared.Tags;

namespace Murano.Shared.Jobs;

/// <summary>
/// Does many rows of an import for few requests: one look at all of them tells those that change nothing, and identities that are not known are made together.
/// Everything else is left to be done row by row.
/// </summary>
public sealed class ImportStep(IdentityService identities, DeviceRanges devices, DeviceCreation creation, DeviceQuota quota, WindowEvents windows)
{
    // A thousand rows each. Identities that lie far apart are looked at one by one.
    private const int Pages = 4;

    /// <summary>Does what can be done together.</summary>
    /// <param name="connector">Whose.</param>
    /// <param name="job">The job.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="first">Number of the first of them among the job's rows.</param>
    /// <param name="cancellationToken">Ends the work; rows may be done then that have no result.</param>
    /// <returns>A result for each row that is done, in order; null = it is not.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had; some rows may be done.</exception>
    internal async Task<JobResult?[]> RunAsync(Connector connector, Job job, IReadOnlyList<JobRow> rows, int first, CancellationToken cancellationToken)
    {
        var results = new JobResult?[rows.Count];
        var keys = KeysOf(connector, rows);
        if (keys.Count == 0)
        {
            return results;
        }

        var (known, end) = await devices.ListWithTagsAsync(keys[0].Key, keys[^1].Key, Pages, cancellationToken);
        List<(int Row, NewDevice Device)> wanted = [];
        foreach (var (key, i) in keys.Where(key => end is null || string.CompareOrdinal(key.Key.Partition, end) < 0))
        {
            var change = rows[i].ToChange() with { Created = job.Created + first + i };
            var edit = JobWork.EditOf(rows[i].TagNames, [], rows[i].Tags);
            if (known.TryGetValue(key, out var device))
            {
                results[i] = IsAsWanted(connector, device, change, edit) ? ResultOf(rows[i], JobOutcome.Unchanged) : null;
            }
            else if (IdentityService.Draft(connector, key.Identity, change).TryGet(out var header, out _) && TagRules.Apply([], edit).TryGet(out var tags, out _))
            {
                results[i] = job.DryRun ? ResultOf(rows[i], JobOutcome.Changed) : null;
                wanted.Add((i, new NewDevice(header, tags.Added)));
            }
        }

        // Those for which there is no room are refused row by row.
        if (!job.DryRun && wanted.Count > 0 && await quota.TakeAsync(connector.Id, wanted.Count, cancellationToken) is > 0 and var room)
        {
            List<NewDevice> some = [.. wanted.OrderBy(one => one.Row).Take(room).Select(one => one.Device)];
            await windows.NoteAsync(connector, some.Select(device => device.Header), cancellationToken);
            var made = await creation.AddAsync(some, cancellationToken);
            foreach (var (i, _) in wanted.OrderBy(one => one.Row).Where((_, at) => at < room && made[at]))
            {
                results[i] = ResultOf(rows[i], JobOutcome.Changed);
            }
        }

        return results;
    }

    // Each identity once, in order. What an identity's later rows want is to be done after its first.
    private static List<(DeviceKey Key, int Row)> KeysOf(Connector connector, IReadOnlyList<JobRow> rows)
    {
        Dictionary<DeviceKey, int> keys = [];
        for (var i = 0; i < rows.Count; i++)
        {
            if (rows[i] is { Reason: null, Certificate: null } row && IdentityId.TryParse(row.Identity, out var identity))
            {
                keys.TryAdd(new DeviceKey(connector.Id, identity), i);
            }
        }

        return [.. keys.Select(key => (key.Key, key.Value)).OrderBy(key => key.Key.Partition, StringComparer.Ordinal)];
    }

    private bool IsAsWanted(Connector connector, (DeviceRecord Record, List<Tag> Tags) device, IdentityChange change, TagEdit edit) =>
        device.Record.Header.Status != DeviceStatus.Deleting
        && identities.WouldChange(connector, device.Record.Header.Key.Identity, change, makes: true, device.Record).TryGet(out var changes, out _)
        && !changes
        && TagRules.Apply(device.Tags, edit).TryGet(out var difference, out _)
        && difference.Count == 0;

    private static JobResult ResultOf(JobRow row, JobOutcome outcome) => new() { Identity = row.Identity, Outcome = outcome };
}
