using Microsoft.Extensions.Options;
using Murano.Shared.Access;
using Murano.Shared.Connectors;
using Murano.Shared.Storage;

namespace Murano.Shared.State;

/// <summary>Takes values that a device measured earlier.</summary>
public sealed class RecordService(TableDeviceStore devices, DeviceAccess access, DeviceRecency recency, StateHeadCache heads, IOptions<DeviceOptions> options)
{
    /// <summary>A device records points; of each alias the newest counts. Undefined aliases are accepted and not stored.</summary>
    /// <param name="device">Who records.</param>
    /// <param name="points">The newest point of each alias, within <see cref="StateLimits"/>, which the caller has checked.</param>
    /// <param name="cancellationToken">The request's own deadline, not the client's disconnect.</param>
    /// <returns>Done; Unauthorized when the credential no longer holds; Busy when too many write at once.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    public Task<Outcome<Done>> RecordAsync(DeviceSession device, IReadOnlyList<RecordedValue> points, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(points);
        List<(ResourceDefinition Definition, RecordedValue Point)> defined = new(points.Count);
        foreach (var point in points)
        {
            if (Alias.TryParse(point.Alias, out var alias) && device.Connector.Resources.TryGetValue(alias, out var definition))
            {
                defined.Add((definition, point));
            }
        }

        return FencedWrites.SettleAsync(access, device, session => TryRecordAsync(session, defined, cancellationToken), cancellationToken);
    }

    private async Task<CommitResult> TryRecordAsync(DeviceSession device, List<(ResourceDefinition Definition, RecordedValue Point)> points, CancellationToken cancellationToken)
    {
        var found = points.Count == 0 ? [] : await devices.ReadStateAsync(device.Key, [.. points.Select(point => point.Definition.Alias)], cancellationToken);
        var rows = found.ToDictionary(row => row.Alias, row => StateRules.Settle(row, options.Value.CommandGuard));
        var seen = access.Seen(device);
        List<StateWrite> writes = new(points.Count);
        foreach (var (definition, point) in points)
        {
            if (RecordRules.DeviceRecords(definition, rows.GetValueOrDefault(definition.Alias), point, seen.At, options.Value.CommandGuard) is { } write)
            {
                writes.Add(write);
                heads.Drop(device.Key, definition.Alias);
            }
        }

        var (result, _) = await recency.WriteAsync(device.Key, device.Credential, seen, writes, cancellationToken);
        foreach (var write in writes)
        {
            heads.Drop(device.Key, write.Row.Alias); // another request may have learned the old one meanwhile
        }

        return result;
    }
}
