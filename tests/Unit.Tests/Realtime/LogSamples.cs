using System.Text;
using Murano.Shared.Connectors;
using Murano.Shared.Events;
using Murano.Shared.Identities;
using Murano.Shared.Realtime;
using Murano.Shared.State;
using Murano.Shared.Storage;

namespace Murano.Unit.Tests.Realtime;

/// <summary>Connectors with watches, and events of their devices.</summary>
internal static class LogSamples
{
    public const long Now = 1_500_000_000_000_000;

    public static ConnectorId Id => ConnectorId.TryParse("u1rnqm3kgg2u80000", out var id) ? id : default;

    public static IdentityId Identity(string text) => IdentityId.TryParse(text, out var id) ? id : throw new ArgumentException("It is none.", nameof(text));

    public static Connector Watched(params (string? Identity, long Until)[] watches) => new(Id, new ConnectorSettings(), new Dictionary<Alias, ResourceDefinition>())
    {
        Watch = LogWatches.Of([.. watches.Select(watch => new LogWatch(watch.Identity is { } text ? Identity(text) : null, watch.Until, ""))]),
    };

    public static DeviceEvent Event(string identity = "sn-1", params (string Alias, string Text)[] values) => new()
    {
        Type = values.Length > 0 ? EventType.DataIn : EventType.Deleted,
        Device = new DeviceKey(Id, Identity(identity)),
        Time = Now,
        Points = values.Length > 0 ? [new EventPoint(Now, [.. values.Select(value => new EventValue(value.Alias, Encoding.UTF8.GetBytes(value.Text), ValueKind.Text))])] : [],
    };

    public static DeviceRefusal Refusal(string identity = "sn-1") => new()
    {
        Identity = identity,
        Device = IdentityId.TryParse(identity, out var device) ? device : null,
        Address = "203.0.113.7",
        Time = Now,
        Reason = "locked",
        Message = "The device is locked.",
        Code = 401,
        Method = "POST",
        Path = "/onep:v1/stack/alias",
    };
}
