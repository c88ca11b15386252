using Murano.Shared.Connectors;

namespace Murano.Shared.State;

/// <summary>What becomes of a value when the device or the cloud writes it (specification a.7; design, rules 6 and 7).</summary>
internal static class StateRules
{
    /// <summary>The device writes.</summary>
    /// <param name="definition">The resource.</param>
    /// <param name="head">The row as it is known; null = there is none. Not looked at unless the cloud may leave a value pending.</param>
    /// <param name="value">The text in UTF-8.</param>
    /// <param name="now">µs since the Unix epoch.</param>
    /// <param name="guard">How long a report of a replaced value leaves the pending one alone.</param>
    public static StateWrite DeviceWrites(ResourceDefinition definition, StateHead? head, ReadOnlyMemory<byte> value, long now, TimeSpan guard)
    {
        var row = new StateRow { Alias = definition.Alias, Reported = new StateValue(value, ValueKind.Text), ReportedAt = now };
        if (!definition.HoldsPending)
        {
            return new StateWrite(row, StateWriteMode.Blind);
        }

        if (head is null)
        {
            return new StateWrite(row with { Stamp = now }, StateWriteMode.Create);
        }

        // The stamp of a row that the cloud may set is the cloud's: a device's own write never moves it.
        row = row with { ETag = head.ETag, Stamp = head.Stamp == 0 ? now : head.Stamp };
        return new StateWrite(row, LeavesPending(head, value.Span, now, guard) ? StateWriteMode.ReportOnly : StateWriteMode.Replace);
    }

    /// <summary>The cloud sets.</summary>
    /// <param name="definition">A settable resource.</param>
    /// <param name="row">The row as it was read; null = there is none.</param>
    /// <param name="value">A value that the resource takes.</param>
    /// <param name="now">µs since the Unix epoch.</param>
    /// <param name="stamp">The device's new poll stamp, µs.</param>
    public static StateWrite CloudSets(ResourceDefinition definition, StateRow? row, StateValue value, long now, long stamp)
    {
        if (!definition.Sync)
        {
            return new StateWrite(new StateRow { Alias = definition.Alias, Reported = value, ReportedAt = now, Stamp = stamp }, StateWriteMode.Overwrite);
        }

        var set = (row ?? new StateRow { Alias = definition.Alias }) with
        {
            Pending = value,
            PendingAt = Math.Max(now, row?.ReportedAt ?? 0), // Clocks of instances differ; the command is the newer of the two.
            Stamp = stamp,
            Replaced = ReplacedBy(row, InitialOf(definition)),
        };
        return new StateWrite(set, row is null ? StateWriteMode.Create : StateWriteMode.SetOnly);
    }

    /// <summary>
    /// The row as it counts. While a resource waits for acknowledgements, a report that is later than the guard ends the pending value; one that did not was
    /// written where the resource was not known, or no longer held, to be such. So a command outlives an instance whose settings are old, and does not come back
    /// when a resource changes to and fro.
    /// </summary>
    public static StateRow Settle(StateRow row, TimeSpan guard) =>
        row.Pending is not null && row.ReportedAt - row.PendingAt > (long)guard.TotalMicroseconds ? row with { Pending = null, PendingAt = 0, Replaced = [] } : row;

    /// <summary>What a device reads of a resource, and operators see as set; null = nothing.</summary>
    public static StateValue? Present(ResourceDefinition definition, StateRow? row) => definition switch
    {
        { Settable: false } => row?.Reported,
        { Sync: false } when row?.PendingAt < row?.ReportedAt => row.Reported, // Pending is left over from when it had an acknowledgement.
        _ => row?.Pending ?? row?.Reported ?? InitialOf(definition),
    };

    /// <summary>When the cloud set the value that is present and not acknowledged, µs; 0 = there is none.</summary>
    public static long WaitsSince(ResourceDefinition definition, StateRow? row) =>
        definition.Settable && row?.Pending is not null && Present(definition, row) == row.Pending ? row.PendingAt : 0;

    /// <summary>The next poll stamp: later than the last by at least a whole second, because devices compare whole seconds.</summary>
    public static long NextStamp(long now, long last) =>
        last == 0 ? now : Math.Max(now, ((last / UnixTime.MicrosPerSecond) + 1) * UnixTime.MicrosPerSecond);

    private static bool LeavesPending(StateHead head, ReadOnlySpan<byte> value, long now, TimeSpan guard)
    {
        if (head.Pending is not { } pending || now - head.PendingAt >= (long)guard.TotalMicroseconds)
        {
            return false;
        }

        var hash = ValueHash.Of(value);
        return hash != pending && head.Replaced.Contains(hash);
    }

    private static List<ValueHash> ReplacedBy(StateRow? row, StateValue? initial)
    {
        List<ValueHash> replaced = row?.Pending is null ? [] : [.. row.Replaced];
        Remember(row?.Reported ?? initial);
        Remember(row?.Pending);
        return replaced.Count <= StateRow.MaxReplaced ? replaced : replaced[^StateRow.MaxReplaced..];

        void Remember(StateValue? value)
        {
            if (value is not null)
            {
                var hash = ValueHash.Of(value.Text.Span);
                replaced.Remove(hash);
                replaced.Add(hash);
            }
        }
    }

    private static StateValue? InitialOf(ResourceDefinition definition) => definition.Initial is null
        ? null
        : new StateValue(System.Text.Encoding.UTF8.GetBytes(definition.Initial), definition.Format switch
        {
            ResourceFormat.Number => ValueKind.Number,
            ResourceFormat.Boolean => ValueKind.Boolean,
            _ => ValueKind.Text,
        });
}
