using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Murano.Integration.Tests.Infrastructure;
using Murano.Shared.Access;
using Murano.Shared.Connectors;

namespace Murano.Integration.Tests.ManagementApi;

public sealed class SolutionTests(AzuriteFixture azurite)
{
    private const string Solutions = "/api:1/business/murano/solution/";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Spec("b.2/1")]
    [Spec("b.2/2")]
    public async Task A_user_has_one_business()
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase) { ["Business:Id"] = "acme", ["Business:Name"] = "Acme Inc" };
        await using var app = await ManagementApp.StartAsync(azurite, new TestAppOptions { Settings = settings });
        var name = app.App.Run.Operator!.Name;

        Assert.Equal((200, """[{"bizid":"acme","role":"admin","name":"Acme Inc"}]"""), await SendAsync(app, "GET", $"/api:1/user/{name}/membership/"));
        Assert.Equal(404, (await SendAsync(app, "GET", "/api:1/user/somebody/membership/")).Status);
        Assert.Equal((200, $$"""{"name":"Acme Inc","email":"{{name}}","tier":{"id":"standard"},"lineitems":[]}"""), await SendAsync(app, "GET", "/api:1/business/acme/overview"));
        Assert.Equal(404, (await SendAsync(app, "GET", "/api:1/business/murano/overview")).Status);
        Assert.Equal(404, (await SendAsync(app, "GET", Solutions)).Status);
    }

    [Fact]
    [Spec("b.2/3")]
    [Spec("b.2/6")]
    [Spec("b.2/9")]
    public async Task A_connector_is_a_product_whose_domain_has_no_port()
    {
        await using var app = await ManagementApp.StartAsync(azurite);

        var entry = $$"""{"bizid":"murano","type":"product","apiId":"{{app.Connector}}","sid":"{{app.Connector}}","name":"MyConnector","domain":"{{app.Connector}}.m2.localhost"}""";
        Assert.Equal((200, $"[{entry}]"), await SendAsync(app, "GET", Solutions));
        Assert.Equal((200, $$"""{"id":"{{app.Connector}}","name":"MyConnector","domain":"{{app.Connector}}.m2.localhost"}"""), await SendAsync(app, "GET", $"/api:1/solution/{app.Connector}"));
        Assert.Equal(404, (await SendAsync(app, "GET", "/api:1/solution/unknown1")).Status);
        Assert.Equal(404, (await SendAsync(app, "GET", "/api:1/solution/0-0")).Status);
    }

    [Fact]
    [Spec("b.2/3")]
    [Spec("b.2/4")]
    [Spec("b.2/9")]
    public async Task A_solution_is_made_under_a_name_that_fits()
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase) { ["Connectors:MaxConnectors"] = "2" };
        await using var app = await ManagementApp.StartAsync(azurite, new TestAppOptions { Settings = settings });
        foreach (var bad in (string[])["0abc", "a", "", "a b", "a-b", new string('x', 64)])
        {
            Assert.Equal(400, (await SendAsync(app, "POST", Solutions, JsonSerializer.Serialize(new { label = bad, type = "product" }))).Status);
        }

        var application = await SendAsync(app, "POST", Solutions, """{"label":"Thing","type":"application"}""");
        Assert.Equal((400, "type-not-supported"), (application.Status, Reason(application.Body)));
        Assert.Equal(400, (await SendAsync(app, "POST", Solutions, """{"label":"Thing"}""")).Status);
        Assert.Equal(400, (await SendAsync(app, "POST", Solutions, """{"label":"Thing","type":"other"}""")).Status);

        var (status, body) = await SendAsync(app, "POST", Solutions, """{"label":"Thing","type":"product"}""");
        Assert.Equal(200, status);
        var id = Assert.Single(JsonSerializer.Deserialize<JsonElement>(body).EnumerateObject()).Value.GetString()!;
        Assert.True(ConnectorId.TryParse(id, out var connector));
        var scoped = "token " + (await app.Keys.CreateAsync("s", OperatorRole.Viewer, new HashSet<ConnectorId> { connector }, null, Token).Ok()).Secret;
        Assert.Equal([app.Connector, id], Ids((await SendAsync(app, "GET", Solutions)).Body));
        Assert.Equal([id], Ids((await SendAsync(app, "GET", Solutions, authorization: scoped)).Body));
        Assert.Equal(404, (await SendAsync(app, "GET", $"/api:1/solution/{app.Connector}", authorization: scoped)).Status);

        var over = await SendAsync(app, "POST", Solutions, """{"label":"Other","type":"product"}""");
        Assert.Equal((409, "limit"), (over.Status, Reason(over.Body)));
        Assert.Equal(2, Ids((await SendAsync(app, "GET", Solutions)).Body).Length);
    }

    [Fact]
    [Spec("b.2/5")]
    public async Task A_solution_that_is_deleted_is_gone_at_once()
    {
        await using var app = await ManagementApp.StartAsync(azurite);
        await app.OkAsync("PUT", "/identity/1234", null);

        Assert.Equal((200, "{}"), await SendAsync(app, "DELETE", Solutions + app.Connector));

        Assert.Equal((200, "[]"), await SendAsync(app, "GET", Solutions));
        Assert.Equal(404, (await SendAsync(app, "GET", $"/api:1/solution/{app.Connector}")).Status);
        Assert.Equal(404, (await SendAsync(app, "DELETE", Solutions + app.Connector)).Status);
        await app.RefusedAsync(404, "unknown-connector", "PUT", "/identity/1234", "{}");
        using var device = await app.App.Client.PostAsync(new Uri("/provision/activate", UriKind.Relative), new StringContent($"vendor={app.Connector}&model={app.Connector}&sn=1"), Token);
        Assert.Equal(HttpStatusCode.NotFound, device.StatusCode);
    }

    [Fact]
    [Spec("b.2/7")]
    public async Task Usage_counts_the_devices()
    {
        await using var app = await ManagementApp.StartAsync(azurite);
        await app.OkAsync("PUT", "/identity/a", null);
        await app.OkAsync("PUT", "/identity/b", """{"auth":{"type":"token","key":"0123456789012345678901234567890123456789"}}""");
        await app.OkAsync("PATCH", "/identity/b", """{"locked":true}""");

        Assert.Equal(
            (200, """{"device2":{"service":"device2","quota":{},"usage":{"identity_total":2,"identity_provisioned":1,"identity_locked":1}}}"""),
            await SendAsync(app, "GET", $"/api:1/solution/{app.Connector}/usage"));
    }

    [Fact]
    [Spec("b.2/8")]
    [Spec("b.2/10")]
    [Spec("b.1/6")]
    [Spec("b.6/1")]
    public async Task What_only_applications_have_is_there_and_empty()
    {
        await using var app = await ManagementApp.StartAsync(azurite);

        foreach (var (part, expected) in ((string, string)[])
            [("version", "{}"), ("logs", """{"items":[],"total":0}"""), ("serviceconfig", """{"items":[],"total":0}"""), ("eventhandler", """{"items":[],"total":0}"""), ("module", """{"items":[],"total":0}"""),
             ("endpoint", "[]"), ("role", "[]"), ("user", "[]"), ("file", "[]"), ("cors", "[]")])
        {
            Assert.Equal((200, expected), await SendAsync(app, "GET", $"/api:1/solution/{app.Connector}/{part}"));
        }

        Assert.Equal(404, (await SendAsync(app, "GET", $"/api:1/solution/{app.Connector}/other")).Status);
    }

    private static string Reason(string body) => JsonSerializer.Deserialize<JsonElement>(body).GetProperty("reason").GetString()!;

    private static string[] Ids(string body) => [.. JsonSerializer.Deserialize<JsonElement>(body).EnumerateArray().Select(solution => solution.GetProperty("sid").GetString()!)];

    private static async Task<(int Status, string Body)> SendAsync(ManagementApp app, string method, string path, string? body = null, string? authorization = null)
    {
        using var reply = await app.SendAsync(method, path, body, authorization ?? $"token {app.Secret}");
        return ((int)reply.StatusCode, await reply.Content.ReadAsStringAsync(Token));
    }
}
