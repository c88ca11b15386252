using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Murano.Functions;
using Murano.Functions.Console;
using Murano.Functions.Documentation;
using Murano.Functions.Fallback;
using Murano.Shared;

namespace Murano.Tests;

/// <summary>Holds replies against the OpenAPI document.</summary>
public static class ReplyContract
{
    private const string Management = "/api:1";

    private static readonly RouteTable Routes = RouteTable.Of(typeof(MuranoFunctions).Assembly);
    private static readonly Dictionary<string, JsonNode> Operations = Index();

    /// <summary>The document.</summary>
    public static JsonNode Document { get; } = JsonNode.Parse(Bytes())!;

    /// <summary>The judge of the document's schemas.</summary>
    public static SchemaRules Schemas { get; } = new(Document);

    /// <summary>What of a reply is not as described; empty when all is.</summary>
    /// <param name="method">The request's method.</param>
    /// <param name="path">Its address, still escaped.</param>
    /// <param name="status">The code.</param>
    /// <param name="contentType">The media type, perhaps with parameters; null when there is no body.</param>
    /// <param name="headers">Whether there is a header of a name.</param>
    /// <param name="body">The body; null when it is not to be looked at.</param>
    public static IReadOnlyList<string> Check(string method, string path, int status, string? contentType, Func<string, bool> headers, string? body)
    {
        var address = new PathString(Uri.UnescapeDataString(path));
        if (Routes.NameOf(method, PathString.FromUriComponent(path)) is not { } name)
        {
            // Nobody's address is answered by the function for all the rest.
            return !address.StartsWithSegments(Management, StringComparison.OrdinalIgnoreCase) ? []
                : status is 404 or 405 ? CheckBody(Document["components"]!["schemas"]!["Error"]!, body)
                : [string.Create(CultureInfo.InvariantCulture, $"{method} {path} is no route and answered {status}")];
        }

        if (name.StartsWith(ConsoleRoutes.Prefix, StringComparison.Ordinal))
        {
            // The page's own business, which is no API.
            return [];
        }

        var operation = Operations.TryGetValue(name, out var found) ? found : Operations[$"{name}_{method.ToUpperInvariant()}"];
        if (operation["responses"]![status.ToString(CultureInfo.InvariantCulture)] is not { } described)
        {
            return [string.Create(CultureInfo.InvariantCulture, $"{name} answered {status}, which is not described")];
        }

        var response = Schemas.Resolve(described);
        var missing = (response["headers"] as JsonObject ?? []).Where(header => header.Value!["required"]?.GetValue<bool>() == true && !headers(header.Key)).Select(header => $"{name} has no header {header.Key}");
        return [.. missing, .. CheckContent(name, response["content"] as JsonObject, contentType, HttpMethods.IsHead(method) ? null : body)];
    }

    private static IEnumerable<string> CheckContent(string name, JsonObject? content, string? contentType, string? body)
    {
        if (contentType is null)
        {
            // Small texts beside a refusal may be absent.
            return body is { Length: > 0 } ? [$"{name} sent a body without a type"] : [];
        }

        var type = contentType.Split(';')[0];
        return (content?[type] ?? content?["*/*"]) is not { } form ? [$"{name} sent {type}, which is not described"]
            : string.Equals(type, ContentDescription.JsonType, StringComparison.Ordinal) ? CheckBody(form["schema"]!, body).Select(problem => $"{name}: {problem}")
            : [];
    }

    private static IReadOnlyList<string> CheckBody(JsonNode schema, string? body)
    {
        if (body is null)
        {
            return [];
        }

        try
        {
            return Schemas.Check(schema, JsonNode.Parse(body));
        }
        catch (JsonException)
        {
            return ["the body is no JSON"];
        }
    }

    private static byte[] Bytes() => new DocumentAssets(Routes, Options.Create(new DeviceOptions { Domain = "m2.example" })).Document.Bytes;

    private static Dictionary<string, JsonNode> Index() => JsonNode.Parse(Bytes())!["paths"]!.AsObject()
        .SelectMany(path => path.Value!.AsObject())
        .Where(operation => operation.Value is JsonObject fields && fields.ContainsKey("operationId"))
        .ToDictionary(operation => operation.Value!["operationId"]!.GetValue<string>(), operation => operation.Value!, StringComparer.Ordinal);
}
