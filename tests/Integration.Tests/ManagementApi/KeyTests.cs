using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Murano.Integration.Tests.Infrastructure;
using Murano.Shared;

namespace Murano.Integration.Tests.ManagementApi;

public sealed class KeyTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_is_made_listed_used_and_revoked()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var app = await ManagementApp.StartAsync(azurite, new TestAppOptions { Time = time });
        var expires = time.GetUtcNow().AddDays(1).ToUnixMicros();

        var made = await OkAsync(app, "POST", JsonSerializer.Serialize(new { name = "page", role = "operator", connectors = new[] { app.Connector }, expires }));

        var (id, secret) = (made.GetProperty("id").GetString()!, made.GetProperty("secret").GetString()!);
        Assert.Equal(HttpStatusCode.NoContent, (await app.CallAsync("PUT", "/identity/1234", "{}", $"token {secret}")).Status);
        var listed = (await OkAsync(app, "GET")).EnumerateArray().Single(key => key.GetProperty("id").ValueEquals(id));
        Assert.Equal(
            $$"""{"id":"{{id}}","name":"page","role":"operator","connectors":["{{app.Connector}}"],"expires":{{expires}},"created":{{time.GetUnixMicros()}},"lastused":{{time.GetUnixMicros()}}}""",
            listed.GetRawText());
        Assert.DoesNotContain(secret[17..], string.Join('\n', app.App.Log.Lines), StringComparison.Ordinal);
        using var revoked = await app.SendAsync("DELETE", $"/api:1/key/{id}", null, $"token {app.Secret}");
        Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
        await app.RefusedAsync(401, "unknown-key", "GET", "", authorization: $"token {secret}");
        using var again = await app.SendAsync("DELETE", $"/api:1/key/{id}", null, $"token {app.Secret}");
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
    }

    [Fact]
    public async Task Nobody_gives_more_than_they_have()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var app = await ManagementApp.StartAsync(azurite, new TestAppOptions { Time = time });
        var (soon, later) = (time.GetUtcNow().AddHours(1).ToUnixMicros(), time.GetUtcNow().AddHours(2).ToUnixMicros());
        var limited = "token " + (await OkAsync(app, "POST", JsonSerializer.Serialize(new { name = "l", role = "admin", connectors = new[] { app.Connector }, expires = soon }))).GetProperty("secret").GetString();

        async Task<int> TryAsync(object key) => (int)(await app.SendAsync("POST", "/api:1/key", JsonSerializer.Serialize(key), limited)).StatusCode;

        Assert.Equal(403, await TryAsync(new { name = "n", role = "viewer", expires = soon }));
        Assert.Equal(403, await TryAsync(new { name = "n", role = "viewer", connectors = new[] { app.Connector, "other1" }, expires = soon }));
        Assert.Equal(403, await TryAsync(new { name = "n", role = "viewer", connectors = new[] { app.Connector } }));
        Assert.Equal(403, await TryAsync(new { name = "n", role = "viewer", connectors = new[] { app.Connector }, expires = later }));
        Assert.Equal(200, await TryAsync(new { name = "n", role = "admin", connectors = new[] { app.Connector }, expires = soon }));

        using var list = await app.SendAsync("GET", "/api:1/key", null, limited);
        Assert.Equal("l,n", string.Join(',', JsonSerializer.Deserialize<JsonElement>(await list.Content.ReadAsStringAsync(Token)).EnumerateArray().Select(key => key.GetProperty("name").GetString())));
        Assert.Equal(HttpStatusCode.NotFound, (await app.SendAsync("DELETE", $"/api:1/key/{app.Secret[4..16]}", null, limited)).StatusCode);
    }

    [Theory]
    [InlineData("""{"role":"viewer"}""")]
    [InlineData("""{"name":"a:b","role":"viewer"}""")]
    [InlineData("""{"name":"n"}""")]
    [InlineData("""{"name":"n","role":"owner"}""")]
    [InlineData("""{"name":"n","role":"viewer","connectors":"*"}""")]
    [InlineData("""{"name":"n","role":"viewer","connectors":[]}""")]
    [InlineData("""{"name":"n","role":"viewer","connectors":["0-0"]}""")]
    [InlineData("""{"name":"n","role":"viewer","expires":1}""")]
    [InlineData("""{"name":"n","role":"viewer","expires":-1}""")]
    [InlineData("")]
    public async Task A_bad_key_is_not_made(string body)
    {
        await using var app = await ManagementApp.StartAsync(azurite);

        using var reply = await app.SendAsync("POST", "/api:1/key", body, $"token {app.Secret}");

        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.Single((await OkAsync(app, "GET")).EnumerateArray());
    }

    [Fact]
    public async Task The_last_key_that_can_manage_all_others_is_not_revoked()
    {
        await using var app = await ManagementApp.StartAsync(azurite);
        var own = app.Secret[4..16];
        await OkAsync(app, "POST", """{"name":"v","role":"operator"}""");
        await OkAsync(app, "POST", JsonSerializer.Serialize(new { name = "s", role = "admin", connectors = new[] { app.Connector } }));

        using var refused = await app.SendAsync("DELETE", $"/api:1/key/{own}", null, $"token {app.Secret}");
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("\"last-admin\"", await refused.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        await app.GetAsync("");

        var other = (await OkAsync(app, "POST", """{"name":"o","role":"admin"}""")).GetProperty("secret").GetString();
        using var revoked = await app.SendAsync("DELETE", $"/api:1/key/{own}", null, $"token {app.Secret}");
        Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
        await app.RefusedAsync(401, "unknown-key", "GET", "");
        Assert.Equal(HttpStatusCode.OK, (await app.CallAsync("GET", "", authorization: $"token {other}")).Status);
    }

    private static async Task<JsonElement> OkAsync(ManagementApp app, string method, string? body = null)
    {
        using var reply = await app.SendAsync(method, "/api:1/key", body, $"token {app.Secret}");
        var text = await reply.Content.ReadAsStringAsync(Token);
        Assert.True(reply.StatusCode == HttpStatusCode.OK, text);
        return JsonSerializer.Deserialize<JsonElement>(text);
    }
}
