using Murano.Shared.Connectors;

namespace Murano.Shared.Storage.Checks;

/// <summary>
/// Compares everything that is derived with the devices' partitions, and makes it right when told so. The only thing that walks a fleet, so it goes step by step: each
/// takes some seconds and says where the next begins. What is under way is passed over, so a check finds nothing wrong while the product does its work.
/// </summary>
public sealed class ConsistencyChecker(
    CheckTables store, CheckFiles files, DeviceChecks checks, TableConnectorStore connectors, TableDeviceStore devices, TableTodoStore todo, DeviceIndexes indexes, BlobContentStore content, TimeProvider time)
{
    private const int BatchSize = 64;
    private const int AtOnce = 16;

    // One step; a request has a minute.
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(20);

    // The sweeper takes work every five minutes once it is due.
    private static readonly TimeSpan Overdue = TimeSpan.FromMinutes(15);

    private static readonly Failure BadCursor = new Failure.Rejected("bad-cursor", "", "cursor must be the one that came with the step before.");

    private static readonly CheckKind[] Parts = [CheckKind.Rows, CheckKind.Directory, CheckKind.Recency, CheckKind.TagIndex, CheckKind.Credentials, CheckKind.Content, CheckKind.Todo];

    /// <summary>One step of the check of a connector's devices.</summary>
    /// <param name="connector">The connector.</param>
    /// <param name="cursor">Where the step before ended; null = the beginning.</param>
    /// <param name="mend">Whether to make right what is found.</param>
    /// <param name="cancellationToken">Ends the step.</param>
    /// <returns>What was found; Rejected for a cursor that is none.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had; the step may be asked for again.</exception>
    public async Task<Outcome<CheckReport>> CheckAsync(ConnectorId connector, string? cursor, bool mend, CancellationToken cancellationToken)
    {
        var at = CheckCursor.Start;
        if (cursor is not null && !CheckCursor.TryParse(cursor, Parts.Length, out at))
        {
            return BadCursor;
        }

        var step = new Step(new CheckReport(mend), time, time.GetTimestamp());
        for (var part = at.Part; part < Parts.Length; part++)
        {
            var after = part == at.Part ? at.Place : "";
            if (await CheckPartAsync(step, connector, Parts[part], after, cancellationToken) is { } last)
            {
                step.Report.Next = new CheckCursor(part, last).ToString();
                break;
            }
        }

        return step.Report;
    }

    /// <summary>Looks for what is of no connector: rows, tokens and files that the deletion of one left. Costs as much as there are connectors and leftovers, and a look at all tokens.</summary>
    /// <param name="mend">Whether to remove what is found.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>What was found; with <see cref="CheckReport.Next"/>, which is no cursor but says that there is more, when time ran out.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    public async Task<CheckReport> CheckConnectorsAsync(bool mend, CancellationToken cancellationToken)
    {
        var step = new Step(new CheckReport(mend), time, time.GetTimestamp());
        ConnectorId[] known = [.. (await connectors.ListAsync(cancellationToken)).Select(summary => summary.Id).OrderBy(id => id.Value, StringComparer.Ordinal)];
        var last = await WalkAsync(step, store.ListStraysAsync(known, cancellationToken), row => row.Partition, async (row, token) =>
        {
            // It may have been made since.
            var name = await store.ConnectorOfAsync(row.Table, row.Partition, row.Row, token);
            return ConnectorId.TryParse(name, out var id) && await connectors.FindAsync(id, token) is not null
                ? []
                : [new(CheckKind.Connector, $"{row.Table} {row.Partition} {row.Row}", "of no connector") { Mend = ended => store.RemoveAsync(row.Table, row.Partition, row.Row, ended) }];
        }, cancellationToken);
        last ??= await WalkAsync(step, files.ListConnectorsAsync(cancellationToken).Where(id => !known.Contains(id)), id => id.Value, async (id, token) =>
            await connectors.FindAsync(id, token) is not null
                ? []
                : [new(CheckKind.Connector, $"content {id}", "of no connector") { Mend = ended => content.RemoveAllAsync(id, ended) }], cancellationToken);
        step.Report.Next = last;
        return step.Report;
    }

    private Task<string?> CheckPartAsync(Step step, ConnectorId connector, CheckKind part, string after, CancellationToken cancellationToken) => part switch
    {
        CheckKind.Rows => WalkAsync(step, store.ListDevicesAsync(connector, after, cancellationToken), device => device.Key.Partition, checks.FindAsync, cancellationToken),
        CheckKind.Credentials => WalkAsync(
            step, store.ListCredentialsAsync(connector, after, cancellationToken), row => row.Hash, async (row, token) => List(await checks.FindAsync(part, row.Hash, token)), cancellationToken),
        CheckKind.Content => CheckFilesAsync(step, connector, after, cancellationToken),
        CheckKind.Todo => WalkAsync(
            step,
            todo.ListDueAsync(time.GetUtcNow() - Overdue, 0, cancellationToken).Where(row => row.Item is { Kind: TodoKind.Repair } item && item.Device.Connector == connector),
            _ => "",
            (row, _) => Task.FromResult<IReadOnlyList<CheckDifference>>([new(part, $"todo {row.Row}", "not finished") { Mend = token => indexes.FinishAsync(row.Item!, token) }]),
            cancellationToken),
        _ => WalkAsync(step, store.ListAsync(part, connector, after, cancellationToken), partition => partition, async (partition, token) => List(await checks.FindAsync(part, partition, token)), cancellationToken),
    };

    // The files are listed before their devices are looked at: what is of no device then was of none, or of one that is gone.
    private async Task<string?> CheckFilesAsync(Step step, ConnectorId connector, string after, CancellationToken cancellationToken)
    {
        var listed = await files.ListAsync(connector, cancellationToken);
        return await WalkAsync(
            step,
            listed.Where(file => string.CompareOrdinal(file.Blob, after) > 0).ToAsyncEnumerable(),
            file => file.Blob,
            async (file, token) => await devices.GetAsync(new DeviceKey(connector, file.Owner), token) is not null || await store.IsUnderWayAsync(new DeviceKey(connector, file.Owner), token)
                ? []
                : [new(CheckKind.Content, file.Blob, "of no device") { Mend = ended => files.RemoveAsync(connector, file.Blob, file.Version, ended) }],
            cancellationToken);
    }

    private static IReadOnlyList<CheckDifference> List(CheckDifference? difference) => difference is null ? [] : [difference];

    // The place of the last row when time ran out; null at the end.
    private static async Task<string?> WalkAsync<T>(
        Step step, IAsyncEnumerable<T> rows, Func<T, string> place, Func<T, CancellationToken, Task<IReadOnlyList<CheckDifference>>> check, CancellationToken cancellationToken)
    {
        await foreach (var batch in rows.Chunk(BatchSize).WithCancellation(cancellationToken))
        {
            await Parallel.ForEachAsync(batch, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (row, token) =>
            {
                foreach (var difference in await check(row, token))
                {
                    if (step.Report.Mended)
                    {
                        await difference.Mend(token);
                    }

                    step.Report.Add(difference);
                }
            });
            step.Report.AddChecked(batch.Length);
            if (step.Time.GetElapsedTime(step.Began) >= Budget)
            {
                return place(batch[^1]);
            }
        }

        return null;
    }

    private sealed record Step(CheckReport Report, TimeProvider Time, long Began);
}
