using Murano.Shared.Access;
using Murano.Shared.Identities;
using Murano.Shared.State;
using Murano.Shared.Storage;

namespace Murano.Shared.Polls;

/// <summary>
/// Looks for one poll. Each look asks for the fence too, in the same query, or whether the header has moved, as it does with the fence; and for the settings, which
/// are cached: however long the wait, a lock on another instance is seen.
/// </summary>
/// <param name="devices">The devices.</param>
/// <param name="access">Says whether the credential holds.</param>
/// <param name="device">Who polls.</param>
/// <param name="aliases">What for.</param>
/// <param name="until">When the poll runs out, µs since the Unix epoch.</param>
/// <param name="options">How devices are served.</param>
/// <param name="time">The clock.</param>
internal sealed class PollReader(TableDeviceStore devices, DeviceAccess access, DeviceSession device, IReadOnlyList<Alias> aliases, long until, DeviceOptions options, TimeProvider time)
{
    private DeviceSession _device = device;
    private string? _headerETag;
    private bool _noted;

    // As it was read, until the poll is noted.
    private DeviceRecord? _record;

    /// <summary>What is stored now; Unauthorized when the credential holds no longer.</summary>
    /// <param name="heard">Why it is looked at.</param>
    public async Task<Outcome<PollLook>> LookAsync(PollSignals heard)
    {
        using var limit = new CancellationTokenSource(options.RequestDeadline, time);

        // Nearly all looks that no wake asks for find nothing. They cost a point read, which storage answers far sooner than a query.
        if ((heard & PollSignals.Woken) == PollSignals.None && _headerETag is not null && await devices.IsUnchangedAsync(_device.Key, _headerETag, limit.Token))
        {
            var ended = await access.WhyNoLongerAsync(_device, limit.Token) ?? await NoteAsync(limit.Token);
            return ended is not null ? ended : PollLook.Same with { IsNoted = _noted };
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

        // A change of settings wakes nobody: it concerns all polls of a connector, which would all look at once. They find it in their next looks, which are spread.
        if (await access.WhyNoLongerAsync(_device, limit.Token) is { } settled)
        {
            return settled;
        }

        access.Confirm(_device, touched: false);
        _record = record;
        if (await NoteAsync(limit.Token) is { } refused)
        {
            return refused;
        }

        _headerETag = record?.Header.ETag;
        return new PollLook(rows.ToDictionary(row => row.Alias, row => StateRules.Settle(row, options.CommandGuard)), record?.Header.PollStamp ?? 0, at) { IsNoted = _noted };
    }

    // Once, with the end of the poll; that the device still waits is not worth a write each minute. Too soon after the one before, a later look does it, unless
    // what is stored bears the poll to its end.
    private async Task<Failure?> NoteAsync(CancellationToken cancellationToken)
    {
        if (_noted)
        {
            return null;
        }

        // Another poll of the device may run longer.
        var touched = await access.TouchAsync(_device, Math.Max(until, _record?.PollUntil ?? 0), cancellationToken);
        _noted = touched == TouchResult.Noted || (touched == TouchResult.TooSoon && _record is not null && PresenceRules.DisconnectsAt(_record, options) >= until);
        if (_noted)
        {
            _record = null;
        }

        return touched == TouchResult.FenceGone ? await RenewAsync(cancellationToken) : null;
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
