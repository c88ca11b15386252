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
