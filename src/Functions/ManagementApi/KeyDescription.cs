using Murano.Functions.Documentation;

namespace Murano.Functions.ManagementApi;

/// <summary>Describes <see cref="KeyFunctions"/>.</summary>
internal static class KeyDescription
{
    private static readonly (string, Shape)[] Fields =
    [
        ("id", Shape.Text("The id.")),
        ("name", Shape.Text("The name, with which people log in.")),
        ("role", BusinessDescription.Role),
        ("connectors", Shape.List(Shape.Text(), "Ids of the connectors that it is for; null for all.").OrNull()),
        ("expires", Shape.Micros("When it ends; 0 = never")),
    ];

    private static readonly Shape Key = Shape.Object([.. Fields, ("created", Shape.Micros("When it was made")), ("lastused", Shape.Micros("When it was used last; 0 = never"))]).Named("Key");
    private static readonly Shape Made = Shape.Object([.. Fields, ("secret", Shape.Text("The secret, which is shown this once."))]).Named("MadeKey");

    private static readonly Shape New = Shape.Object(
        ("name", Shape.Text("The name.")),
        ("role", BusinessDescription.Role),
        ("connectors?", Shape.List(Shape.Text(), "Ids of the connectors; all when absent.").OrNull()),
        ("expires?", Shape.Micros("When it ends"))).Named("NewKey");

    /// <summary>Operators' keys.</summary>
    public static ApiSection Section { get; } = new(
        "Keys",
        ApiKind.Management,
        "Operators' keys. Nobody gives a higher role, more connectors or a longer time than they have.",
        new RouteDescription("Management_Key_List", Caller.Admin, "Lists keys")
        {
            Replies = [ReplyDescription.Json("The keys within the caller's scope.", Shape.List(Key), """[{"id":"abcdefghijkl","name":"ann","role":"viewer","connectors":null,"expires":0,"created":1500000000000000,"lastused":0}]""")],
        },
        new RouteDescription("Management_Key_Post", Caller.Admin, "Makes a key")
        {
            Body = [ContentDescription.Json(New, """{"name":"ann","role":"viewer","connectors":["u1rnqm3kgg2u80000"]}""")],
            Replies = [ReplyDescription.Json("The key with its secret.", Made, """{"id":"abcdefghijkl","name":"ann","role":"viewer","connectors":["u1rnqm3kgg2u80000"],"expires":0,"secret":"the secret"}""")],
        },
        new RouteDescription("Management_Key_Delete", Caller.Admin, "Revokes a key and ends its sessions")
        {
            Replies = [ReplyDescription.Empty("Revoked.")],
            Refusals = [404, 409],
        });
}
