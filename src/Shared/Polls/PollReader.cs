using Murano.Shared.Access;
using Murano.Shared.State;
using Murano.Shared.Storage;

namespace Murano.Shared.Polls;

/// <summary>Looks for one poll. Each look asks for the fence too, in the same query, or whether the header has moved, as it does with the fence: however long the wait, a lock on another instance is seen.</summary>
internal sealed class PollReader(TableDeviceStore devices, DeviceAccess access, DeviceSession device, IReadOnlyList<Alias> aliases, DeviceOptions options, TimeProvider time)
{
    private DeviceSession _device = device;
    private string? _headerETag;
    private bool _touched;

    /// <summary>What is stored now; Unauthorized when the credential holds no longer.</summary>
    /// <param name="heard">Why it is looked at.</param>
    public async Task<Outcome<PollLook>> LookAsync(PollSignals heard)
    {
        using var limit = new CancellationTokenSource(options.RequestDeadline, time);

        // Nearly all looks that no wake asks for find nothing. They cost a point read, which storage answers far sooner than a query.
        if ((heard & (PollSignals.Set | PollSignals.Access)) == PollSignals.None && _headerETag is not null && await devices.IsUnchangedAsync(_device.Key, _headerETag, limit.Token))
        {
            return PollLook.Same;
        }

        var at = time.GetUnixMicros();
        IReadOnlyList<StateRow> rows = [];
        DeviceRecord? record;
        if (aliases.Count == 0)
        {
            record = await devices.FindAsync(_device.Key, limit.Token);
        }
        else
        {
            (record, rows) = await devices.FindWithStateAsync(_device.Key, aliases, limit.Token);
        }

        if (record?.Fence != _device.Credential && await RenewAsync(limit.Token) is { } failure)
        {
            return failure;
        }

        access.Confirm(_device, touched: false);

        // The device is seen when its poll begins; that it still waits is not worth a write each minute.
        if (!_touched && !await access.TouchAsync(_device, limit.Token) && await RenewAsync(limit.Token) is { } refused)
        {
            return refused;
        }

        _touched = true;
        _headerETag = record?.Header.ETag;
        return new PollLook(rows.ToDictionary(row => row.Alias, row => StateRules.Settle(row, options.CommandGuard)), record?.Header.PollStamp ?? 0, at);
    }

    private async Task<Failure?> RenewAsync(CancellationToken cancellationToken)
    {
        if (!(await access.RenewAsync(_device, cancellationToken)).TryGet(out var fresh, out var failure))
        {
            return failure;
        }

        _device = fresh;
        return null;
    }
}
