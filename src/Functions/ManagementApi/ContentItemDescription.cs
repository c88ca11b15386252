using Murano.Functions.Documentation;
using Murano.Shared.Content;

namespace Murano.Functions.ManagementApi;

/// <summary>Describes <see cref="ContentItemFunctions"/> and <see cref="SignedContentFunctions"/>.</summary>
internal static class ContentItemDescription
{
    private const string AnyType = "*/*";
    private const string ItemExample = """{"type":"image/png","length":23427,"last_modified":"2016-05-06T01:22:31.000Z","id":"boot.png","sha256":"2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824","tags":{"description":"Boot splash screen"}}""";

    private static readonly (string Name, Shape Shape)[] Fields =
    [
        ("type", Shape.Text("MIME type.")),
        ("length", Shape.Whole("Bytes.")),
        ("last_modified", Shape.Text("Date and time of the upload, with milliseconds, UTC.")),
        ("id", Shape.Text("The file.")),
        ("sha256?", Shape.Text("SHA-256 of the bytes, 64 lower-case hexadecimal digits; absent when the bytes were put there by something else.", "^[0-9a-f]{64}$")),
    ];

    private static readonly Shape Tags = Shape.Map(Shape.AnyOf(Shape.Text(), Shape.List(Shape.Text())), "What operators noted; devices see `description`.");
    private static readonly Shape Item = Shape.Object([.. Fields, ("tags", Tags)]).Named("ContentItem");
    private static readonly Shape Listed = Shape.AnyOf(Shape.Text("Its id."), Shape.Object([.. Fields, ("tags?", Tags)]).Named("ListedContentItem"));
    private static readonly Shape Id = Shape.Object(("id", Shape.Text("The file.")));

    private static readonly ParameterDescription[] Choice =
    [
        ParameterDescription.Query("prefix", "What ids begin with.", example: "device2/my-device/"),
        ParameterDescription.Query("tags", "Tags that the files have, as a JSON object.", example: """{"kind":"firmware"}"""),
    ];

    private static readonly ParameterDescription Duration = ParameterDescription.Query("expires_in", "For how many seconds the address holds; 300 when absent.", Shape.Whole("", 1, 3600), "30");

    private static readonly ParameterDescription[] Signature =
    [
        ParameterDescription.Query("expires", "From when on it no longer holds, in seconds since the Unix epoch.", Shape.Whole()) with { IsRequired = true },
        ParameterDescription.Query("key", "Id of the key that asked for it.") with { IsRequired = true },
        ParameterDescription.Query("signature", "The signature.") with { IsRequired = true },
    ];

    /// <summary>Operators' files.</summary>
    public static ApiSection Section { get; } = new(
        "Files",
        ApiKind.Management,
        "Files of a connector, for all its devices, and those that devices brought: their ids begin with `device2/{identity}/`. Slashes in an id are escaped in addresses. Refusals also have `type`, the same word as `reason`.",
        new RouteDescription("Management_Content_List", Caller.Viewer, "Lists files")
        {
            Detail = "With `limit` or `cursor` in pages; a page may have fewer files than the limit, or none, although more follow.",
            Parameters =
            [
                ParameterDescription.Query("full", "`true` for all that is known of them, else their ids alone.", Shape.Word("", "true", "false")),
                .. Choice,
                ParameterDescription.Query("limit", "How many at most.", Shape.Whole("", 1), ContentItemQuery.MaxLimit.ToString(System.Globalization.CultureInfo.InvariantCulture)),
                ParameterDescription.Query("cursor", "From the page before."),
            ],
            Replies =
            [
                ReplyDescription.Json(
                    "The files, or a page of them.",
                    Shape.AnyOf(Shape.List(Listed), Shape.Object(("items", Shape.List(Listed)), ("cursor", Shape.Text("Leads to the next page; null on the last.").OrNull())).Named("ContentPage")),
                    """["device2/my-device/log.txt","boot.png"]""",
                    $"[{ItemExample}]",
                    """{"items":["boot.png"],"cursor":null}"""),
            ],
        },
        new RouteDescription("Management_Content_Get", Caller.Viewer, "Says what is known of a file")
        {
            Replies = [ReplyDescription.Json("The file without its bytes.", Item, ItemExample)],
        },
        new RouteDescription("Management_Content_Download", Caller.Viewer, "Asks where a file can be fetched")
        {
            Parameters = [Duration],
            Replies =
            [
                ReplyDescription.Json(
                    "The address, which needs no credential.",
                    Shape.Object(("url", Shape.Text("The address.")), ("method", Shape.Word("", "GET")), ("id", Shape.Text("The file."))).Named("ContentDownload"),
                    """{"url":"https://murano.example/api:1/service/u1rnqm3kgg2u80000/content/signed/boot.png?expires=1500000000&key=abcdefghijkl&signature=x","method":"GET","id":"boot.png"}"""),
            ],
        },
        new RouteDescription("Management_Content_Upload", Caller.Operator, "Asks where a file can be sent")
        {
            Parameters =
            [
                ParameterDescription.Query("sha256", "SHA-256 that the bytes must have."),
                Duration,
                ParameterDescription.Query("type", "MIME type.", example: "image/png"),
                ParameterDescription.Query("tags", "Tags, as a JSON object.", example: """{"description":"Boot splash screen"}"""),
            ],
            Replies =
            [
                ReplyDescription.Json(
                    "The address, which needs no credential, and what is to be sent there: first the inputs, then the file.",
                    Shape.Object(
                        ("url", Shape.Text("The address.")),
                        ("method", Shape.Word("", "POST")),
                        ("enctype", Shape.Word("", ContentDescription.PartsType)),
                        ("inputs", Shape.Map(Shape.Text(), "Parts to be sent as they are.")),
                        ("field", Shape.Text("Name of the part that is the file.")),
                        ("id", Shape.Text("The file."))).Named("ContentUpload"),
                    """{"url":"https://murano.example/api:1/service/u1rnqm3kgg2u80000/content/signed/boot.png?expires=1500000000&key=abcdefghijkl&signature=x","method":"POST","enctype":"multipart/form-data","inputs":{"type":"image/png"},"field":"file","id":"boot.png"}"""),
            ],
        },
        new RouteDescription("Management_Content_Delete", Caller.Operator, "Deletes a file")
        {
            Replies = [ReplyDescription.Json("Deleted.", Id, """{"id":"boot.png"}""")],
        },
        new RouteDescription("Management_Content_Clear", Caller.Operator, "Deletes all files, or those that are named")
        {
            Parameters = Choice,
            Replies = [ReplyDescription.Json("Those that were deleted.", Shape.List(Id), """[{"id":"boot.png"}]""")],
        },
        new RouteDescription("Management_Content_Signed_Get", Caller.Anyone, "Fetches a file by a signed address")
        {
            Parameters = [.. Signature, ParameterDescription.Header("Range", "One range of bytes.", example: "bytes=-5"), ParameterDescription.Header("If-None-Match", "Versions that are there already.")],
            Replies =
            [
                new ReplyDescription(200, "The file.", new ContentDescription(AnyType, Shape.Bytes("The file in its own type."))) { Headers = [("ETag", "The version."), ("Accept-Ranges", "Always `bytes`."), ("Last-Modified", "The date of the last change.")] },
                new ReplyDescription(206, "The range.", new ContentDescription(AnyType, Shape.Bytes())) { Headers = [("Content-Range", "Which bytes, and of how many."), ("ETag", "The version.")] },
                new ReplyDescription(304, "This version is there already.") { Headers = [("ETag", "The version.")] },
                new ReplyDescription(416, "The file has none of the bytes that were asked for.") { Headers = [("Content-Range", "The length of the file: `bytes */total`.")] },
            ],
            Refusals = [403],
        },
        new RouteDescription("Management_Content_Signed_Post", Caller.Anyone, "Brings a file by a signed address")
        {
            Detail = "The inputs that came with the address first, as they are; then the file. What goes wrong leaves the old file.",
            Parameters = Signature,
            Body = [new ContentDescription(ContentDescription.PartsType, Shape.Object(("type?", Shape.Text()), ("sha256?", Shape.Text()), ("tags?", Shape.Text()), ("file", Shape.Text("The bytes, below 64 MiB."))), """{"type":"text/plain","file":"hello"}""")],
            Replies = [ReplyDescription.Empty("Stored.")],
            Refusals = [403],
        });
}
