using Murano.Functions.Documentation;
using Murano.Shared.Events;

namespace Murano.Functions.ManagementApi;

/// <summary>Describes <see cref="EventFunctions"/> and <see cref="DeadLetterFunctions"/>.</summary>
internal static class EventDescription
{
    private const string Letter =
        """{"id":"0001500000000000000!pump-1","type":"data_in","identity":"pump-1","time":1500000000000000,"sequence":"0001500000000000000","why":"The receiver answered 400.","event":{"type":"data_in","identity":"pump-1","ip":"203.0.113.7","protocol":"onep","timestamp":1500000000000000,"payload":[{"timestamp":1500000000000000,"values":{"temperature":"21.5"}}]}}""";

    private static readonly Shape Why = Shape.Text("Why not, for people.");
    private static readonly Shape Cursor = Shape.Text("Leads to the next page.");

    private static readonly Shape Item = Shape.Object(
        ("id", Shape.Text("Names it.")),
        ("type", Type),
        ("identity", Shape.Text("The device.")),
        ("time", Shape.Micros("When it happened")),
        ("sequence", Shape.Text("Rises with each event of the device, and compares as text.")),
        ("why", Shape.Text("Why it was given up, for people.")),
        ("event", Shape.Map(Shape.Any, "The event."))).Named("DeadLetter");

    private static readonly Shape State = Shape.Object(
        ("on", Shape.Flag("Whether events are delivered: there are types and a destination.")),
        ("types", Shape.List(Type, "The types that are delivered.")),
        ("destination?", Destination),
        ("breaker", Shape.Object(
            ("open", Shape.Flag("Whether the instance that answers leaves the destination alone for a while.")),
            ("failures", Shape.Whole("Attempts of that instance that failed in a row.")),
            ("until", Shape.Micros("When it tries again; 0 = it does")))),
        ("deadletters", Shape.Object(("count", Shape.Whole("How many there are, 1,000 at most.")), ("more", Shape.Flag("Whether there are more.")))));

    /// <summary>A type of event.</summary>
    public static Shape Type => Shape.Word("What happened.", [.. Enum.GetValues<EventType>().Select(EventTypeNames.Of)]);

    /// <summary>A kind of destination.</summary>
    public static Shape Kind => Shape.Word("What receives the events.", [.. Enum.GetValues<EventDestinationKind>().Select(EventSettingsJson.WordOf)]);

    /// <summary>A destination as it is shown.</summary>
    public static Shape Destination => Shape.Object(("type", Kind), ("url", Shape.Text("Its address. A query, which may hold a key, shows as `***`; sent back like that it stays as it is.")));

    /// <summary>Events for the owner's code.</summary>
    public static ApiSection Section { get; } = new(
        "Events",
        ApiKind.Management,
        "Events for the owner's own code: how their delivery stands, and those that could not be delivered. Types and destination are settings.",
        new RouteDescription("Management_Event_Get", Caller.Viewer, "Says how the delivery stands")
        {
            Replies =
            [
                ReplyDescription.Json(
                    "How it stands.",
                    State,
                    """{"on":true,"types":["data_in"],"destination":{"type":"webhook","url":"https://events.example.com/murano"},"breaker":{"open":false,"failures":0,"until":0},"deadletters":{"count":0,"more":false}}"""),
            ],
        },
        new RouteDescription("Management_Event_Test", Caller.Operator, "Sends a test event")
        {
            Detail = "Its type is `murano.test`. It is sent once, also to a destination that is left alone for a while.",
            Replies = [ReplyDescription.Json("Whether it arrived.", Shape.Object(("delivered", Shape.Flag("Whether it arrived.")), ("why?", Why)), """{"delivered":true}""", """{"delivered":false,"why":"The receiver answered 404."}""")],
            Refusals = [409],
        },
        new RouteDescription("Management_Event_Secret", Caller.Admin, "Gives the webhook another secret")
        {
            Detail = "The secret is shown this once. It replaces the old one at once, on other instances of the app within 10 seconds.",
            Replies = [ReplyDescription.Json("The secret.", Shape.Object(("secret", Shape.Text("In the form in which libraries for Standard Webhooks take it."))), """{"secret":"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}""")],
            Refusals = [409],
        },
        new RouteDescription("Management_DeadLetter_List", Caller.Viewer, "Lists events that could not be delivered, in order of time")
        {
            Parameters = [ParameterDescription.Query("limit", "Most events of the page, 100 at most.", Shape.Whole("", 1)), ParameterDescription.Query("cursor", "From the page before.")],
            Replies = [ReplyDescription.Json("A page.", Shape.Object(("items", Shape.List(Item)), ("cursor?", Cursor)), $$"""{"items":[{{Letter}}]}""")],
        },
        new RouteDescription("Management_DeadLetter_Retry", Caller.Operator, "Sends one of them again")
        {
            Detail = "Once, with the id and sequence that it had.",
            Replies = [ReplyDescription.Empty("It arrived, and is kept no longer.")],
            Refusals = [409],
        },
        new RouteDescription("Management_DeadLetter_RetryAll", Caller.Operator, "Sends many of them again")
        {
            Detail = "Up to 100, in order of time. It stops when the destination fails, and goes on after those that the destination refuses.",
            Parameters = [ParameterDescription.Query("cursor", "From the reply before.")],
            Replies =
            [
                ReplyDescription.Json(
                    "What became of them.",
                    Shape.Object(
                        ("delivered", Shape.Whole("How many arrived.")),
                        ("failed", Shape.Whole("How many did not.")),
                        ("why?", Shape.Text("Why the last of these did not, for people.")),
                        ("more", Shape.Flag("Whether some are left that were not tried.")),
                        ("cursor?", Shape.Text("Where these begin; at the beginning where it is missing."))),
                    """{"delivered":3,"failed":0,"more":false}""",
                    """{"delivered":0,"failed":1,"why":"The receiver answered 500.","more":true}"""),
            ],
            Refusals = [409],
        },
        new RouteDescription("Management_DeadLetter_Delete", Caller.Operator, "Discards one of them")
        {
            Replies = [ReplyDescription.Empty("Discarded.")],
        },
        new RouteDescription("Management_DeadLetter_DeleteAll", Caller.Operator, "Discards many of them")
        {
            Detail = "Up to 1,000, in order of time.",
            Replies = [ReplyDescription.Json("How many.", Shape.Object(("discarded", Shape.Whole("How many were discarded.")), ("more", Shape.Flag("Whether some are left."))), """{"discarded":3,"more":false}""")],
        });
}
