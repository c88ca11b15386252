using System.Net;
using System.Security.Cryptography;
using System.Text;
using Murano.Admin;
using Murano.Admin.Http;

namespace Murano.Unit.Tests.Admin;

/// <summary>Imports against a management API that answers from a script, also with what no app of this product says.</summary>
public sealed class ImportRunTests : IDisposable
{
    private const string Api = "https://murano.example/api:1/";
    private const string Empty = """{"devices":[],"mayLoadMore":false}""";

    private readonly string _folder = Directory.CreateTempSubdirectory("murano-test-").FullName;
    private readonly List<string> _asked = [];
    private readonly Dictionary<string, Func<HttpResponseMessage>> _answers = new(StringComparer.Ordinal);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_that_the_network_breaks_off_is_failed_and_the_next_one_is_brought()
    {
        await WriteExportAsync("a", "b");
        Offer("a", "https://files.example/a");
        Offer("b", "https://files.example/b");
        _answers["POST https://files.example/a"] = () => throw new HttpRequestException("The line is cut.");
        _answers["POST https://files.example/b"] = () => new(HttpStatusCode.NoContent);

        Assert.Equal(ExitCodes.Partly, await ImportAsync());
        Assert.Equal(["content,a,file,failed,not-sent,The line is cut.", "content,b,file,changed,,"], await ResultsAsync());
    }

    [Fact]
    public async Task A_file_is_sent_to_no_address_that_anybody_could_read_along()
    {
        await WriteExportAsync("a");
        Offer("a", "http://files.example/a");

        Assert.Equal(ExitCodes.Partly, await ImportAsync());
        Assert.Contains("content,a,file,failed,bad-address,", Assert.Single(await ResultsAsync()), StringComparison.Ordinal);
        Assert.DoesNotContain(_asked, asked => asked.Contains("files.example", StringComparison.Ordinal));
    }

    // What is not known to be empty would lose its settings.
    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"devices":{},"mayLoadMore":false}""")]
    public async Task A_connector_counts_as_empty_only_when_its_list_says_so(string list)
    {
        await WriteExportAsync();
        Answer("GET", "device2/identity/?limit=1", list);

        Assert.Equal(ExitCodes.Refused, await ImportAsync());
        Assert.All(_asked, asked => Assert.StartsWith("GET ", asked, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_connector_that_may_have_more_is_not_empty()
    {
        await WriteExportAsync();
        Answer("GET", "device2/identity/?limit=1", """{"devices":[],"mayLoadMore":true}""");
        Answer("GET", "device2/identity/?limit=500&order=identity&tags=true", """{"devices":[],"mayLoadMore":false,"cursor":"x"}""");
        Answer("GET", "device2", """{"description":"mine","resources":{}}""");

        Assert.Equal(ExitCodes.Partly, await ImportAsync());
        Assert.Contains("setting,description,setting,conflict,setting-differs,", Assert.Single(await ResultsAsync()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("number", "changed,,")]
    [InlineData("string", "conflict,resource-differs,It is defined otherwise here.")]
    public async Task A_resource_that_came_meanwhile_is_a_conflict_unless_it_is_the_same(string format, string outcome)
    {
        await WriteExportAsync();
        await File.WriteAllTextAsync(Path.Combine(_folder, "settings.json"), """{"resources":{"t":{"format":"number"}}}""", Token);
        Answer("GET", "device2/identity/?limit=1", """{"devices":[],"mayLoadMore":true}""");
        Answer("GET", "device2/identity/?limit=500&order=identity&tags=true", """{"devices":[],"mayLoadMore":false,"cursor":"x"}""");
        Answer("GET", "device2/resource/t", $$"""{"format":"{{format}}"}""");
        _answers[$"POST {Api}service/c/device2/resource/t"] = () => new(HttpStatusCode.Conflict) { Content = new StringContent("""{"reason":"resource-exists"}""") };

        await ImportAsync();
        Assert.Equal($"resource,t,resource,{outcome}", Assert.Single(await ResultsAsync()));
        Assert.DoesNotContain(_asked, asked => asked.StartsWith("PUT ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_list_that_shows_no_tags_and_values_is_none_to_compare_with()
    {
        await WriteExportAsync();
        Answer("GET", "device2/identity/?limit=1", """{"devices":[{"identity":"1"}],"mayLoadMore":false}""");
        Answer("GET", "device2/identity/?limit=500&order=identity&tags=true", """{"devices":[{"identity":"1"}],"mayLoadMore":false}""");

        Assert.Equal(ExitCodes.Refused, await ImportAsync());
    }

    [Fact]
    public async Task A_batch_of_which_some_is_done_at_each_try_comes_to_its_end()
    {
        const int Devices = 10;
        await WriteExportAsync();
        var names = Enumerable.Range(0, Devices).Select(i => $"d{i}").ToList();
        await File.WriteAllLinesAsync(Path.Combine(_folder, "devices.jsonl"), names.Select(name => $$"""{"identity":"{{name}}","authType":"token","status":"provisioned"}"""), Token);
        await File.WriteAllLinesAsync(Path.Combine(_folder, "tokens.csv"), names.Select((name, i) => $"{name},{new string((char)('a' + i), 40)}").Prepend("identity,token"), Token);
        var listed = names.Select(name => $$"""{"identity":"{{name}}","auth":{"type":"token","expire":0},"status":"whitelisted","lastseen":0,"presence":"offline"}""").ToList();
        Answer("GET", "device2/identity/?limit=1", $$"""{"devices":[{{listed[0]}}],"mayLoadMore":true}""");
        Answer("GET", "device2/identity/?limit=500&order=identity&tags=true", $$"""{"devices":[{{string.Join(',', listed)}}],"mayLoadMore":false}""");
        Answer("GET", "device2", """{"description":"theirs","resources":{}}""");
        foreach (var (name, device) in names.Zip(listed))
        {
            Answer("GET", $"device2/identity/{name}", device);
        }

        var left = Devices;
        _answers[$"PUT {Api}service/c/device2/identities"] = () =>
        {
            var rows = Enumerable.Range(0, left--).Select(i => $$"""{"status":{{(i == 0 ? 204 : 503)}}}""");
            return new(HttpStatusCode.OK) { Content = new StringContent($"[{string.Join(',', rows)}]") };
        };

        Assert.Equal(ExitCodes.Done, await ImportAsync("--tokens", Path.Combine(_folder, "tokens.csv")));
        Assert.Equal(Devices, (await ResultsAsync()).Count(line => line.EndsWith(",token,changed,,", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("https://murano.example", "https://files.example/a", true)]
    [InlineData("https://murano.example", "http://files.example/a", false)]
    [InlineData("https://localhost", "http://localhost/a", false)]
    [InlineData("http://localhost", "http://localhost/a", true)]
    [InlineData("http://localhost", "ftp://localhost/a", false)]
    [InlineData("http://localhost", "file:///a", false)]
    [InlineData("http://localhost", "/a", false)]
    public async Task Only_signed_addresses_that_nobody_reads_along_are_followed(string api, string address, bool isFollowed)
    {
        using var found = await Murano.Admin.Http.ManagementApi.ConnectAsync(Host(), api, null, Token);

        Assert.Equal(isFollowed, found.SignedAddress(new ApiReply(200, System.Text.Json.JsonSerializer.SerializeToElement(new { url = address }))) is not null);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Answer(string method, string path, string body) => _answers[$"{method} {Api}service/c/{path}"] = () => new(HttpStatusCode.OK) { Content = new StringContent(body) };

    private void Offer(string id, string address) =>
        Answer("GET", $"content/item/{id}/upload?sha256={Hash(id)}&expires_in=600&type=text%2Fplain", $$"""{"url":"{{address}}","inputs":{},"field":"file"}""");

    private async Task WriteExportAsync(params string[] files)
    {
        Answer("GET", "device2/identity/?limit=1", Empty);
        Answer("GET", "device2", """{"resources":{}}""");
        Directory.CreateDirectory(Path.Combine(_folder, "content"));
        List<string> items = [];
        foreach (var file in files)
        {
            await File.WriteAllTextAsync(Path.Combine(_folder, "content", Hash(file)), file, Token);
            items.Add($$"""{"id":"{{file}}","type":"text/plain","length":1,"lastModified":"","tags":{},"sha256":"{{Hash(file)}}"}""");
        }

        await File.WriteAllLinesAsync(Path.Combine(_folder, "content.jsonl"), items, Token);
        await File.WriteAllTextAsync(Path.Combine(_folder, "devices.jsonl"), "", Token);
        await File.WriteAllTextAsync(Path.Combine(_folder, "settings.json"), files.Length > 0 ? "{}" : """{"description":"theirs"}""", Token);
        await File.WriteAllTextAsync(
            Path.Combine(_folder, "manifest.json"),
            """{"source":"x","connector":"x","began":"2026-01-01T00:00:00Z","ended":"2026-01-01T00:00:00Z","resources":0,"identities":0,"tags":0,"values":0,"content":0,"contentBytes":0,"problems":0}""",
            Token);
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private Task<int> ImportAsync(params string[] more) => AdminProgram.RunAsync(["import", "--from", _folder, "--to", "https://murano.example", "--connector", "c", "--parallel", "1", .. more], Host(), Token);

    private async Task<IReadOnlyList<string>> ResultsAsync() => [.. (await File.ReadAllLinesAsync(Path.Combine(_folder, "import-results.csv"), Token)).Skip(1)];

    private AdminHost Host() => new()
    {
        Out = TextWriter.Null,
        Error = TextWriter.Null,
        Variables = new Dictionary<string, string?>(StringComparer.Ordinal) { ["MURANO_TOKEN"] = "x" },
        Wait = (_, _) => Task.CompletedTask,
        Network = _ => new Script(this),
    };

    private sealed class Script(ImportRunTests owner) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var asked = $"{request.Method} {request.RequestUri!.AbsoluteUri}";
            owner._asked.Add(asked);
            return Task.FromResult(owner._answers.TryGetValue(asked, out var answer) ? answer() : new HttpResponseMessage(HttpStatusCode.NotFound));
        }
    }
}
