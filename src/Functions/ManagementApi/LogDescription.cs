using Murano.Functions.Documentation;

namespace Murano.Functions.ManagementApi;

/// <summary>Describes <see cref="LogFunctions"/>.</summary>
internal static class LogDescription
{
    private static readonly Shape Address = Shape.Object(
        ("url", Shape.Text("Address (`wss`) to connect to, of Azure Web PubSub. It holds a token: whoever has it hears what the key's holder may hear.")),
        ("expires_in", Shape.Whole("For how many seconds the address can be connected to, and the log is shown unless it is asked for again."))).Named("LogAddress");

    private static readonly Shape Items = Shape.Object(("items", Shape.List(Shape.Any)), ("total", Shape.Whole())).Named("Items");

    /// <summary>The live log.</summary>
    public static ApiSection Section { get; } = new(
        "Live log",
        ApiKind.Management,
        "What devices do, and why they are refused, while somebody watches. Nothing is kept, and events may be lost; docs/live.md shows all of them.",
        new RouteDescription("Management_Log_Negotiate", Caller.Viewer, "Begins to watch a connector or a device, or goes on")
        {
            Detail = "Ask again every minute while you watch: without a watcher nothing is sent. Whoever connects with the address can listen and nothing else. "
                + "409 `no-live-channel` where no Web PubSub is configured; 429 when 100 devices of the connector are watched one by one.",
            Parameters = [ParameterDescription.Query("identity", "The one device to watch, known or not; without it all of the connector's.", null, "my-device")],
            Replies =
            [
                ReplyDescription.Json(
                    "Where it can be heard.",
                    Address,
                    """{"url":"wss://example.webpubsub.azure.com/client/hubs/log?access_token=eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl","expires_in":120}"""),
            ],
            Refusals = [404, 409],
        },
        new RouteDescription("Management_Solution_Get_Logs", Caller.Viewer, "Answers an empty log, or shows what happens from now on")
        {
            Detail = "Nothing is kept, so the list is empty. With `polling=true` the reply goes on, up to `LiveLog__MaxStream`: one JSON object a line as it happens, and an empty line when nothing does. "
                + "Its `data` is the event; `timestamp` is in seconds. 429 when an instance shows `LiveLog__MaxStreams` logs already.",
            Parameters = [ParameterDescription.Query("polling", "`true`: what happens from now on.", Shape.Flag())],
            Replies =
            [
                new ReplyDescription(
                    200,
                    "No items; or what happens, line by line.",
                    ContentDescription.Json(Items, """{"items":[],"total":0}"""),
                    new ContentDescription(
                        ContentDescription.LinesType,
                        Shape.Text("One object a line."),
                        """{"type":"deleted","subject":"my-device","timestamp":1500000000,"data":{"type":"deleted","identity":"my-device","timestamp":1500000000000000}}""" + "\n")),
            ],
            Refusals = [409],
        });
}
