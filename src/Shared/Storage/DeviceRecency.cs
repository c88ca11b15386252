using Murano.Shared.Access;
using Murano.Shared.State;

namespace Murano.Shared.Storage;

/// <summary>
/// Moves a device's row in <c>recency</c> with its first contact in an hour: the new row before the write that says so, the old one removed after it, so that
/// a device is always listed. What a crash leaves over counts for nothing.
/// </summary>
public sealed class DeviceRecency(TableRecencyStore recency, TableDeviceStore devices) : IDisposable
{
    private const int Capacity = 200_000;
    private static readonly TimeSpan Keep = TimeSpan.FromHours(2);

    // By credential, not by device: one that was deleted and made again has a row of its own to begin with.
    private readonly BoundedCache<CredentialId, string> _noted = new(Capacity, Keep);

    /// <inheritdoc/>
    public void Dispose() => _noted.Dispose();

    /// <summary>As <see cref="TableDeviceStore.WriteAsync"/>, with the row in its place.</summary>
    internal Task<(CommitResult Result, IReadOnlyList<string> ETags)> WriteAsync(DeviceKey device, CredentialId credential, LastSeen seen, IReadOnlyList<StateWrite> writes, OutboxWrite? outbox, CancellationToken cancellationToken) =>
        MoveAsync(device, credential, seen, () => devices.WriteAsync(device, credential, seen, writes, outbox, cancellationToken), static written => written.Result == CommitResult.Committed, cancellationToken);

    /// <summary>As <see cref="TableDeviceStore.TouchAsync"/>, with the row in its place.</summary>
    internal Task<CommitResult> TouchAsync(DeviceKey device, CredentialId credential, LastSeen seen, long pollUntil, OutboxWrite? outbox, CancellationToken cancellationToken) =>
        MoveAsync(device, credential, seen, () => devices.TouchAsync(device, credential, seen, pollUntil, outbox, cancellationToken), static result => result == CommitResult.Committed, cancellationToken);

    /// <summary>Runs a write that moves the fence's last seen.</summary>
    /// <param name="device">The device.</param>
    /// <param name="credential">Its credential.</param>
    /// <param name="seen">What the write says.</param>
    /// <param name="write">The write; another value than <paramref name="done"/> when it was not done.</param>
    /// <param name="done">Tells from the write's result whether it was done.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What the write returned.</returns>
    private async Task<T> MoveAsync<T>(DeviceKey device, CredentialId credential, LastSeen seen, Func<Task<T>> write, Func<T, bool> done, CancellationToken cancellationToken)
    {
        var key = RecencyKey.Of(device, seen.At, 0);
        if (_noted.TryGet(credential, out var mark) && string.Equals(mark, key.Mark, StringComparison.Ordinal))
        {
            return await write();
        }

        RecencyKey? old = null;
        if (!await recency.HasAsync(key, cancellationToken))
        {
            // Without a fence the write will not be done either.
            if (await devices.FindListedAsync(device, credential, cancellationToken) is not { } listed)
            {
                return await write();
            }

            old = listed == key || key.IsBefore(listed) ? null : listed;
            await recency.PutAsync(key, cancellationToken);
        }

        var result = await write();
        if (done(result))
        {
            _noted.Set(credential, key.Mark);
            if (old is { } outdated)
            {
                await TryRemoveAsync(outdated, cancellationToken);
            }
        }

        return result;
    }

    // What is written is written: a row too many is no reason to tell the device otherwise.
    private async Task TryRemoveAsync(RecencyKey key, CancellationToken cancellationToken)
    {
        try
        {
            await recency.RemoveAsync(key, cancellationToken);
        }
        catch (Exception fault) when (fault is StorageUnavailableException or OperationCanceledException)
        {
            // The list passes over it, and takes it away.
        }
    }
}
