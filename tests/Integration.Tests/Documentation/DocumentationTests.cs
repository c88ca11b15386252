using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Murano.Integration.Tests.Infrastructure;
using Murano.LocalHost;

namespace Murano.Integration.Tests.Documentation;

/// <summary>/openapi.json and /docs as programs and people get them; the page in a real browser.</summary>
public sealed class DocumentationTests(AppFixture fixture) : IClassFixture<AppFixture>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly string[] Browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private TestApp App => fixture.App;

    [Fact]
    public async Task The_document_is_served_to_anybody()
    {
        using var reply = await App.Client.GetAsync("/openapi.json", Token);
        var served = JsonSerializer.Deserialize<JsonElement>(await reply.Content.ReadAsStringAsync(Token));

        Assert.Equal("application/json", reply.Content.Headers.ContentType!.MediaType);
        Assert.True(reply.Headers.CacheControl!.NoCache);
        Assert.StartsWith("3.1.", served.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        Assert.Equal(string.Join('\n', ReplyContract.Document["paths"]!.AsObject().Select(path => path.Key)), string.Join('\n', served.GetProperty("paths").EnumerateObject().Select(path => path.Name)));
    }

    [Theory]
    [InlineData("/openapi.json", "application/json")]
    [InlineData("/docs", "text/html")]
    [InlineData("/docs/", "text/html")]
    [InlineData("/docs/start.js", "text/javascript")]
    [InlineData("/docs/scalar.js", "text/javascript")]
    public async Task Each_file_has_a_version_and_comes_compressed_for_who_asks(string path, string type)
    {
        using var plain = await GetAsync(path);
        var body = await plain.Content.ReadAsByteArrayAsync(Token);
        using var packed = await GetAsync(path, gzip: true);
        using var unpacked = new System.IO.Compression.GZipStream(await packed.Content.ReadAsStreamAsync(Token), System.IO.Compression.CompressionMode.Decompress);
        using var copy = new MemoryStream();
        await unpacked.CopyToAsync(copy, Token);

        Assert.Equal((HttpStatusCode.OK, type, body.LongLength), (plain.StatusCode, plain.Content.Headers.ContentType!.MediaType, plain.Content.Headers.ContentLength));
        Assert.Equal(body, copy.ToArray());
        Assert.NotEqual(plain.Headers.ETag, packed.Headers.ETag);

        foreach (var (tag, gzip, status) in new[] { (plain.Headers.ETag!.Tag, false, 304), (packed.Headers.ETag!.Tag, true, 304), ($"\"x\", W/{plain.Headers.ETag.Tag}", false, 304), ("*", false, 304), ("\"x\"", false, 200), ("x,", false, 200) })
        {
            using var again = await GetAsync(path, gzip, tag);
            Assert.Equal((tag, status), (tag, (int)again.StatusCode));
            Assert.Equal(status == 304, (await again.Content.ReadAsByteArrayAsync(Token)).Length == 0);
        }
    }

    [Fact]
    public async Task A_script_whose_address_names_its_version_may_be_kept_and_no_other()
    {
        using var page = await GetAsync("/docs");
        var address = (await page.Content.ReadAsStringAsync(Token)).Split('"').Single(part => part.StartsWith("/docs/scalar.js", StringComparison.Ordinal));
        using var named = await GetAsync(address);
        using var unnamed = await GetAsync("/docs/scalar.js?v=other");

        Assert.Equal("public, max-age=31536000, immutable", Assert.Single(named.Headers.GetValues("Cache-Control")));
        Assert.Equal("no-cache", Assert.Single(unnamed.Headers.GetValues("Cache-Control")));
    }

    [Fact]
    public async Task The_policy_of_the_page_lets_nothing_in_from_elsewhere_and_no_script_of_the_page_itself()
    {
        using var page = await GetAsync("/docs");
        var rules = Assert.Single(page.Headers.GetValues("Content-Security-Policy")).Split(';', StringSplitOptions.TrimEntries).ToDictionary(rule => rule.Split(' ')[0], rule => rule, StringComparer.Ordinal);

        Assert.Equal("default-src 'none'", rules["default-src"]);
        Assert.Equal("script-src 'self'", rules["script-src"]);
        Assert.Equal("connect-src 'self'", rules["connect-src"]);
        Assert.Equal("frame-ancestors 'none'", rules["frame-ancestors"]);
        Assert.DoesNotContain(rules.Values, rule => rule.Contains("http", StringComparison.Ordinal) || rule.Contains('*', StringComparison.Ordinal) || rule.Contains("eval", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    public async Task A_browser_shows_the_page_and_asks_no_other_host(string scheme)
    {
        var seen = await BrowseAsync(scheme);
        var text = seen.GetProperty("text").GetString()!;
        var background = seen.GetProperty("background").GetString();

        Assert.Empty(seen.GetProperty("complaints").EnumerateArray().Select(complaint => complaint.GetString()));
        Assert.Equal(4, seen.GetProperty("requests").GetArrayLength());
        Assert.All(seen.GetProperty("requests").EnumerateArray(), request => Assert.StartsWith(App.Http.AbsoluteUri, request.GetString(), StringComparison.Ordinal));
        Assert.All((string[])["Murano.Serverless", "Activates a device", "Identities", "Settings and resources"], word => Assert.Contains(word, text, StringComparison.Ordinal));
        Assert.Equal(scheme is "light" ? "rgb(255, 255, 255)" : "rgb(15, 15, 15)", background);
    }

    private async Task<HttpResponseMessage> GetAsync(string path, bool gzip = false, string? tag = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (gzip)
        {
            request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));
        }

        if (tag is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        }

        return await App.Client.SendAsync(request, Token);
    }

    private async Task<JsonElement> BrowseAsync(string scheme)
    {
        var browser = Array.Find(Browsers, File.Exists);
        if (browser is null)
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") is { Length: > 0 }, ".ci/run installs Chromium.");
            Assert.Skip("There is no Chromium on this machine; on Debian: apt-get install chromium.");
        }

        var script = Path.Combine(RepositoryFolder.Find(), "tests", "Integration.Tests", "Documentation", "browse.mjs");
        var start = new ProcessStartInfo("node", [script, $"{App.Http}docs", browser, scheme, "-"]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8 };
        using var node = Process.Start(start)!;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Token);
        deadline.CancelAfter(Patience);
        try
        {
            var texts = await Task.WhenAll(node.StandardOutput.ReadToEndAsync(deadline.Token), node.StandardError.ReadToEndAsync(deadline.Token));
            await node.WaitForExitAsync(deadline.Token);
            Assert.True(node.ExitCode == 0, texts[1]);
            return JsonSerializer.Deserialize<JsonElement>(texts[0]);
        }
        finally
        {
            if (!node.HasExited)
            {
                node.Kill(entireProcessTree: true);
            }
        }
    }
}
