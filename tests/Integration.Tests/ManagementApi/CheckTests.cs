using Murano.Integration.Tests.Infrastructure;
using Murano.Shared.Access;

namespace Murano.Integration.Tests.ManagementApi;

/// <summary>Admins have what is derived compared and mended.</summary>
public sealed class CheckTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_admin_checks_and_mends_and_only_mending_is_noted()
    {
        await using var app = await ManagementApp.StartAsync(azurite);
        await app.OkAsync("PUT", "/identity/1234", "{}");
        var noted = await NotedAsync(app);

        Assert.Equal("""{"mayLoadMore":false,"checked":3,"mended":false,"differences":[]}""", (await app.CallAsync("POST", "/check")).Body);
        Assert.Equal("""{"mayLoadMore":false,"checked":0,"mended":false,"differences":[]}""", await AllAsync(app, ""));
        Assert.Equal(noted, await NotedAsync(app));
        Assert.Equal("""{"mayLoadMore":false,"checked":3,"mended":true,"differences":[]}""", (await app.CallAsync("POST", "/check?mend=true")).Body);
        Assert.Equal("""{"mayLoadMore":false,"checked":0,"mended":true,"differences":[]}""", await AllAsync(app, "?mend=true"));
        Assert.Equal(noted + 2, await NotedAsync(app));
    }

    [Fact]
    public async Task Nobody_else_does()
    {
        await using var app = await ManagementApp.StartAsync(azurite);
        foreach (var role in (OperatorRole[])[OperatorRole.Viewer, OperatorRole.Operator])
        {
            var key = (await app.Keys.CreateAsync(role.ToString(), role, null, null, Token).Ok()).Secret;
            await app.RefusedAsync(403, "role", "POST", "/check", null, $"token {key}");
            await app.RefusedAsync(403, "role", "POST", "/check?mend=true", null, $"token {key}");
        }

        var own = (await app.Keys.CreateAsync("own", OperatorRole.Admin, new HashSet<Murano.Shared.Connectors.ConnectorId> { app.Id }, null, Token).Ok()).Secret;
        using var reply = await app.SendAsync("POST", "/api:1/check", null, $"token {own}");
        Assert.Equal(403, (int)reply.StatusCode);
        await app.RefusedAsync(400, "bad-parameter", "POST", "/check?mend=yes");
        await app.RefusedAsync(400, "bad-cursor", "POST", "/check?cursor=x");
    }

    private static async Task<string> AllAsync(ManagementApp app, string query)
    {
        using var reply = await app.SendAsync("POST", "/api:1/check" + query, null, $"token {app.Secret}");
        return await reply.Content.ReadAsStringAsync(Token);
    }

    private static async Task<int> NotedAsync(ManagementApp app)
    {
        using var reply = await app.SendAsync("GET", "/api:1/audit?limit=100", null, $"token {app.Secret}");
        return System.Text.Json.JsonDocument.Parse(await reply.Content.ReadAsStringAsync(Token)).RootElement.GetProperty("items").GetArrayLength();
    }
}
