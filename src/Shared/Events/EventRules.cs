using Murano.Shared.Access;
using Murano.Shared.State;
using Murano.Shared.Storage;

namespace Murano.Shared.Events;

/// <summary>What events a change makes, in which order, and who delivers them. No clock, no storage.</summary>
internal static class EventRules
{
    /// <summary>Longest name of a value that an event carries, in characters: no alias is longer. A device may write to any other name, of a megabyte too, which no row holds.</summary>
    public const int MaxNameLength = Alias.MaxEncodedLength;

    /// <summary>Most points of one record that an event carries.</summary>
    public const int MaxPoints = 50_000;

    private const string Protocol = "onep";

    /// <summary>Whether connections are kept: one of their ends is delivered.</summary>
    public static bool KeepsConnections(EventSettings settings) => settings.Delivers(EventType.Connect) || settings.Delivers(EventType.Disconnect);

    /// <summary>Whether a change touches the head of the device's events.</summary>
    public static bool Stores(EventSettings settings, EventChange change) => settings.IsOn && (change.Leaves || Delivers(settings, change));

    /// <summary>Whether a change may have something to deliver.</summary>
    public static bool Delivers(EventSettings settings, EventChange change) =>
        ((change.Connects || change.Disconnects) && KeepsConnections(settings)) || change.Happened.Any(happened => settings.Delivers(happened.Type));

    /// <summary>The change's events and, where something is delivered or a connection begins or ends, the rows that store them.</summary>
    /// <param name="settings">What is delivered.</param>
    /// <param name="operationId">The change; of a connection that begins also its id.</param>
    /// <param name="head">The head as it was read, or a new one; it knows the tags.</param>
    /// <param name="change">The change.</param>
    /// <param name="now">µs since the Unix epoch.</param>
    /// <param name="claim">How long whoever commits may deliver, if nobody does.</param>
    public static (OutboxWrite? Outbox, IReadOnlyList<DeviceEvent> Told) Plan(EventSettings settings, string operationId, EventsHead head, EventChange change, long now, TimeSpan claim)
    {
        var before = change.MakesDevice ? head with { Tags = "", Connection = "" } : head;
        var told = Compose(change, before.Key, before.Connection, operationId, now);
        if (before.Tags is { } text)
        {
            var tags = TagKeys.ParseList(text);
            told = [.. told.Select(happened => happened with { Tags = tags })];
        }

        var after = before with
        {
            Connection = change.Connects && KeepsConnections(settings) ? operationId : change.Disconnects ? "" : before.Connection,
            Tags = change.Leaves ? null : before.Tags,
            ExpiryTold = change.ExpiryTold == 0 ? before.ExpiryTold : change.ExpiryTold,
        };
        List<OutboxEvent> events = [];
        foreach (var happened in told.Where(happened => settings.Delivers(happened.Type)))
        {
            after = after with { Sequence = Math.Max(now, after.Sequence + 1) };
            events.Add(new OutboxEvent(head.Key, after.Sequence, happened.Type, happened.Time, JsonText.BytesOf(json => EventJson.Write(json, happened))));
        }

        // Nothing that anybody would miss is no reason to make the row.
        if (events.Count == 0 && (after == head || (head.ETag is null && after.Connection.Length == 0)))
        {
            return (null, told);
        }

        after = after with { OperationId = operationId };
        return (new OutboxWrite(events.Count > 0 && head.IsOpen(now) ? after with { ClaimedBy = operationId, ClaimedUntil = now + Micros(claim) } : after, events), told);
    }

    /// <summary>The change's events in order, without tags.</summary>
    /// <param name="change">The change.</param>
    /// <param name="device">The device.</param>
    /// <param name="connection">The connection before; empty = none, or none is kept.</param>
    /// <param name="begins">Id of a connection that begins; empty = none is kept.</param>
    /// <param name="now">µs since the Unix epoch.</param>
    public static IReadOnlyList<DeviceEvent> Compose(EventChange change, DeviceKey device, string connection, string begins, long now)
    {
        List<DeviceEvent> told = [];
        if (change.Disconnects && (connection.Length > 0 || change.WasOnline))
        {
            told.Add(new DeviceEvent { Type = EventType.Disconnect, Device = device, Time = change.DisconnectedAt == 0 ? now : change.DisconnectedAt, ConnectionId = connection });
        }

        told.AddRange(change.Happened.Select(happened => happened with { ConnectionId = change.Connects || change.Disconnects ? "" : connection }));
        if (change.Connects)
        {
            told.Add(new DeviceEvent { Type = EventType.Connect, Device = device, Time = now, Address = change.Address, Protocol = Protocol, ConnectionId = begins });
        }

        return told;
    }

    /// <summary>A device wrote values, of whatever aliases that are not too long.</summary>
    public static DeviceEvent Written(DeviceKey device, DeviceOrigin origin, IReadOnlyList<AliasValue> values, long now) =>
        DataIn(device, origin, now, [new EventPoint(now, [.. values.Where(value => value.Alias.Length <= MaxNameLength).Select(value => new EventValue(value.Alias, value.Value, ValueKind.Text))])]);

    /// <summary>A device recorded points: one entry for each time, in order; of two values of an alias at one time the later counts.</summary>
    public static DeviceEvent Recorded(DeviceKey device, DeviceOrigin origin, IReadOnlyList<RecordedValue> points, long now) =>
        DataIn(device, origin, now, [.. points.Where(point => point.Alias.Length <= MaxNameLength).GroupBy(point => point.Time).OrderBy(moment => moment.Key).Select(moment =>
            new EventPoint(moment.Key, [.. moment.GroupBy(point => point.Alias, StringComparer.Ordinal).Select(same => new EventValue(same.Key, same.Last().Value, ValueKind.Text))]))]);

    /// <summary>The cloud set values.</summary>
    public static DeviceEvent Set(DeviceKey device, IEnumerable<(Alias Alias, StateValue Value)> values, long now) => new()
    {
        Type = EventType.DataOut,
        Device = device,
        Time = now,
        Points = [new EventPoint(now, [.. values.Select(value => new EventValue(value.Alias.Value, value.Value.Text, value.Value.Kind))])],
    };

    /// <summary>Something that has no payload.</summary>
    /// <param name="type">What.</param>
    /// <param name="device">The device.</param>
    /// <param name="origin">The device's request; null = it is not the cause.</param>
    /// <param name="now">When, µs since the Unix epoch.</param>
    public static DeviceEvent Plain(EventType type, DeviceKey device, DeviceOrigin? origin, long now) =>
        new() { Type = type, Device = device, Time = now, Address = origin?.AddressText ?? "", Protocol = origin is null ? "" : Protocol };

    /// <summary>A device uploaded a file.</summary>
    public static DeviceEvent Uploaded(DeviceKey device, DeviceOrigin origin, EventFile file, long now) => Plain(EventType.ContentIn, device, origin, now) with { File = file };

    /// <summary>When the sweeper tries again what failed: later each time, within an hour.</summary>
    public static TimeSpan Rest(TimeSpan sweepAfter, int attempts) =>
        TimeSpan.FromTicks(Math.Min(Math.Max(TimeSpan.TicksPerHour, sweepAfter.Ticks), sweepAfter.Ticks << Math.Min(attempts, 12)));

    /// <summary>A span in µs.</summary>
    public static long Micros(TimeSpan span) => span.Ticks / TimeSpan.TicksPerMicrosecond;

    private static DeviceEvent DataIn(DeviceKey device, DeviceOrigin origin, long now, IReadOnlyList<EventPoint> points) => Plain(EventType.DataIn, device, origin, now) with { Points = points };
}
