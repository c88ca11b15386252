using Murano.Functions.Documentation;
using Murano.Shared.Identities;

namespace Murano.Functions.ManagementApi;

/// <summary>Describes <see cref="IdentityFunctions"/>.</summary>
internal static class IdentityDescription
{
    private const string Listed =
        """{"identity":"my-device","auth":{"type":"token","expire":0},"status":"provisioned","locked":false,"reprovision":false,"devmode":false,"lastip":"203.0.113.7","lastprotocol":"https","lastseen":1500000000000000,"online":true,"presence":"online"}""";

    private static readonly Shape Auth = Shape.Object(("type", Shape.Word("The kind of credential.", "token", "password", "certificate")), ("expire", Shape.Micros("When the window for activation ends; 0 = never")));

    private static readonly (string, Shape)[] Fields =
    [
        ("identity", Shape.Text("The identity.")),
        ("auth", Auth),
        ("status", Shape.Word("Where it stands.", "whitelisted", "provisioned", "expired", "deleting")),
        ("locked", Shape.Flag("Whether it is kept out.")),
        ("reprovision", Shape.Flag("Whether it may activate once more.")),
        ("devmode", Shape.Flag("Whether it activated over plain http.")),
        ("lastip", Shape.Text("The address of its last call; empty = never.")),
        ("lastprotocol", Shape.Text("The protocol of its last call; empty = never.")),
        ("lastseen", Shape.Micros("When it called last; 0 = never")),
        ("online", Shape.Flag("Whether it is there.")),
        ("presence", Shape.Word("Whether it is there, in more words.", "never", "online", "late", "silent")),
    ];

    private static readonly Shape Identity = Shape.Object([.. Fields, ("state", IdentityStateDescription.State), ("tags", TagDescription.Map)]).Named("Identity");

    private static readonly Shape Page = Shape.Object(
        ("mayLoadMore", Shape.Flag("Whether more follow.")),
        ("cursor?", Shape.Text("Leads to the next page.")),
        ("devices", Shape.List(Shape.Object([.. Fields, ("state?", IdentityStateDescription.State), ("tags?", TagDescription.Map)]).Named("ListedIdentity")))).Named("IdentityPage");

    /// <summary>What may be wanted of an identity.</summary>
    internal static readonly (string, Shape)[] ChangeFields =
    [
        ("auth?", Shape.Object(
            ("type?", Shape.Word("The kind of credential; certificate when there is a key and no type.", "token", "password", "certificate", "cik")),
            ("key?", Shape.Text("The credential itself: a token of 40 letters and digits, a password, or a certificate as PEM.")),
            ("expire?", Shape.Micros("When the window for activation ends; 0 revokes the credential")))),
        ("locked?", Shape.Flag("Keeps the device out, or lets it in again.")),
        ("reprovision?", Shape.Flag("Lets the device activate once more.")),
    ];

    private static readonly Shape Change = Shape.Object(ChangeFields).Named("IdentityChange");
    private static readonly Shape New = Shape.Object([("identity?", Shape.Text("The identity; one is made up when absent.")), .. ChangeFields]).Named("NewIdentity");
    private static readonly Shape Made = Shape.Object(("identity", Shape.Text("The identity."))).Named("IdentityName");

    private static readonly Shape YesOrNo = Shape.Word("", "yes", "no", "true", "false");

    /// <summary>The parameters that choose identities, for whatever works on many.</summary>
    internal static IReadOnlyList<ParameterDescription> Filters { get; } =
    [
        ParameterDescription.Query("status", "Where they stand.", Shape.Word("", "whitelisted", "provisioned", "expired", "locked", "devmode", "reprovision"), "provisioned"),
        ParameterDescription.Query("locked", "Whether they are locked.", YesOrNo),
        ParameterDescription.Query("devmode", "Whether they activated over plain http.", YesOrNo),
        ParameterDescription.Query("reprovision", "Whether they may activate once more.", YesOrNo),
        ParameterDescription.Query("online", "Whether they are there.", YesOrNo),
        ParameterDescription.Query("auth", "The kind of their credential.", Shape.Word("", "token", "password", "certificate")),
        ParameterDescription.Query("identity", "What the identity looks like: text with `*` and `?`, or a regular expression.", example: "pump-*"),
        ParameterDescription.Query("ip", "What their last address looks like.", example: "203.0.113.*"),
        ParameterDescription.Query("ipaddress", "The same, as Murano spells it."),
        ParameterDescription.Query("id", "The same as `identity`."),
        ParameterDescription.Query(
            "tag",
            "A tag that they have: `name`, `name=value` or `name=beginning*`, or `{\"name\",\"value\"}` as JSON; a backslash takes the meaning from `=`, `*`, `\\` and `{`. May come more than once: all must hold.",
            Shape.List(Shape.Text())),
        ParameterDescription.Query("q", "The same as one line: words that all must hold, `name:value` or the beginning of the identity.", example: "locked:yes pump"),
    ];

    /// <summary>Identities.</summary>
    public static ApiSection Section { get; } = new(
        "Identities",
        ApiKind.Management,
        "The devices of a connector. A change is seen at once in lists and counts.",
        new RouteDescription("Management_Identity_List", Caller.Viewer, "Lists identities")
        {
            Detail = "Those seen last come first, those never seen last, in order of their creation.",
            Parameters =
            [
                ParameterDescription.Query("limit", "How many at most.", Shape.Whole("", 1), IdentityQuery.MaxLimit.ToString(System.Globalization.CultureInfo.InvariantCulture)),
                ParameterDescription.Query("cursor", "From the page before."),
                ParameterDescription.Query("before", "Those seen before this time, in microseconds or milliseconds.", Shape.Number()),
                ParameterDescription.Query("order", "Their order.", Shape.Word("", "lastseen", "identity")),
                ParameterDescription.Query("tags", "`true` for devices with their tags.", Shape.Word("", "true", "false")),
                ParameterDescription.Query("state", "Aliases with commas between, for devices with these values; `\\,` is a comma of an alias.", example: "temperature,setpoint"),
                .. Filters,
            ],
            Replies = [ReplyDescription.Json("A page.", Page, $$"""{"mayLoadMore":false,"devices":[{{Listed}}]}""")],
        },
        new RouteDescription("Management_Identity_Count", Caller.Viewer, "Counts identities")
        {
            Parameters = Filters,
            Replies = [ReplyDescription.Json("The count.", Shape.Object(("count", Shape.Whole())), """{"count":12}""")],
        },
        new RouteDescription("Management_Identity_Get", Caller.Viewer, "Reads an identity with its state and tags")
        {
            Parameters = [IdentityStateDescription.Times],
            Replies =
            [
                ReplyDescription.Json("The identity.", Identity, Listed[..^1] + ""","state":{"temperature":{"reported":"21.5","timestamp":1500000000000000}},"tags":{"site":["berlin"]}}"""),
            ],
        },
        new RouteDescription("Management_Identity_Post", Caller.Operator, "Makes an identity")
        {
            Detail = "A body without `identity` gets a new one of the connector's format.",
            Body = [ContentDescription.Json(New, """{"identity":"my-device","locked":false}""", "{}")],
            Replies = [ReplyDescription.Empty("Made."), ReplyDescription.Json("Made up.", Made, """{"identity":"c0ffee00"}""")],
            Refusals = [409],
        },
        new RouteDescription("Management_Identity_Put", Caller.Operator, "Makes or changes an identity")
        {
            Body =
            [
                ContentDescription.Json(
                    Change,
                    """{"auth":{"expire":1900000000000000},"locked":false}""",
                    $$"""{"auth":{"type":"token","key":"{{new string('0', 40)}}"},"locked":false}""") with { MayBeAbsent = true },
            ],
            Replies = [ReplyDescription.Empty("It is as asked.")],
            Refusals = [409],
        },
        new RouteDescription("Management_Identity_Patch", Caller.Operator, "Changes an identity")
        {
            Detail = "A revocation, `{\"auth\":{\"expire\":0}}`, is also true of an identity that does not exist.",
            Body = [ContentDescription.Json(Change, """{"locked":true}""", """{"auth":{"expire":0}}""", """{"reprovision":true}""")],
            Replies = [ReplyDescription.Empty("Changed.")],
            Refusals = [409],
        },
        new RouteDescription("Management_Identity_Delete", Caller.Operator, "Deletes an identity and all that hangs on it")
        {
            Replies = [new ReplyDescription(205, "Deleted.")],
        });
}
