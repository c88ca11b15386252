using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Murano.Functions.Console;
using Murano.Integration.Tests.Infrastructure;

namespace Murano.Integration.Tests.ConsolePage;

/// <summary>What settings, and a build without the page, change about it.</summary>
public sealed class PageSettingsTests(AzuriteFixture azurite)
{
    private const string Tenant = "00000000-0000-0000-0000-000000000001";
    private const string Api = "00000000-0000-0000-0000-000000000002";

    private static Dictionary<string, string?> Required => new(StringComparer.Ordinal) { ["Devices:RequireHttps"] = "true" };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_tenant_and_a_service_of_ones_own_are_told_to_the_page_and_allowed_by_its_policy()
    {
        await using var app = await TestApp.StartAsync(azurite, new TestAppOptions
        {
            Settings = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["Entra:TenantId"] = Tenant,
                ["Entra:ClientId"] = Api,
                ["WebPubSub:ConnectionString"] = "Endpoint=https://name.webpubsub.example.net;AccessKey=AAAA;Version=1.0;",
            },
        });
        using var page = await app.Client.GetAsync("/", Token);
        var config = await app.Client.GetStringAsync("/console/config.json", Token);

        Assert.Contains("connect-src 'self' wss://name.webpubsub.example.net https://login.microsoftonline.com;", Assert.Single(page.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.EndsWith($"\"entra\":{{\"authority\":\"https://login.microsoftonline.com/{Tenant}/v2.0\",\"clientId\":\"{Api}\",\"scope\":\"api://{Api}/access\"}}}}", config, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_https_is_required_plain_http_leads_there_and_nowhere_else()
    {
        (string Address, int Status)[] cases =
        [
            ("/", 308), ("/console", 308), ("/console/connectors/a%2Fb/devices?q=%20x&code=1", 308), ("/console/assets/unknown.js", 308), ("/console/config.json", 308),
            ("//console/@evil.example", 404), ("/docs", 308), ("/openapi.json", 308),
        ];
        await using var app = await TestApp.StartAsync(azurite, new TestAppOptions { Settings = Required });
        foreach (var (address, status) in cases)
        {
            // Those two are for GET alone.
            foreach (var method in address is "/docs" or "/openapi.json" ? (string[])["GET"] : ["GET", "HEAD"])
            {
                // LocalHost hands on as plain http what comes under this domain.
                var reply = await RawHttp.ExchangeAsync(app.Http, $"{method} {address} HTTP/1.1\r\nHost: x.devmode-m2.localhost:{app.Http.Port}\r\n\r\n");

                Assert.Equal((method, address, status), (method, address, reply.Status));
                Assert.Null(reply["Strict-Transport-Security"]);
                if (status == 308)
                {
                    Assert.Equal(($"https://x.devmode-m2.localhost:{app.Https.Port}{address}", "0", "no-store", ""), (reply["Location"], reply["Content-Length"], reply["Cache-Control"], reply.Text));
                }
            }
        }
    }

    [Fact]
    public async Task Over_https_a_browser_is_told_to_come_so_again_and_only_where_it_is_required()
    {
        await using var app = await TestApp.StartAsync(azurite, new TestAppOptions { Settings = Required });
        await using var open = await TestApp.StartAsync(azurite);
        using var https = app.CreateHttpsClient();
        using var alsoHttps = open.CreateHttpsClient();

        foreach (var (path, status) in ((string, int)[])[("/", 200), ("/console/x", 200), ("/console/assets/unknown.js", 404), ("/console/config.json", 200), ("/docs", 200)])
        {
            using var strict = await https.GetAsync(path, Token);
            using var lax = await alsoHttps.GetAsync(path, Token);
            var plain = await RawHttp.ExchangeAsync(open.Http, $"GET {path} HTTP/1.1\r\nHost: x.devmode-m2.localhost:{open.Http.Port}\r\n\r\n");

            Assert.Equal((status, status, status), ((int)strict.StatusCode, (int)lax.StatusCode, plain.Status));
            Assert.Equal("max-age=31536000", Assert.Single(strict.Headers.GetValues("Strict-Transport-Security")));
            Assert.False(lax.Headers.Contains("Strict-Transport-Security"));
            Assert.Null(plain["Strict-Transport-Security"]);
        }
    }

    [Fact]
    public async Task A_build_without_the_page_says_so_and_how_to_make_it()
    {
        using var empty = new TemporaryFolder();
        await using var app = await TestApp.StartAsync(azurite, new TestAppOptions { Configure = builder => builder.Services.Replace(ServiceDescriptor.Singleton(new ConsoleFiles(empty.Path))) });

        foreach (var path in (string[])["/", "/console", "/console/connectors"])
        {
            using var reply = await app.Client.GetAsync(path, Token);

            Assert.Equal((HttpStatusCode.ServiceUnavailable, "text/plain"), (reply.StatusCode, reply.Content.Headers.ContentType!.MediaType));
            Assert.Equal("no-store", reply.Headers.CacheControl!.ToString());
            Assert.Contains("dotnet build src/Functions", await reply.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        }

        using var file = await app.Client.GetAsync("/console/assets/index.js", Token);
        using var config = await app.Client.GetAsync("/console/config.json", Token);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.OK), (file.StatusCode, config.StatusCode));
        Assert.DoesNotContain(app.Log.Lines, line => line.Contains("failed", StringComparison.Ordinal));
    }
}
