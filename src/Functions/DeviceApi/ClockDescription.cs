using Murano.Functions.Documentation;

namespace Murano.Functions.DeviceApi;

/// <summary>Describes <see cref="ClockFunctions"/>.</summary>
internal static class ClockDescription
{
    /// <summary>What devices may ask without a credential.</summary>
    public static ApiSection Section { get; } = new(
        "Device: time and address",
        ApiKind.Device,
        "For devices that have no clock and do not know their address.",
        new RouteDescription("Device_Timestamp", Caller.Anyone, "Tells the time")
        {
            Replies = [new ReplyDescription(200, "Seconds since the Unix epoch.", ContentDescription.Text(Shape.Text("Digits.", "^[0-9]+$"), "1528177860"))],
        },
        new RouteDescription("Device_Ip", Caller.Anyone, "Tells the caller's address")
        {
            Replies = [new ReplyDescription(200, "The address.", ContentDescription.Text(Shape.Text("An IPv4 or IPv6 address."), "203.0.113.7"))],
        });
}
