namespace Murano.Functions.Documentation;

/// <summary>Describes <see cref="DocumentFunctions"/>.</summary>
internal static class DocumentDescription
{
    private static readonly ReplyDescription NotModified = new(304, "The caller has this version.") { Headers = [("ETag", "The version.")] };

    private static readonly (string, string)[] Headers = [("ETag", "The version."), ("Cache-Control", "How long it may be kept.")];

    private static readonly IReadOnlyList<ParameterDescription> Conditions = [ParameterDescription.Header("If-None-Match", "Versions that the caller has.")];

    /// <summary>What describes the other routes.</summary>
    public static ApiSection Section { get; } = new(
        "This document",
        ApiKind.Documents,
        "The description of both APIs, for programs and for people.",
        new RouteDescription("Docs_Document", Caller.Anyone, "Describes both APIs")
        {
            Parameters = Conditions,
            Replies = [new ReplyDescription(200, "This document.", ContentDescription.Json(Shape.Map(Shape.Any))) { Headers = Headers }, NotModified],
        },
        new RouteDescription("Docs_Page", Caller.Anyone, "Shows this document as a page")
        {
            Parameters = Conditions,
            Replies = [new ReplyDescription(200, "The page.", new ContentDescription("text/html", Shape.Text())) { Headers = Headers }, NotModified],
        },
        new RouteDescription("Docs_Start", Caller.Anyone, "Starts the page")
        {
            Parameters = Conditions,
            Replies = [new ReplyDescription(200, "A script.", new ContentDescription("text/javascript", Shape.Text())) { Headers = Headers }, NotModified],
        },
        new RouteDescription("Docs_Script", Caller.Anyone, "Is the program of the page")
        {
            Parameters = Conditions,
            Replies = [new ReplyDescription(200, "A script.", new ContentDescription("text/javascript", Shape.Text())) { Headers = Headers }, NotModified],
        });
}
