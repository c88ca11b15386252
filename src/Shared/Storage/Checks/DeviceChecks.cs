using Murano.Shared.Access;
using Murano.Shared.Identities;
using Murano.Shared.Tags;

namespace Murano.Shared.Storage.Checks;

/// <summary>Compares one device, or one row that is derived of it, with what it should be.</summary>
public sealed class DeviceChecks(
    CheckTables store, TableDeviceStore devices, TableDirectoryStore directory, TableCredentialStore credentials, DeviceIndexes indexes, TimeProvider time)
{
    // Longest between the row that a device's request makes in recency and the write that says so.
    private static readonly TimeSpan LongestRequest = TimeSpan.FromMinutes(2);

    /// <summary>What is not as it should be of a device, and stays so when it is looked at again while nobody changes the device.</summary>
    internal async Task<IReadOnlyList<CheckDifference>> FindAsync(CheckedDevice device, CancellationToken cancellationToken)
    {
        var first = await LookAsync(device, cancellationToken);
        if (first.Count == 0 || await store.IsUnderWayAsync(device.Key, cancellationToken))
        {
            return [];
        }

        var again = await store.FindDeviceAsync(device.Key, cancellationToken);
        var second = await LookAsync(again, cancellationToken);
        return string.Equals(again.Version, device.Version, StringComparison.Ordinal) && await IsUnchangedAsync(again, cancellationToken)
            ? [.. second.Where(difference => first.Any(other => other.Kind == difference.Kind && string.Equals(other.Place, difference.Place, StringComparison.Ordinal)))]
            : [];
    }

    /// <summary>What is not as it should be of a row that a device's partition should bear out, and stays so when it is looked at again; null = nothing.</summary>
    internal async Task<CheckDifference?> FindAsync(CheckKind kind, string partition, CancellationToken cancellationToken)
    {
        if (await LookAsync(kind, partition, cancellationToken) is not { } first)
        {
            return null;
        }

        var device = await store.FindDeviceAsync(first.Device, cancellationToken);
        return !await store.IsUnderWayAsync(first.Device, cancellationToken) && await LookAsync(kind, partition, cancellationToken) is { } second && await IsUnchangedAsync(device, cancellationToken)
            ? second.Difference
            : null;
    }

    private async Task<bool> IsUnchangedAsync(CheckedDevice device, CancellationToken cancellationToken) =>
        string.Equals((await store.FindDeviceAsync(device.Key, cancellationToken)).Version, device.Version, StringComparison.Ordinal);

    private async Task<List<CheckDifference>> LookAsync(CheckedDevice device, CancellationToken cancellationToken)
    {
        List<CheckDifference> found = [];
        var key = device.Key;
        if (device.Record is not { Header: var header } record)
        {
            if (device.Rows.Count > 0)
            {
                found.Add(new(CheckKind.Rows, key.Partition, $"{device.Rows.Count} rows without a device") { Mend = token => store.RemoveAsync(key, device.Rows, token) });
            }

            return found;
        }

        if (header.Status == DeviceStatus.Deleting)
        {
            found.Add(new(CheckKind.Delete, key.Partition, "its delete was not finished") { Mend = token => indexes.FinishDeleteAsync(record, token) });
            return found;
        }

        if (!device.HasRightFences)
        {
            found.Add(new(CheckKind.Fence, key.Partition, header.HasFence ? "missing, or one too many" : "one too many") { Mend = token => store.MendFencesAsync(device, token) });
        }

        if (await directory.SaysAsync(header, cancellationToken) is not true and var says)
        {
            found.Add(new(CheckKind.Directory, key.Partition, says is null ? "missing" : "says something else") { Mend = Repair(key) });
        }

        var row = RecencyKey.Of(record);
        if (!await store.HasAsync(CheckKind.Recency, row.Partition, cancellationToken))
        {
            found.Add(new(CheckKind.Recency, row.Partition, "missing") { Mend = Repair(key, listed: "") });
        }

        foreach (var tag in device.Tags)
        {
            var partition = TagKeys.Partition(key, tag);
            if (!await store.HasAsync(CheckKind.TagIndex, partition, cancellationToken))
            {
                found.Add(new(CheckKind.TagIndex, partition, "missing") { Mend = Repair(key, tag: tag) });
            }
        }

        foreach (var (hash, id) in header.Credentials)
        {
            if ((await credentials.FindAsync(hash, cancellationToken)) != new CredentialHint(key, id))
            {
                found.Add(new(CheckKind.Credentials, key.Partition, "missing") { Mend = Repair(key, credential: (hash, id)) });
            }
        }

        return found;
    }

    private async Task<(DeviceKey Device, CheckDifference Difference)?> LookAsync(CheckKind kind, string partition, CancellationToken cancellationToken)
    {
        switch (kind)
        {
            case CheckKind.Directory:
                var device = DeviceKey.Parse(partition);
                return await devices.GetAsync(device, cancellationToken) is null ? (device, new(kind, partition, "of no device") { Mend = Repair(device) }) : null;
            case CheckKind.Recency:
                var row = RecencyKey.Parse(partition);
                var record = await devices.GetAsync(row.Device, cancellationToken);
                return IsListed(row, record) || !await store.HasAsync(kind, partition, cancellationToken)
                    ? null
                    : (row.Device, new(kind, partition, record is null ? "of no device" : "one too many") { Mend = Repair(row.Device, listed: row.Mark) });
            case CheckKind.TagIndex:
                var (tag, identity) = TagKeys.Parse(partition);
                var key = new DeviceKey(DeviceKey.Parse(string.Concat(partition.AsSpan(0, partition.IndexOf(KeyCodec.Separator, StringComparison.Ordinal)), partition.AsSpan(partition.LastIndexOf(KeyCodec.Separator)))).Connector, identity);
                return await devices.HasTagAsync(key, tag, cancellationToken) || !await store.HasAsync(kind, partition, cancellationToken)
                    ? null
                    : (key, new(kind, partition, "of no tag") { Mend = Repair(key, tag: tag) });
            default:
                if (await credentials.FindAsync(partition, cancellationToken) is not { } hint)
                {
                    return null;
                }

                // The hash opens nothing, but is no business of whoever reads the report.
                return await devices.GetAsync(hint.Device, cancellationToken) is { Header: var header } && header.Credentials.Contains((partition, hint.Credential))
                    ? null
                    : (hint.Device, new(kind, hint.Device.Partition, "one too many") { Mend = Repair(hint.Device, credential: (partition, hint.Credential)) });
        }
    }

    // A row of the present hour may run ahead of the write that bears it out.
    private bool IsListed(RecencyKey row, DeviceRecord? record) => record is not null
        && (row == RecencyKey.Of(record) || (!row.IsBefore(RecencyKey.Of(record)) && !row.IsBefore(RecencyKey.Of(row.Device, time.GetUnixMicros() - (long)LongestRequest.TotalMicroseconds, 0))));

    private Func<CancellationToken, Task> Repair(DeviceKey device, Tag? tag = null, (string Hash, CredentialId Id)? credential = null, string? listed = null) => token => indexes.FinishAsync(
        new TodoItem { Due = time.GetUtcNow(), OperationId = OperationId.New(), Device = device, Tags = tag is { } one ? [one] : [], Credentials = credential is { } made ? [made] : [], Listed = listed },
        token);
}
