using System.IO.Compression;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Murano.Integration.Tests.Infrastructure;

// Not named like its folder: it would hide System.Console from the other tests.
namespace Murano.Integration.Tests.ConsolePage;

/// <summary>The management page over the wire: each route with its headers, and what is beside them.</summary>
public sealed partial class PageServingTests(AppFixture fixture) : IClassFixture<AppFixture>
{
    private static readonly string[] FewHeaders = ["Content-Length", "Date", "Allow"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private TestApp App => fixture.App;

    [Theory, Spec("azure.1.7/1")]
    [InlineData("/")]
    [InlineData("/?code=1&state=2")]
    [InlineData("/console")]
    [InlineData("/console/")]
    [InlineData("/CONSOLE/")]
    [InlineData("/console/connectors")]
    [InlineData("/console/connectors/x/devices/a%2Fb%3A..")]
    [InlineData("/console/connectors/x/devices/%E2%9C%93%20%22'?q=tag:site=Taipei")]
    [InlineData("/console/a//b/")]
    [InlineData("/console/index.html")]
    [InlineData("/console/config.json/x")]
    public async Task Each_place_of_the_page_is_the_page(string path)
    {
        var reply = await SendAsync("GET", path);
        var head = await SendAsync("HEAD", path);

        Assert.Equal((200, "text/html; charset=utf-8"), (reply.Status, reply["Content-Type"]));
        Assert.Contains("<div id=\"root\"></div>", reply.Text, StringComparison.Ordinal);
        Assert.Equal(reply.Body.Length.ToString(System.Globalization.CultureInfo.InvariantCulture), reply["Content-Length"]);
        Assert.Equal("no-store", reply["Cache-Control"]);
        Assert.Null(reply["ETag"]);
        Assert.Equal("nosniff", reply["X-Content-Type-Options"]);
        Assert.Equal("no-referrer", reply["Referrer-Policy"]);
        Assert.Equal("same-origin", reply["Cross-Origin-Opener-Policy"]);
        Assert.Equal("camera=(), geolocation=(), microphone=(), payment=(), usb=()", reply["Permissions-Policy"]);
        Assert.Equal((200, ""), (head.Status, head.Text));
        Assert.Equal(reply.Headers.Select(header => header.Key), head.Headers.Select(header => header.Key), StringComparer.Ordinal);
        Assert.Equal(reply["Content-Length"], head["Content-Length"]);
    }

    [Fact]
    public async Task Each_reply_has_a_nonce_of_its_own_which_the_page_and_its_policy_share()
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        for (var i = 0; i < 5; i++)
        {
            var reply = await SendAsync("GET", i % 2 == 0 ? "/" : "/console/x");
            var nonce = Assert.Single(Nonce().Matches(reply["Content-Security-Policy"]!)).Groups[1].Value;
            Assert.Contains($"<meta name=\"csp-nonce\" content=\"{nonce}\" />", reply.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("__NONCE__", reply.Text, StringComparison.Ordinal);
            Assert.True(seen.Add(nonce));
        }
    }

    [Fact]
    public async Task The_policy_is_strict_and_names_the_emulator_of_this_run()
    {
        var policy = (await SendAsync("GET", "/"))["Content-Security-Policy"]!;
        var emulator = new Uri(App.Run.WebPubSub!.Split(';').Single(part => part.StartsWith("Endpoint=", StringComparison.Ordinal))["Endpoint=".Length..]);

        Assert.Equal(
            $"default-src 'none'; script-src 'self'; style-src 'self' 'nonce-N'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self' ws://127.0.0.1:{emulator.Port}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            Nonce().Replace(policy, "'nonce-N'"));
    }

    [Fact]
    public async Task Every_file_that_the_page_names_is_served_for_ever_and_compressed_for_who_asks()
    {
        var names = Address().Matches((await SendAsync("GET", "/")).Text).Select(match => match.Value).ToList();
        Assert.Contains(names, name => name.EndsWith(".js", StringComparison.Ordinal));
        foreach (var name in names)
        {
            var plain = await SendAsync("GET", name);
            var packed = await SendAsync("GET", name, "Accept-Encoding: gzip, deflate, br");
            var head = await SendAsync("HEAD", name, "Accept-Encoding: gzip");
            var kept = await SendAsync("GET", name, $"If-None-Match: {plain["ETag"]}");

            Assert.Equal((200, 200, 200, 304), (plain.Status, packed.Status, head.Status, kept.Status));
            Assert.All((RawReply[])[plain, packed, head, kept], reply => Assert.Equal("public, max-age=31536000, immutable", reply["Cache-Control"]));
            Assert.All((RawReply[])[plain, packed, head], reply => Assert.Equal("nosniff", reply["X-Content-Type-Options"]));
            Assert.All((RawReply[])[plain, packed, head], reply => Assert.StartsWith("default-src 'none'", reply["Content-Security-Policy"], StringComparison.Ordinal));
            Assert.Equal(name.EndsWith(".js", StringComparison.Ordinal) ? "text/javascript; charset=utf-8" : name.EndsWith(".css", StringComparison.Ordinal) ? "text/css; charset=utf-8" : "image/svg+xml; charset=utf-8", plain["Content-Type"]);
            Assert.Equal(plain.Body, packed["Content-Encoding"] is "gzip" ? Unpack(packed.Body) : packed.Body);
            Assert.Equal((packed["Content-Length"], ""), (head["Content-Length"], head.Text));
            Assert.Equal("Accept-Encoding", plain["Vary"]);
        }
    }

    [Theory]
    [InlineData("/console/assets")]
    [InlineData("/console/assets/")]
    [InlineData("/console/assets/unknown-12345678.js")]
    [InlineData("/console/assets/index.html")]
    [InlineData("/console/assets/../index.html/..%2F..%2Fhost.json", 200)] // collapsed: a place of the page
    [InlineData("/console/assets/..%2Findex.html")]
    [InlineData("/console/assets/..%2F..%2Fhost.json")]
    [InlineData("/console/assets/%2e%2e%2f%2e%2e%2fhost.json")]
    [InlineData("/console/assets/..%5C..%5Chost.json")]
    [InlineData("/console/assets/..\\..\\host.json")]
    [InlineData("/console/assets/....//....//host.json")]
    [InlineData("/console/assets//etc/passwd", 200)] // an empty part is in no route but the page's own
    [InlineData("/console/assets/%2Fetc%2Fpasswd")]
    [InlineData("/console/assets/a%00.js")]
    [InlineData("/console/assets/%")]
    [InlineData("/console/assets/CON")]
    [InlineData("/console/assets/%E2%9C%93.js")]
    public async Task What_the_build_does_not_have_is_not_found(string path, int status = 404)
    {
        foreach (var method in (string[])["GET", "HEAD"])
        {
            var reply = await SendAsync(method, path);

            // A server may refuse an address that is none before the app sees it.
            Assert.True(reply.Status == status || (reply.Status == 400 && path.Contains("%00", StringComparison.Ordinal)), reply.ToString());
            Assert.DoesNotContain("extensions", reply.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("root:", reply.Text, StringComparison.Ordinal);
            if (reply.Status == 404)
            {
                Assert.Equal(("0", "no-store"), (reply["Content-Length"], reply["Cache-Control"]));
            }
        }
    }

    [Theory]
    [InlineData("GET", "/api:1/nothing", 404, "application/json")]
    [InlineData("GET", "/api:1", 404, "application/json")]
    [InlineData("GET", "/provision/nothing", 404, null)]
    [InlineData("GET", "/onep:v1/nothing", 404, null)]
    [InlineData("GET", "/index.html", 404, null)]
    [InlineData("GET", "/assets/x.js", 404, null)]
    [InlineData("GET", "/consoles", 404, null)]
    [InlineData("GET", "/favicon.ico", 404, null)]
    [InlineData("GET", "//", 404, null)]
    [InlineData("GET", "//console", 404, null)]
    public async Task What_is_not_the_pages_stays_as_it_was(string method, string path, int status, string? type)
    {
        var reply = await SendAsync(method, path);

        Assert.Equal((status, type), (reply.Status, reply["Content-Type"]?.Split(';')[0]));
        if (type is null)
        {
            Assert.Empty(reply.Headers.Select(header => header.Key).Except(FewHeaders, StringComparer.Ordinal));
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/console")]
    [InlineData("/console/connectors/x")]
    [InlineData("/console/assets/x.js")]
    [InlineData("/console/config.json")]
    public async Task Nothing_is_written_there(string path)
    {
        foreach (var method in (string[])["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
        {
            var reply = await SendAsync(method, path);

            Assert.Equal((405, "GET, HEAD", ""), (reply.Status, reply["Allow"], reply.Text));
            Assert.Empty(reply.Headers.Select(header => header.Key).Except(FewHeaders, StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task The_configuration_says_the_version_the_business_and_where_plain_http_is_heard()
    {
        var reply = await SendAsync("GET", "/console/config.json");
        var config = JsonSerializer.Deserialize<JsonElement>(reply.Text);

        Assert.Equal((200, "application/json; charset=utf-8", "no-store"), (reply.Status, reply["Content-Type"], reply["Cache-Control"]));
        Assert.Equal(["version", "business", "devmodeDomain", "entra"], config.EnumerateObject().Select(field => field.Name), StringComparer.Ordinal);
        Assert.StartsWith("0.1.0", config.GetProperty("version").GetString(), StringComparison.Ordinal);
        Assert.EndsWith($":{App.Http.Port}", config.GetProperty("devmodeDomain").GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, config.GetProperty("entra").ValueKind);
    }

    [Fact]
    public async Task The_page_is_served_under_the_name_of_a_connector_too_and_over_https()
    {
        using var https = App.CreateHttpsClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Host = App.Run.Fqdn } };
        using var reply = await https.SendAsync(request, Token);

        Assert.Equal((HttpStatusCode.OK, "text/html"), (reply.StatusCode, reply.Content.Headers.ContentType!.MediaType));
    }

    private static byte[] Unpack(byte[] body)
    {
        using var stream = new GZipStream(new MemoryStream(body), CompressionMode.Decompress);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    private Task<RawReply> SendAsync(string method, string path, params string[] headers) =>
        RawHttp.ExchangeAsync(App.Http, $"{method} {path} HTTP/1.1\r\nHost: localhost\r\n{string.Concat(headers.Select(header => header + "\r\n"))}{(method is "GET" or "HEAD" ? "" : "Content-Length: 0\r\n")}\r\n");

    [GeneratedRegex("'nonce-([0-9a-f]{32})'")]
    private static partial Regex Nonce();

    [GeneratedRegex("/console/assets/[^\"]+")]
    private static partial Regex Address();
}
