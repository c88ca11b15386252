using Murano.Functions.Documentation;
using Murano.Shared.Polls;

namespace Murano.Functions.DeviceApi;

/// <summary>Describes <see cref="StateFunctions"/> and <see cref="RecordFunctions"/>.</summary>
internal static class DeviceStateDescription
{
    private static readonly ContentDescription Values = ContentDescription.Form("Aliases and values, both escaped.", "temperature=21.5&setpoint=22");

    /// <summary>How devices write, read and wait.</summary>
    public static ApiSection Section { get; } = new(
        "Device: values",
        ApiKind.Device,
        "A device writes its values and reads what the cloud has set. Values are text. An alias that the connector does not define is accepted and not stored.",
        new RouteDescription("Device_State_Read", Caller.Device, "Reads values, or waits for them")
        {
            Detail = "The query names the aliases, each a part of its own without a value: `?temperature&setpoint`. "
                + "A settable resource answers what was set, any other what was reported. With `Request-Timeout` it is a long poll, which ends when one of the aliases is set.",
            Parameters =
            [
                ParameterDescription.Header("Request-Timeout", "Milliseconds to wait for news.", Shape.Whole("", 0), ((long)PollRules.LongestWait.TotalMilliseconds).ToString(System.Globalization.CultureInfo.InvariantCulture)),
                ParameterDescription.Header("If-Modified-Since", "What counts as news: seconds since the Unix epoch, or a date; `0` for the present value.", Shape.AnyOf(Shape.Text(), Shape.Whole())),
            ],
            Replies =
            [
                new ReplyDescription(200, "The values, in the order asked for; those without a value are left out.", Values) { Headers = [("Last-Modified", "Only of a long poll: the date to come back with.")] },
                ReplyDescription.Empty("None of the aliases has a value."),
                new ReplyDescription(304, "The long poll ran out, and nothing was set."),
            ],
        },
        new RouteDescription("Device_State_Write", Caller.Device, "Writes values, and then reads")
        {
            Detail = "All values are stored, or none. Aliases in the query are read after the write.",
            Body = [Values],
            Replies = [ReplyDescription.Empty("Stored, and nothing to read."), new ReplyDescription(200, "Stored; the values that the query asked for.", Values)],
        },
        new RouteDescription("Device_Record", Caller.Device, "Records points with their times")
        {
            Detail = "The state keeps the newest point of each alias. Times are seconds since the Unix epoch; fractions are taken.",
            Body = [ContentDescription.Form("`alias=` and then its points as `time=value`; several of these in a row.", "alias=temperature&1528177860=21.5&1528264263=22")],
            Replies = [ReplyDescription.Empty("Recorded.")],
        },
        new RouteDescription("Device_Record_Alias", Caller.Device, "Records points of one alias")
        {
            Body = [ContentDescription.Form("Points as `time=value`.", "1528177860=21.5&1528264263=22")],
            Replies = [ReplyDescription.Empty("Recorded.")],
        });
}
