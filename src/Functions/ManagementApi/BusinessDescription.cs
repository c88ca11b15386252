using Murano.Functions.Documentation;

namespace Murano.Functions.ManagementApi;

/// <summary>Describes <see cref="BusinessFunctions"/> and <see cref="SolutionFunctions"/>.</summary>
internal static class BusinessDescription
{
    private static readonly Shape Membership = Shape.List(Shape.Object(
        ("bizid", Shape.Text("Id of the business.")),
        ("role", Role),
        ("name", Shape.Text("Name of the business."))).Named("Membership"));

    private static readonly Shape Overview = Shape.Object(
        ("name", Shape.Text("Name of the business.")),
        ("email", Shape.Text("Name of the caller's key.")),
        ("tier", Shape.Object(("id", Shape.Text()))),
        ("lineitems", Shape.List(Shape.Any, "Always empty."))).Named("Business");

    private static readonly Shape Listed = Shape.Object(
        ("bizid", Shape.Text("Id of the business.")),
        ("type", Shape.Word("There are only products.", "product")),
        ("apiId", Shape.Text("Id of the connector.")),
        ("sid", Shape.Text("Id of the connector, once more.")),
        ("name", Shape.Text("Name of the connector.")),
        ("domain", Shape.Text("Host name of the connector, without a port."))).Named("ListedSolution");

    private static readonly Shape Solution = Shape.Object(
        ("id", Shape.Text("Id of the connector.")), ("name", Shape.Text("Its name.")), ("domain", Shape.Text("Its host name, without a port."))).Named("Solution");

    private static readonly Shape NewSolution = Shape.Object(
        ("label", Shape.Text("The name: letters and digits, the first a letter.", maxLength: 63)), ("type", Shape.Word("Only products can be made.", "product"))).Named("NewSolution");

    private static readonly Shape Usage = Shape.Object(("device2", Shape.Object(
        ("service", Shape.Text("Always `device2`.")),
        ("quota", Shape.Map(Shape.Whole(), "Limits; empty where there are none.")),
        ("usage", Shape.Object(("identity_total", Shape.Whole("Identities.")), ("identity_provisioned", Shape.Whole("Those with a credential.")), ("identity_locked", Shape.Whole("Those that are locked."))))))).Named("Usage");

    private static readonly Shape Items = Shape.Object(("items", Shape.List(Shape.Any)), ("total", Shape.Whole())).Named("Items");

    /// <summary>The word for a role.</summary>
    internal static Shape Role => Shape.Word("The role of a key.", "viewer", "operator", "admin");

    /// <summary>Look-ups before a connector is reached.</summary>
    public static ApiSection Section { get; } = new(
        "Business and connectors",
        ApiKind.Management,
        "There is one business. Its solutions of type `product` are the connectors within the scope of the caller's key.",
        new RouteDescription("Management_Business_Membership", Caller.Viewer, "Lists the caller's businesses")
        {
            Replies = [ReplyDescription.Json("The one business.", Membership, """[{"bizid":"murano","role":"admin","name":"Murano"}]""")],
            Refusals = [404],
        },
        new RouteDescription("Management_Business_Overview", Caller.Viewer, "Tells about the business")
        {
            Replies = [ReplyDescription.Json("The business.", Overview, """{"name":"Murano","email":"admin","tier":{"id":"standard"},"lineitems":[]}""")],
            Refusals = [404],
        },
        new RouteDescription("Management_Business_Solution_List", Caller.Viewer, "Lists connectors")
        {
            Replies =
            [
                ReplyDescription.Json(
                    "The connectors that the key may see.",
                    Shape.List(Listed),
                    """[{"bizid":"murano","type":"product","apiId":"u1rnqm3kgg2u80000","sid":"u1rnqm3kgg2u80000","name":"pumps","domain":"u1rnqm3kgg2u80000.m2.example"}]"""),
            ],
            Refusals = [404],
        },
        new RouteDescription("Management_Business_Solution_Post", Caller.Admin, "Makes a connector")
        {
            Detail = "Needs a key for all connectors.",
            Body = [ContentDescription.Json(NewSolution, """{"label":"pumps","type":"product"}""")],
            Replies = [ReplyDescription.Json("Its id.", Shape.Object(("id", Shape.Text("Id of the connector."))), """{"id":"u1rnqm3kgg2u80000"}""")],
            Refusals = [404, 409],
        },
        new RouteDescription("Management_Business_Solution_Delete", Caller.Admin, "Deletes a connector with all its devices")
        {
            Detail = "Nobody sees it from then on; what hangs on it is removed bit by bit.",
            Replies = [ReplyDescription.Json("Being deleted.", Shape.Object(), "{}")],
        },
        new RouteDescription("Management_Solution_Get", Caller.Viewer, "Tells about a connector")
        {
            Replies = [ReplyDescription.Json("The connector.", Solution, """{"id":"u1rnqm3kgg2u80000","name":"pumps","domain":"u1rnqm3kgg2u80000.m2.example"}""")],
        },
        new RouteDescription("Management_Solution_Get_Usage", Caller.Viewer, "Counts the identities of a connector")
        {
            Detail = "They are counted one by one: not a question to ask every second.",
            Replies = [ReplyDescription.Json("The counts.", Usage, """{"device2":{"service":"device2","quota":{},"usage":{"identity_total":12,"identity_provisioned":10,"identity_locked":1}}}""")],
        },
        new RouteDescription("Management_Solution_Get_Version", Caller.Viewer, "Tells which command lines are too old: none")
        {
            Replies = [ReplyDescription.Json("Nothing.", Shape.Object(), "{}")],
        },
        new RouteDescription("Management_Solution_Part", Caller.Viewer, "Answers for a part that only applications have")
        {
            Detail = "`serviceconfig`, `eventhandler` and `module` are empty pages; `endpoint`, `role`, `user`, `file` and `cors` empty lists. Command lines ask for them.",
            Replies = [ReplyDescription.Json("Nothing, in the part's own form.", Shape.AnyOf(Items, Shape.List(Shape.Any)), "[]", """{"items":[],"total":0}""")],
        });
}
