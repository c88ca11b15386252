using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.OpenApi;
using Murano.Functions.Fallback;

namespace Murano.Functions.Documentation;

/// <summary>Makes the OpenAPI 3.1 document of the functions' own routes and their descriptions.</summary>
/// <param name="routes">Method and address of each function.</param>
/// <param name="domain">The domain under which connectors have their names; empty when there is none.</param>
internal sealed class ApiDocument(RouteTable routes, string domain)
{
    private const string Introduction =
        """
        An IoT connector that speaks the HTTP device API and the management API of Exosite Murano.

        **Devices** call the host of their connector. They get bare codes and short texts, never chunked, and nothing that a small client cannot read.
        **Operators** call any host of the app. They get JSON; a refusal has `message`, `code`, a stable `reason` and a `traceId`.

        An address that does not exist answers 404, a wrong method 405 with `Allow`. A slash at the end of an address does not matter, nor does `%3A` for the colon.
        Times are in microseconds since the Unix epoch, unless it says otherwise. What is answered with a code below 300 is stored.
        """;

    private static readonly Dictionary<string, string> AddressParts = new(StringComparer.Ordinal)
    {
        ["connector"] = "Id of the connector.",
        ["solution"] = "Id of the connector.",
        ["business"] = "Id of the business.",
        ["identity"] = "The identity, escaped.",
        ["alias"] = "The alias of a resource, escaped.",
        ["name"] = "The name of a tag, escaped.",
        ["token"] = "The session's token.",
        ["email"] = "The name of the caller's key.",
        ["part"] = "Name of the part.",
        ["key"] = "Id of the key.",
        ["id"] = "The id, escaped.",
        ["job"] = "Id of the job.",
        ["file"] = "Name of the file.",
    };

    /// <summary>Builds the document.</summary>
    public OpenApiDocument Build()
    {
        var document = new OpenApiDocument
        {
            Info = new OpenApiInfo
            {
                Title = "Murano.Serverless",
                Version = typeof(ApiDocument).Assembly.GetName().Version!.ToString(3),
                Description = Introduction,
                License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" },
            },
            Servers = [new OpenApiServer { Url = "/", Description = "This host." }],
            Components = new OpenApiComponents
            {
                Schemas = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal),
                Responses = new Dictionary<string, IOpenApiResponse>(StringComparer.Ordinal),
                SecuritySchemes = Credentials.Schemes(),
            },
            Paths = [],
            Tags = new HashSet<OpenApiTag>(),
        };
        foreach (var section in ApiDescription.Sections)
        {
            document.Tags.Add(new OpenApiTag { Name = section.Name, Description = section.What });
        }

        var entries = routes.Entries.ToDictionary(entry => entry.Name, StringComparer.Ordinal);
        foreach (var section in ApiDescription.Sections)
        {
            foreach (var route in section.Routes)
            {
                Add(document, section, route, entries[route.Function]);
            }
        }

        return document;
    }

    private void Add(OpenApiDocument document, ApiSection section, RouteDescription route, RouteEntry entry)
    {
        var template = TemplateParser.Parse(entry.Template);
        var path = "/" + string.Join('/', template.Segments.Select(segment => string.Concat(segment.Parts.Select(part => part.IsParameter ? $"{{{part.Name}}}" : part.Text))));
        var item = document.Paths.TryGetValue(path, out var present) ? (OpenApiPathItem)present : new OpenApiPathItem { Operations = [] };
        document.Paths[path] = item;
        if (section.Kind == ApiKind.Device && domain.Length > 0)
        {
            item.Servers = [new OpenApiServer
            {
                Url = $"https://{{connector}}.{domain}",
                Description = "The host of a connector.",
                Variables = new Dictionary<string, OpenApiServerVariable>(StringComparer.Ordinal) { ["connector"] = new() { Default = "connector", Description = "Id of the connector." } },
            }];
        }

        var namesConnector = template.Parameters.Any(part => part.Name is "connector" or "solution");
        foreach (var method in entry.Methods)
        {
            var operation = new OpenApiOperation
            {
                OperationId = entry.Methods.Count == 1 ? route.Function : $"{route.Function}_{method}",
                Tags = new HashSet<OpenApiTagReference> { new(section.Name, document) },
                Summary = route.Summary,
                Description = Describe(route),
                Security = Credentials.Of(route.Caller, document),
                Parameters = [.. template.Parameters.Select(part => OfAddress(part.Name!, document)), .. route.Parameters.Select(parameter => Of(parameter, document))],
                RequestBody = route.Body.Count == 0 ? null : new OpenApiRequestBody { Required = !route.Body.Any(body => body.MayBeAbsent), Content = Content(route.Body, document) },
                Responses = [],
            };
            foreach (var reply in route.Replies)
            {
                operation.Responses.Add(Number(reply.Status), Of(reply, document));
            }

            foreach (var status in Refusals.Of(section.Kind, route, namesConnector))
            {
                operation.Responses.TryAdd(Number(status), Refusals.Response(section.Kind, status, document));
            }

            item.Operations!.Add(new HttpMethod(method), operation);
        }
    }

    private static string? Describe(RouteDescription route)
    {
        var role = route.Caller is Caller.Viewer or Caller.Operator or Caller.Admin ? $"Role: {Credentials.RoleOf(route.Caller)}." : "";
        var text = string.Join("\n\n", ((string[])[route.Detail, role]).Where(part => part.Length > 0));
        return text.Length > 0 ? text : null;
    }

    private static OpenApiResponse Of(ReplyDescription reply, OpenApiDocument document) => new()
    {
        Description = reply.Meaning,
        Content = reply.Content.Count == 0 ? null : Content(reply.Content, document),
        Headers = reply.Headers.Count == 0 ? null : reply.Headers.ToDictionary(
            header => header.Name, header => (IOpenApiHeader)new OpenApiHeader { Description = header.What, Schema = Shape.Text().In(document) }, StringComparer.Ordinal),
    };

    private static OpenApiParameter OfAddress(string name, OpenApiDocument document) => new()
    {
        Name = name,
        In = ParameterLocation.Path,
        Required = true,
        Description = AddressParts[name],
        Schema = Shape.Text().In(document),
    };

    private static OpenApiParameter Of(ParameterDescription parameter, OpenApiDocument document) => new()
    {
        Name = parameter.Name,
        In = parameter.IsHeader ? ParameterLocation.Header : ParameterLocation.Query,
        Required = parameter.IsRequired,
        Description = parameter.What,
        Schema = (parameter.Shape ?? Shape.Text()).In(document),
        Example = parameter.Example is { } text ? ParseScalar(text) : null,
    };

    private static Dictionary<string, IOpenApiMediaType> Content(IReadOnlyList<ContentDescription> forms, OpenApiDocument document) => forms.ToDictionary(
        form => form.Type,
        form =>
        {
            var examples = form.Examples.Select(example => form.IsJson ? JsonNode.Parse(example)! : (JsonNode)example).ToArray();
            return (IOpenApiMediaType)new OpenApiMediaType
            {
                Schema = form.Shape.In(document),
                Example = examples.Length == 1 ? examples[0] : null,
                Examples = examples.Length < 2 ? null : Enumerable.Range(0, examples.Length).ToDictionary(
                    i => Number(i + 1), i => (IOpenApiExample)new OpenApiExample { Value = examples[i] }, StringComparer.Ordinal),
            };
        },
        StringComparer.Ordinal);

    private static JsonNode ParseScalar(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : text;

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
