using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Murano.Functions.Documentation;

/// <summary>The refusals that routes share, as responses among the document's components.</summary>
internal static class Refusals
{
    private static readonly Shape Detail = Shape.Object(
        ("code", Shape.Text("The reason in capital letters.")),
        ("params", Shape.List(Shape.Text(), "The words that were not taken.")),
        ("message", Shape.Text("What is wrong.")),
        ("path", Shape.List(Shape.Text(), "Where in the body.")));

    private static readonly Shape Validation = Shape.Object(
        ("code", Shape.Text()),
        ("in", Shape.Text()),
        ("name", Shape.Text()),
        ("message", Shape.Text()),
        ("path", Shape.List(Shape.Text())),
        ("errors", Shape.List(Detail)));

    private static readonly Shape Error = Shape.Object(
        "A refusal.",
        ("message", Shape.Text("A sentence for people.")),
        ("code", Shape.Whole("The HTTP status.")),
        ("statusCode", Shape.Whole("The HTTP status once more, as some tools read it.")),
        ("errors?", Shape.List(Validation, "What is wrong with which field of the body, when it is about one.")),
        ("type?", Shape.Text("The same word as `reason`, from the content service.")),
        ("reason", Shape.Text("A stable word for programs; docs/refusals.md lists all.", "^[a-z0-9]+(-[a-z0-9]+)*$")),
        ("traceId", Shape.Text("Finds the request in the log."))).Named("Error");

    private static readonly Dictionary<int, (string Reason, string Message, string Meaning)> Management = new()
    {
        [400] = ("bad-json", "The body must be a JSON object.", "The request breaks a rule."),
        [401] = ("no-credentials", "A key is needed.", "No credential, or one that is not known, has ended or was revoked."),
        [403] = ("role", "Your role does not allow this.", "The role is too low, or the key is not for this connector; or the account of Entra ID has no role."),
        [404] = ("unknown-identity", "There is no such device.", "What the address names does not exist, or not for this key."),
        [409] = ("identity-exists", "The identity exists already.", "The present state does not allow it."),
        [413] = ("body-too-large", "The body is too large.", "Beyond a limit."),
        [429] = ("too-many-failures", "Too many failed log-ons.", "Too often."),
        [500] = ("internal-error", "Something went wrong here. The trace id finds it in the log.", "Our own fault."),
        [503] = ("storage-unavailable", "Storage does not answer.", "Storage, Entra ID, or others who change the same thing, kept us from it. What was asked for may or may not have been done."),
    };

    private static readonly Dictionary<int, string> Device = new()
    {
        [400] = "The request breaks a rule; the body says which.",
        [401] = "No credential that holds.",
        [403] = "Plain http where only https is heard.",
        [404] = "Not there, or not for this device.",
        [409] = "Provisioned already, or the window has passed.",
        [413] = "Beyond a limit; the body says which.",
        [415] = "A `Content-Encoding` that is not known.",
        [416] = "The file has none of the bytes that were asked for.",
        [429] = "Too often.",
        [500] = "Our own fault.",
        [503] = "Storage, or others who change the same thing, kept us from it.",
    };

    /// <summary>The codes that a route refuses with.</summary>
    /// <param name="kind">Which API it is of.</param>
    /// <param name="route">The route.</param>
    /// <param name="namesConnector">Whether its address names a connector.</param>
    public static IEnumerable<int> Of(ApiKind kind, RouteDescription route, bool namesConnector)
    {
        int[] common = (kind, route.Caller) switch
        {
            (ApiKind.Documents, _) => [],
            (ApiKind.Device, Caller.Anyone) => [403, 429, 500, 503],
            (ApiKind.Device, _) => [400, 401, 403, 413, 415, 429, 500, 503],
            (_, Caller.Anyone) => [400, 401, 413, 429, 500, 503],
            _ => [400, 401, 403, 413, 429, 500, 503],
        };
        return common.Concat(route.Refusals).Concat(namesConnector && kind == ApiKind.Management ? [404] : []).Distinct().Order();
    }

    /// <summary>The response for a code, which is put among the document's components.</summary>
    public static IOpenApiResponse Response(ApiKind kind, int status, OpenApiDocument document)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{kind}{status}");
        if (!document.Components!.Responses!.ContainsKey(name))
        {
            document.Components.Responses[name] = kind == ApiKind.Device ? OfDevice(status, document) : OfManagement(status, document);
        }

        return new OpenApiResponseReference(name, document);
    }

    private static OpenApiResponse OfManagement(int status, OpenApiDocument document)
    {
        var (reason, message, meaning) = Management[status];
        var example = new JsonObject { ["message"] = message, ["code"] = status, ["statusCode"] = status, ["reason"] = reason, ["traceId"] = "00000000000000000000000000000000" };
        var response = new OpenApiResponse
        {
            Description = meaning,
            Content = new Dictionary<string, IOpenApiMediaType>(StringComparer.Ordinal)
            {
                [ContentDescription.JsonType] = new OpenApiMediaType { Schema = Error.In(document), Example = example },
            },
        };
        return WithHeaders(response, status, document, challenged: true);
    }

    private static OpenApiResponse OfDevice(int status, OpenApiDocument document)
    {
        var response = new OpenApiResponse { Description = Device[status] };
        if (status is 400 or 413 or 415 or 429 or 503)
        {
            response.Content = new Dictionary<string, IOpenApiMediaType>(StringComparer.Ordinal)
            {
                [ContentDescription.TextType] = new OpenApiMediaType { Schema = Shape.Text("A short line.").In(document) },
            };
        }

        return WithHeaders(response, status, document, challenged: false);
    }

    private static OpenApiResponse WithHeaders(OpenApiResponse response, int status, OpenApiDocument document, bool challenged)
    {
        var (name, what) = status switch
        {
            401 when challenged => ("WWW-Authenticate", "Always `Bearer`."),
            416 => ("Content-Range", "The length of the file: `bytes */total`."),
            429 or 503 => ("Retry-After", "Seconds to wait before the next try."),
            _ => ("", ""),
        };
        if (name.Length > 0)
        {
            var shape = status is 429 or 503 ? Shape.Whole("", minimum: 1) : Shape.Text();
            response.Headers = new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal) { [name] = new OpenApiHeader { Description = what, Required = true, Schema = shape.In(document) } };
        }

        return response;
    }
}
