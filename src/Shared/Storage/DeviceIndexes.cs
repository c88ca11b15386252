using Murano.Shared.Access;
using Murano.Shared.Identities;

namespace Murano.Shared.Storage;

/// <summary>What other partitions tell of a device: the rows of directory and recency, and the credentials. Derived from the header, and made right from it after each change.</summary>
public sealed class DeviceIndexes(TableDeviceStore devices, TableDirectoryStore directory, TableCredentialStore credentials, TableRecencyStore recency, TableTodoStore todo, CredentialCache cache, TimeProvider time)
{
    /// <summary>Long enough that the request which began the work has surely ended.</summary>
    internal static readonly TimeSpan SweepAfter = TimeSpan.FromMinutes(2);

    /// <summary>Notes, before the first step, that a device is about to be changed.</summary>
    /// <param name="device">The device.</param>
    /// <param name="operationId">The change.</param>
    /// <param name="made">Credentials that the change makes or unmakes.</param>
    /// <param name="before">The device as it was read; null = it is new.</param>
    /// <param name="begun">What was noted by an earlier try of the same change; null = nothing.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal async Task<TodoItem> BeginAsync(DeviceKey device, string operationId, IEnumerable<(string Hash, CredentialId Id)> made, DeviceRecord? before, TodoItem? begun, CancellationToken cancellationToken)
    {
        List<(string Hash, CredentialId Id)> all = [.. made.Union(begun?.Credentials ?? [])];
        var listed = before is null ? "" : RecencyKey.Of(before).Mark;
        if (begun is not null && begun.Credentials.Count == all.Count && string.Equals(begun.Listed, listed, StringComparison.Ordinal))
        {
            return begun;
        }

        var item = new TodoItem { Due = begun?.Due ?? time.GetUtcNow() + SweepAfter, OperationId = operationId, Device = device, Credentials = all, Listed = listed };
        await todo.PutAsync(item, cancellationToken);
        return item;
    }

    /// <summary>Changes the header as it was read. This instance forgets the device's credential then, also when it cannot tell whether the change is stored.</summary>
    /// <returns>False when the header changed meanwhile, or our own change is there and only its reply was lost.</returns>
    internal async Task<bool> CommitAsync(DeviceHeader header, DeviceRecord? before, CancellationToken cancellationToken)
    {
        try
        {
            return (await devices.ChangeAsync(header, before, [], cancellationToken)).Result == CommitResult.Committed;
        }
        finally
        {
            if (before is not null)
            {
                cache.Drop(before.Header);
            }
        }
    }

    /// <summary>Finishes a delete that somebody else began.</summary>
    internal async Task FinishDeleteAsync(DeviceRecord record, CancellationToken cancellationToken) =>
        await FinishAsync(await BeginAsync(record.Header.Key, record.Header.OperationId, [], record, null, cancellationToken), cancellationToken);

    /// <summary>Makes everything derived right, whether the change came about or not, then forgets the work. Safe to run at any time, by anybody, more than once.</summary>
    internal async Task FinishAsync(TodoItem item, CancellationToken cancellationToken)
    {
        var record = await devices.FindAsync(item.Device, cancellationToken);
        while (true)
        {
            var header = record?.Header;
            if (record is { Header.Status: DeviceStatus.Deleting })
            {
                await PurgeAsync(record, cancellationToken);
                record = await devices.FindAsync(item.Device, cancellationToken);
                continue;
            }

            foreach (var (hash, id) in item.Credentials)
            {
                await DeriveAsync(hash, id, item.Device, header, cancellationToken);
            }

            await (header is null ? directory.RemoveAsync(item.Device, cancellationToken) : directory.PutAsync(header, cancellationToken));
            await ListAsync(item, record, cancellationToken);

            // The header may have moved meanwhile, and what the other writer derived may be overwritten by ours: look again.
            var now = await devices.FindAsync(item.Device, cancellationToken);
            if (TableDirectoryStore.SayTheSame(now?.Header, header) && now?.Header.Credential == header?.Credential)
            {
                break;
            }

            record = now;
        }

        await todo.RemoveAsync(item, cancellationToken);
    }

    // A device's own requests move its row too, so only the one from before the operation goes, and only when the device has another by now.
    private async Task ListAsync(TodoItem item, DeviceRecord? record, CancellationToken cancellationToken)
    {
        var wanted = record is null ? null : RecencyKey.Of(record).Mark;
        if (string.Equals(wanted, item.Listed, StringComparison.Ordinal))
        {
            return;
        }

        if (wanted is not null)
        {
            await recency.PutAsync(new RecencyKey(wanted, item.Device), cancellationToken);
        }

        if (item.Listed.Length > 0)
        {
            await recency.RemoveAsync(new RecencyKey(item.Listed, item.Device), cancellationToken);
        }
    }

    // Only the row of this very credential goes: one of a later credential with the same hash belongs to a change that may be under way.
    private async Task DeriveAsync(string hash, CredentialId id, DeviceKey device, DeviceHeader? header, CancellationToken cancellationToken)
    {
        if (header?.Credential is not { } present || !string.Equals(header.CredentialHash, hash, StringComparison.Ordinal))
        {
            await credentials.RemoveAsync(hash, new CredentialHint(device, id), cancellationToken);
            return;
        }

        var hint = new CredentialHint(device, present);
        var row = await credentials.ReadAsync(hash, cancellationToken);
        if (row is null)
        {
            await credentials.AddAsync(hash, hint, time.GetUnixMicros(), cancellationToken);
        }
        else if (row.Hint != hint && row.Hint.Device == device)
        {
            await credentials.ReplaceAsync(hash, row, hint, time.GetUnixMicros(), cancellationToken);
        }
    }

    // The credential goes before the rows, so that no step leaves a token behind that the header no longer shows.
    private async Task PurgeAsync(DeviceRecord record, CancellationToken cancellationToken)
    {
        var header = record.Header;
        foreach (var (hash, id) in header.Credentials)
        {
            await credentials.RemoveAsync(hash, new CredentialHint(header.Key, id), cancellationToken);
        }

        await directory.RemoveAsync(header.Key, cancellationToken);
        await recency.RemoveAsync(RecencyKey.Of(record), cancellationToken);
        await devices.PurgeAsync(header, cancellationToken);
    }
}
