using Murano.Functions.Documentation;
using Murano.Shared.Connectors;

namespace Murano.Functions.ManagementApi;

/// <summary>Describes <see cref="SettingsFunctions"/> and <see cref="ResourceFunctions"/>.</summary>
internal static class SettingsDescription
{
    private const string Example =
        """
        {"name":"pumps","description":"","fqdn":"u1rnqm3kgg2u80000.m2.example",
         "protocol":{"name":"onep","devmode":false,"port":443},
         "identity_format":{"prefix":"","type":"opaque","options":{"casing":"mixed","length":0}},
         "provisioning":{"auth_type":"token","enabled":true,"generate_identity":false,"presenter_identity":true,"ip_whitelisting":{"enabled":false,"allowed":[]}},
         "resources":{"temperature":{"format":"number","unit":"C","settable":false,"allowed":["-40:120"],"sync":true}}}
        """;

    private static readonly Shape Format = Shape.Word("What values are.", "string", "number", "boolean");

    private static readonly Shape Allowed = Shape.List(Shape.Scalar(), "Ranges such as `0:100`, or single values; anything when empty.");

    private static readonly Shape Resource = Shape.Object(
        ("format", Format),
        ("unit", Shape.Text("The unit.")),
        ("settable", Shape.Flag("Whether the cloud may set it.")),
        ("allowed", Allowed),
        ("sync", Shape.Flag("Whether it has a set and a reported value apart.")),
        ("initial?", Shape.Scalar("The first value, of settable resources."))).Named("Resource");

    private static readonly Shape NewResource = Shape.Object(
        ("format?", Format),
        ("unit?", Shape.Text("The unit.").OrNull()),
        ("settable?", Shape.Flag("Whether the cloud may set it; false when absent.").OrNull()),
        ("allowed?", Allowed.OrNull()),
        ("sync?", Shape.Flag("True when absent.").OrNull()),
        ("initial?", Shape.Scalar().OrNull())).Named("NewResource");

    private static readonly Shape ProtocolName = Shape.Word("The protocol.", "onep", "onep:v1/http", "mqtt", "murano:v1/mqtt");
    private static readonly Shape AuthKind = Shape.Word("What devices show.", "token", "password", "certificate");
    private static readonly Shape Casing = Shape.Word("Letters of identities.", "mixed", "upper", "lower");

    private static readonly Shape EventTypes = Shape.List(EventDescription.Type, "The types that are delivered.");

    private static readonly Shape Tls = Shape.Object(("policy", Shape.AnyOf(Shape.Word("A policy of Murano's.", "TLS v1.2 Default", "TLS v1.0 Legacy"), Shape.List(Shape.Text(), "A policy of one's own. It is kept and shown: the platform decides about TLS."))));

    private static readonly Shape Settings = Shape.Object(
        ("name", Shape.Text("The name.", maxLength: SettingsJson.MaxNameLength)),
        ("description", Shape.Text("A description.")),
        ("fqdn", Shape.Text("The host that devices call, with a port where they need one.")),
        ("protocol", Shape.Object(("name", ProtocolName), ("devmode", Shape.Flag("Whether plain http is heard under the developer-mode name.")), ("port", Shape.Whole("", 1, 65_535)), ("tls?", Tls))),
        ("identity_format", Shape.Object(
            ("prefix", Shape.Text("What each identity begins with.")),
            ("type", Shape.Text("The kind of identities, such as `opaque`, `base16`, `mac:48` or `uuid`.")),
            ("options", Shape.Object(("casing", Casing), ("length", Shape.Number("Characters; 0 for any number.")))))),
        ("provisioning", Shape.Object(
            ("auth_type", AuthKind),
            ("enabled", Shape.Flag("Whether devices may activate.")),
            ("generate_identity", Shape.Flag("Whether a device without an identity gets one.")),
            ("presenter_identity", Shape.Flag("Whether an unknown identity may present itself.")),
            ("ip_whitelisting", Shape.Object(("enabled", Shape.Flag()), ("allowed", Shape.List(Shape.Text(), "Addresses and CIDR ranges.")))))),
        ("pki?", Shape.Object(("enabled", Shape.Flag("Whether certificates must come from the CA.")), ("client_ca", Shape.Text("Certificates of the CA as PEM.")))),
        ("events?", Shape.Object(("types", EventTypes), ("destination?", EventDescription.Destination))),
        ("resources", Shape.Map(Resource, "The resources by alias."))).Named("Settings");

    private static readonly Shape SettingsChange = Shape.Object(
        ("name?", Shape.Text()),
        ("description?", Shape.Text()),
        ("protocol?", Shape.Object(("name?", ProtocolName), ("devmode?", Shape.Flag()), ("port?", Shape.AnyOf(Shape.Whole("", 1, 65_535), Shape.Text())), ("tls?", Tls))),
        ("identity_format?", Shape.Object(("prefix?", Shape.Text()), ("type?", Shape.Text()), ("options?", Shape.Object(("casing?", Casing), ("length?", Shape.Number()))))),
        ("provisioning?", Shape.Object(
            ("auth_type?", AuthKind),
            ("enabled?", Shape.Flag()),
            ("generate_identity?", Shape.Flag()),
            ("presenter_identity?", Shape.Flag()),
            ("ip_whitelisting?", Shape.Object(("enabled?", Shape.Flag()), ("allowed?", Shape.List(Shape.Text())))))),
        ("pki?", Shape.Object(("enabled?", Shape.Flag()), ("client_ca?", Shape.Text()))),
        ("events?", Shape.Object(
            ("types?", EventTypes),
            ("destination?", Shape.Object(("type?", EventDescription.Kind), ("url?", Shape.Text("An https address."))).OrNull()))),
        ("resources?", Shape.Map(NewResource, "Replaces the map: an alias that is missing here is deleted."))).Named("SettingsChange");

    /// <summary>Settings and resources.</summary>
    public static ApiSection Section { get; } = new(
        "Settings and resources",
        ApiKind.Management,
        "How a connector takes its devices in, and which values they have. Other instances of the app follow a change within 10 seconds.",
        new RouteDescription("Management_Settings_Get", Caller.Viewer, "Reads settings and resources")
        {
            Replies = [ReplyDescription.Json("The settings.", Settings, Example)],
        },
        new RouteDescription("Management_Settings_Patch", Caller.Admin, "Changes settings, replaces resources")
        {
            Detail = "Sections are merged field by field; the map of resources is replaced as a whole. With one bad field nothing is changed.",
            Body =
            [
                ContentDescription.Json(
                    SettingsChange,
                    """{"protocol":{"name":"onep","devmode":true}}""",
                    """{"identity_format":{"prefix":"P-","type":"base10","options":{"casing":"mixed","length":8}}}""",
                    """{"provisioning":{"presenter_identity":false,"ip_whitelisting":{"enabled":true,"allowed":["203.0.113.0/24"]}}}""",
                    """{"events":{"types":["data_in","disconnect"],"destination":{"type":"webhook","url":"https://events.example.com/murano"}}}""",
                    """{"resources":{"temperature":{"format":"number","unit":"C"},"setpoint":{"format":"number","unit":"C","settable":true,"allowed":["5:30"]}}}"""),
            ],
            Replies = [ReplyDescription.Empty("Changed.")],
        },
        new RouteDescription("Management_Resource_Get", Caller.Viewer, "Reads a resource")
        {
            Replies = [ReplyDescription.Json("The definition.", Resource, """{"format":"number","unit":"C","settable":true,"allowed":["5:30"],"sync":true,"initial":20}""")],
        },
        new RouteDescription("Management_Resource_Post", Caller.Admin, "Adds a resource")
        {
            Body = [ContentDescription.Json(NewResource, """{"format":"number","unit":"C","settable":true,"initial":20}""")],
            Replies = [ReplyDescription.Empty("Added.")],
            Refusals = [409],
        },
        new RouteDescription("Management_Resource_Put", Caller.Admin, "Replaces a resource")
        {
            Body = [ContentDescription.Json(NewResource, """{"format":"number","unit":"F"}""")],
            Replies = [ReplyDescription.Empty("Replaced.")],
        },
        new RouteDescription("Management_Resource_Delete", Caller.Admin, "Removes a resource")
        {
            Replies = [ReplyDescription.Empty("Removed.")],
        });
}
