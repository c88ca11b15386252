using Murano.Shared.Access;
using Murano.Shared.Identities;

namespace Murano.Shared.Storage;

/// <summary>What other partitions tell of a device: the directory row and the credentials. Derived from the header, and made right from it after each change.</summary>
public sealed class DeviceIndexes(TableDeviceStore devices, TableDirectoryStore directory, TableCredentialStore credentials, TableTodoStore todo, TimeProvider time)
{
    /// <summary>Long enough that the request which began the work has surely ended.</summary>
    internal static readonly TimeSpan SweepAfter = TimeSpan.FromMinutes(2);

    /// <summary>Notes, before the first step, that a device is about to be changed.</summary>
    /// <param name="device">The device.</param>
    /// <param name="operationId">The change.</param>
    /// <param name="credentialHashes">Credentials that the change makes or unmakes; empty ones are passed over.</param>
    /// <param name="begun">What was noted by an earlier try of the same change; null = nothing.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal async Task<TodoItem> BeginAsync(DeviceKey device, string operationId, IEnumerable<string> credentialHashes, TodoItem? begun, CancellationToken cancellationToken)
    {
        List<string> hashes = [.. credentialHashes.Where(hash => hash.Length > 0).Union(begun?.CredentialHashes ?? [], StringComparer.Ordinal)];
        if (begun is not null && begun.CredentialHashes.Count == hashes.Count)
        {
            return begun;
        }

        var item = new TodoItem { Due = begun?.Due ?? time.GetUtcNow() + SweepAfter, OperationId = operationId, Device = device, CredentialHashes = hashes };
        await todo.PutAsync(item, cancellationToken);
        return item;
    }

    /// <summary>Finishes a delete that somebody else began.</summary>
    internal async Task FinishDeleteAsync(DeviceRecord record, CancellationToken cancellationToken) =>
        await FinishAsync(await BeginAsync(record.Header.Key, record.Header.OperationId, [], null, cancellationToken), cancellationToken);

    /// <summary>Makes everything derived right, then forgets the work. Safe to run at any time, by anybody, more than once.</summary>
    internal async Task FinishAsync(TodoItem item, CancellationToken cancellationToken)
    {
        var record = await devices.FindAsync(item.Device, cancellationToken);
        while (record is { Header.Status: DeviceStatus.Deleting })
        {
            await PurgeAsync(record.Header, cancellationToken);
            record = await devices.FindAsync(item.Device, cancellationToken);
        }

        foreach (var hash in item.CredentialHashes)
        {
            await RemoveUnlessNamedAsync(hash, item.Device, record?.Header, cancellationToken);
        }

        await DeriveAsync(item.Device, record?.Header, cancellationToken);
        await todo.RemoveAsync(item, cancellationToken);
    }

    /// <summary>The change did not come about and nothing depends on it: removes what it wrote ahead.</summary>
    internal async Task AbandonAsync(TodoItem item, string? addedHash, CredentialHint? hint, CancellationToken cancellationToken)
    {
        if (addedHash is not null && hint is not null)
        {
            await credentials.RemoveAsync(addedHash, hint, cancellationToken);
        }

        await todo.RemoveAsync(item, cancellationToken);
    }

    // The header may move while the directory row is written, and the other writer's row may then be overwritten by ours: look again.
    private async Task DeriveAsync(DeviceKey device, DeviceHeader? header, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (header is null)
            {
                await directory.RemoveAsync(device, cancellationToken);
            }
            else
            {
                await directory.PutAsync(header, cancellationToken);
            }

            var now = (await devices.FindAsync(device, cancellationToken))?.Header;
            if (TableDirectoryStore.SayTheSame(now, header))
            {
                return;
            }

            header = now;
        }
    }

    private async Task RemoveUnlessNamedAsync(string hash, DeviceKey device, DeviceHeader? header, CancellationToken cancellationToken)
    {
        if (header is not null && string.Equals(header.CredentialHash, hash, StringComparison.Ordinal))
        {
            return;
        }

        if (await credentials.FindAsync(hash, cancellationToken) is { } hint && hint.Device == device && hint.Credential != header?.Credential)
        {
            await credentials.RemoveAsync(hash, hint, cancellationToken);
        }
    }

    // The credential goes before the rows, so that no step leaves a token behind that the header no longer shows.
    private async Task PurgeAsync(DeviceHeader header, CancellationToken cancellationToken)
    {
        if (header.TokenHash.Length > 0)
        {
            await RemoveUnlessNamedAsync(header.TokenHash, header.Key, null, cancellationToken);
        }

        await directory.RemoveAsync(header.Key, cancellationToken);
        await devices.PurgeAsync(header, cancellationToken);
    }
}
