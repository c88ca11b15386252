using Murano.Shared.Connectors;

namespace Murano.Shared.State;

/// <summary>What becomes of a point that a device recorded earlier (specification a.9; design, rule 8).</summary>
internal static class RecordRules
{
    /// <summary>The device records.</summary>
    /// <param name="definition">The resource.</param>
    /// <param name="row">Its row as it was read; null = none.</param>
    /// <param name="point">The newest point of its alias.</param>
    /// <param name="now">µs since the Unix epoch; no state is newer.</param>
    /// <param name="guard">See <see cref="StateRules.DeviceWrites"/>.</param>
    /// <returns>The write, under the row's ETag; null when what is stored is newer.</returns>
    public static StateWrite? DeviceRecords(ResourceDefinition definition, StateRow? row, RecordedValue point, long now, TimeSpan guard)
    {
        var time = Math.Min(point.Time, now);
        if (row is null)
        {
            var made = new StateRow { Alias = definition.Alias, Reported = new StateValue(point.Value, ValueKind.Text), ReportedAt = time };
            return new StateWrite(definition.HoldsPending ? made with { Stamp = now } : made, StateWriteMode.Create);
        }

        if (time < row.ReportedAt)
        {
            return null;
        }

        if (!definition.HoldsPending)
        {
            return new StateWrite(row with { Reported = new StateValue(point.Value, ValueKind.Text), ReportedAt = time }, StateWriteMode.ReportOnly);
        }

        var write = StateRules.DeviceWrites(definition, row.ToHead(), point.Value, time, guard);

        // Measured before the command was given: it says nothing about the command.
        return row.Pending is not null && time < row.PendingAt ? write with { Mode = StateWriteMode.ReportOnly } : write;
    }
}
