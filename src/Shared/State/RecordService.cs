using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;
using Murano.Shared.Access;
using Murano.Shared.Connectors;
using Murano.Shared.Events;
using Murano.Shared.Storage;

namespace Murano.Shared.State;

/// <summary>Takes values that a device measured earlier.</summary>
public sealed class RecordService(TableDeviceStore devices, DeviceAccess access, DeviceRecency recency, StateHeadCache heads, DeviceEvents events, IOptions<DeviceOptions> options)
{
    // In an event, at most: of a character or byte as JSON, and of a point besides name and value.
    private const int BytesOfOne = 6;
    private const int BytesAround = 64;

    private static readonly Failure TooMuch = new Failure.TooLarge("too-many-points", "Too many points for one event. Record them in several requests.");

    /// <summary>Whether somebody is to be told of all points that a device records, not only of the newest.</summary>
    public bool WantsAll(DeviceSession device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return events.Begin(device.Connector, device.Key, EventType.DataIn) is not null;
    }

    /// <summary>A device records points; of each alias the newest counts. Undefined aliases are accepted and not stored.</summary>
    /// <param name="device">Who records.</param>
    /// <param name="points">The newest point of each alias, within <see cref="StateLimits"/>, which the caller has checked.</param>
    /// <param name="all">All points in the order in which they came, for those who are to be told; null = nobody is.</param>
    /// <param name="cancellationToken">The request's own deadline, not the client's disconnect.</param>
    /// <returns>Done; Unauthorized when the credential no longer holds; TooLarge for more points than an event carries; Busy when too many write at once.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    public async Task<Outcome<Done>> RecordAsync(DeviceSession device, IReadOnlyList<RecordedValue> points, IReadOnlyList<RecordedValue>? all, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(points);
        var work = all is null ? null : events.Begin(device.Connector, device.Key, EventType.DataIn);
        DeviceEvent? happened = null;
        if (work is not null && !TryTell(device, all!, out happened))
        {
            return TooMuch;
        }

        List<(ResourceDefinition Definition, RecordedValue Point)> defined = new(points.Count);
        foreach (var point in points)
        {
            if (Alias.TryParse(point.Alias, out var alias) && device.Connector.Resources.TryGetValue(alias, out var definition))
            {
                defined.Add((definition, point));
            }
        }

        var outcome = await FencedWrites.SettleAsync(access, device, session => TryRecordAsync(session, defined, work, happened, cancellationToken), cancellationToken);
        await events.EndAsync(work, isDone: false);
        return outcome;
    }

    // What is delivered is whole or refused. Who only watches gets the beginning of it: watching never fails a request.
    private static bool TryTell(DeviceSession device, IReadOnlyList<RecordedValue> all, [NotNullWhen(true)] out DeviceEvent? happened)
    {
        var delivers = device.Connector.Settings.Events.Delivers(EventType.DataIn);
        happened = null;
        if (all.Count > EventRules.MaxPoints)
        {
            if (delivers)
            {
                return false;
            }

            all = [.. all.Take(EventRules.MaxPoints)];
        }

        var told = EventRules.Recorded(device.Key, device.Origin, all, 0);
        happened = told;

        // What is surely small enough is not written only to be measured.
        return !delivers
            || all.Sum(point => ((point.Alias.Length + (long)point.Value.Length) * BytesOfOne) + BytesAround) <= OutboxEntities.MaxStoredBytes
            || OutboxEntities.Fits(JsonText.BytesOf(json => EventJson.Write(json, told)));
    }

    private async Task<CommitResult> TryRecordAsync(
        DeviceSession device, List<(ResourceDefinition Definition, RecordedValue Point)> points, EventWork? work, DeviceEvent? happened, CancellationToken cancellationToken)
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

        var (result, _) = work is null
            ? await recency.WriteAsync(device.Key, device.Credential, seen, writes, null, cancellationToken)
            : await events.CommitAsync(
                work,
                new EventChange { Happened = [happened! with { Time = seen.At }], IsHeard = true },
                outbox => recency.WriteAsync(device.Key, device.Credential, seen, writes, outbox, cancellationToken),
                cancellationToken);
        foreach (var write in writes)
        {
            heads.Drop(device.Key, write.Row.Alias); // another request may have learned the old one meanwhile
        }

        return result;
    }
}
