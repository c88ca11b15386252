using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using Murano.Functions;
using Murano.Functions.Console;
using Murano.Functions.Documentation;
using Murano.Functions.Fallback;
using Murano.Functions.ManagementApi;
using Murano.Shared;
using Murano.Unit.Tests.Documents;

namespace Murano.Unit.Tests.Documentation;

/// <summary>/openapi.json names each route of the app and no other, is what OpenAPI 3.1 asks for, and shows nothing that it does not itself allow.</summary>
public sealed class ApiDocumentTests
{
    private const string Fallback = "Zz_Fallback";

    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);
    private static readonly RouteTable Routes = RouteTable.Of(typeof(MuranoFunctions).Assembly);
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, IndentSize = 1, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly string[] Verbs = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

    private static IEnumerable<RouteEntry> OfApis => Routes.Entries.Where(entry => entry.Name is not Fallback && !entry.Name.StartsWith(ConsoleRoutes.Prefix, StringComparison.Ordinal));

    private static IEnumerable<(string Path, string Method, JsonNode Operation)> Operations =>
        from path in ReplyContract.Document["paths"]!.AsObject()
        from entry in path.Value!.AsObject()
        where Verbs.Contains(entry.Key, StringComparer.Ordinal)
        select (path.Key, entry.Key, entry.Value!);

    [Fact]
    public void Every_function_is_described_once_and_every_description_has_its_function()
    {
        var functions = OfApis.Select(entry => entry.Name);
        var described = ApiDescription.Sections.SelectMany(section => section.Routes).Select(route => route.Function);

        Assert.Equal(functions.Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Its_routes_are_those_of_the_functions()
    {
        var routes = from entry in OfApis from method in entry.Methods select $"{method} /{entry.Template}";
        var shown = Operations.Select(operation => $"{operation.Method.ToUpperInvariant()} {operation.Path}");

        Assert.Equal(routes.Order(StringComparer.Ordinal), shown.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void It_is_what_OpenAPI_asks_for()
    {
        var read = OpenApiDocument.Parse(ReplyContract.Document.ToJsonString(), "json");

        Assert.Empty(read.Diagnostic!.Errors);
        Assert.Empty(read.Diagnostic.Warnings);
        Assert.StartsWith("3.1.", ReplyContract.Document["openapi"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_fits_the_schema_of_OpenAPI_and_its_examples_fit_its_schemas()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, ReplyContract.Document.ToJsonString(), TestContext.Current.CancellationToken);
            var (code, output) = await RunAsync("node", Repository.PathOf("tests/Unit.Tests/Documentation/check.mjs"), file);

            Assert.Equal((0, "examples: "), (code, output[..Math.Min(10, output.Length)]));
            Assert.True(int.Parse(output[10..], System.Globalization.CultureInfo.InvariantCulture) > 50, output);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Every_example_of_a_body_fits_its_schema_and_has_no_field_that_is_not_described()
    {
        var problems = from operation in Operations
                       let responses = operation.Operation["responses"]!.AsObject().Select(response => (Where: response.Key, Node: response.Value!))
                       from part in responses.Append((Where: "request", Node: operation.Operation["requestBody"] ?? new JsonObject()))
                       from form in ReplyContract.Schemas.Resolve(part.Node)["content"] as JsonObject ?? []
                       from example in Examples(form.Value!)
                       from problem in ReplyContract.Schemas.Check(form.Value!["schema"]!, example)
                       select $"{operation.Method} {operation.Path} {part.Where}: {problem}";

        Assert.Empty(problems);
    }

    [Fact]
    public void Every_JSON_body_has_an_example() => Assert.Empty(
        from operation in Operations
        where !operation.Path.Equals("/openapi.json", StringComparison.Ordinal)
        let responses = operation.Operation["responses"]!.AsObject().Select(response => (Where: response.Key, Node: response.Value!))
        from part in responses.Append((Where: "request", Node: operation.Operation["requestBody"] ?? new JsonObject()))
        from form in ReplyContract.Schemas.Resolve(part.Node)["content"] as JsonObject ?? []
        let schema = ReplyContract.Schemas.Resolve(form.Value!["schema"]!)
        where form.Key is "application/json" && !Examples(form.Value!).Any() && (schema["properties"] is not null || schema["type"]?.ToString() is not "object")
        select $"{operation.Method} {operation.Path} {part.Where}");

    [Fact]
    public void Devices_are_told_the_host_of_their_connector()
    {
        Assert.Equal("https://{connector}.m2.example", ReplyContract.Document["paths"]!["/provision/activate"]!["servers"]![0]!["url"]!.GetValue<string>());
        Assert.Equal("/", ReplyContract.Document["servers"]![0]!["url"]!.GetValue<string>());
        Assert.DoesNotContain("\"servers\":[{\"url\":\"https", Text(""), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_filter_of_identities_is_among_the_parameters()
    {
        var parameters = ReplyContract.Document["paths"]!["/api:1/service/{connector}/device2/identity"]!["get"]!["parameters"]!.AsArray().Select(parameter => parameter!["name"]!.GetValue<string>());

        Assert.Empty(IdentityFilterFields.Names.Append("q").Except(parameters, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("GET", "/api:1/key", 200, "[{}]", "has no id")]
    [InlineData("GET", "/api:1/key", 200, """[{"id":"a","name":"b","role":"boss","connectors":null,"expires":0,"created":0,"lastused":0,"hash":"x"}]""", "is not one of", "hash is not described")]
    [InlineData("GET", "/api:1/key", 200, "[", "no JSON")]
    [InlineData("GET", "/api:1/key", 299, "[]", "which is not described")]
    [InlineData("GET", "/api:1/key", 503, "{}", "no header Retry-After", "has no reason")]
    [InlineData("GET", "/api:1/nowhere", 200, "{}", "is no route")]
    public void A_reply_that_is_not_as_described_is_found(string method, string path, int status, string body, params string[] problems)
    {
        var found = string.Join('\n', ReplyContract.Check(method, path, status, "application/json; charset=utf-8", _ => false, body));

        Assert.All(problems, problem => Assert.Contains(problem, found, StringComparison.Ordinal));
    }

    [Fact]
    public void A_reply_as_described_passes() =>
        Assert.Empty(ReplyContract.Check("GET", "/api:1/service/u1/device2/identity/a%2Fb/state", 200, "application/json", _ => false, """{"temp":{"reported":"1","timestamp":1}}"""));

    [Fact]
    public void The_pages_client_is_made_of_this_document() => Repository.Expect(
        "src/Console/api/openapi.json",
        JsonNode.Parse(Text(""))!.ToJsonString(Indented).ReplaceLineEndings("\n") + "\n");

    [Fact]
    public void It_is_the_same_each_time() => Assert.Equal(Text("m2.example"), Text("m2.example"));

    private static string Text(string domain) =>
        System.Text.Encoding.UTF8.GetString(new DocumentAssets(Routes, Options.Create(new DeviceOptions { Domain = domain })).Document.Bytes);

    private static IEnumerable<JsonNode?> Examples(JsonNode form) =>
        form["example"] is { } one ? [one] : form["examples"] is JsonObject several ? several.Select(example => example.Value!["value"]) : [];

    private static async Task<(int Code, string Output)> RunAsync(params string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { UseShellExecute = false, RedirectStandardOutput = true, WorkingDirectory = Repository.PathOf("") })!;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Deadline);
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync(deadline.Token);
            await process.WaitForExitAsync(deadline.Token);
            return (process.ExitCode, output);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
