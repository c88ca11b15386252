using System.Net;
using System.Text;
using System.Text.Json;
using Murano.Integration.Tests.Infrastructure;
using Murano.Shared.Access;
using Murano.Shared.Connectors;

namespace Murano.Integration.Tests.ManagementApi;

public sealed class OperatorGateTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string Basic(string name, string secret) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{secret}"));

    [Fact]
    [Spec("b.1/2")]
    public async Task A_key_is_taken_in_each_form()
    {
        await using var app = await ManagementApp.StartAsync(azurite);
        var name = app.App.Run.Operator!.Name;

        foreach (var authorization in (string[])[$"token {app.Secret}", $"Bearer {app.Secret}", $"Token {app.Secret}", Basic(name, app.Secret)])
        {
            Assert.Equal(HttpStatusCode.OK, (await app.CallAsync("GET", "", authorization: authorization)).Status);
        }
    }

    [Fact]
    [Spec("b.1/2")]
    public async Task Nobody_else_is_let_in()
    {
        await using var app = await ManagementApp.StartAsync(azurite);
        var wrong = app.Secret[..^1] + (app.Secret[^1] == 'x' ? 'y' : 'x');

        foreach (var (authorization, reason) in ((string, string)[])
            [($"token {wrong}", "unknown-key"), ("token msk_abcdefghijkl_" + new string('x', 43), "unknown-key"), (Basic("somebody", app.Secret), "unknown-key"),
             ("token 0123456789012345678901234567890123456789", "unknown-key"), ("Digest x", "no-credentials"), ("", "no-credentials")])
        {
            await app.RefusedAsync(401, reason, "GET", "", authorization: authorization);
            await app.RefusedAsync(401, reason, "PUT", "/identity/1234", "{}", authorization);
        }

        using var none = await app.SendAsync("GET", $"/api:1/service/{app.Connector}/device2", null, null);
        Assert.Equal(HttpStatusCode.Unauthorized, none.StatusCode);
        Assert.Equal("Bearer", none.Headers.WwwAuthenticate.ToString());
        await app.RefusedAsync(404, "unknown-identity", "GET", "/identity/1234");
    }

    [Fact]
    public async Task The_role_decides()
    {
        await using var app = await ManagementApp.StartAsync(azurite);
        var viewer = "token " + (await app.Keys.CreateAsync("v", OperatorRole.Viewer, null, null, Token).Ok()).Secret;
        var worker = "token " + (await app.Keys.CreateAsync("o", OperatorRole.Operator, null, null, Token).Ok()).Secret;

        Assert.Equal(HttpStatusCode.OK, (await app.CallAsync("GET", "", authorization: viewer)).Status);
        await app.RefusedAsync(403, "role", "PUT", "/identity/1234", "{}", viewer);
        await app.RefusedAsync(403, "role", "PATCH", "", "{}", worker);
        await app.RefusedAsync(403, "role", "DELETE", "/resource/setpoint", null, worker);
        await app.RefusedAsync(404, "unknown-identity", "GET", "/identity/1234");
        Assert.Equal(HttpStatusCode.NoContent, (await app.CallAsync("PUT", "/identity/1234", "{}", worker)).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await app.CallAsync("PATCH", "/identity/1234/state", """{"setpoint":1}""", worker)).Status);
        Assert.Equal(HttpStatusCode.OK, (await app.CallAsync("GET", "/resource/setpoint", authorization: worker)).Status);
    }

    [Fact]
    public async Task The_scope_decides()
    {
        await using var app = await ManagementApp.StartAsync(azurite);
        var mine = "token " + (await app.Keys.CreateAsync("m", OperatorRole.Admin, new HashSet<ConnectorId> { app.Id }, null, Token).Ok()).Secret;
        var other = "token " + (await app.Keys.CreateAsync("x", OperatorRole.Admin, new HashSet<ConnectorId> { ConnectorId.New() }, null, Token).Ok()).Secret;

        Assert.Equal(HttpStatusCode.OK, (await app.CallAsync("GET", "", authorization: mine)).Status);
        await app.RefusedAsync(403, "scope", "GET", "", authorization: other);
        foreach (var (authorization, status) in ((string, HttpStatusCode)[])[(mine, HttpStatusCode.Forbidden), ($"token {app.Secret}", HttpStatusCode.NotFound)])
        {
            using var unknown = await app.SendAsync("GET", "/api:1/service/unknown1/device2", null, authorization);
            Assert.Equal(status, unknown.StatusCode);
            using var odd = await app.SendAsync("GET", "/api:1/service/0-0/device2", null, authorization);
            Assert.Equal(status, odd.StatusCode);
        }
    }

    [Fact]
    public async Task A_key_ends_when_it_expires_or_is_revoked()
    {
        await using var app = await ManagementApp.StartAsync(azurite);
        var expired = "token " + (await app.Keys.CreateAsync("e", OperatorRole.Viewer, null, DateTimeOffset.UnixEpoch.AddDays(1), Token).Ok()).Secret;
        var secret = (await app.Keys.CreateAsync("r", OperatorRole.Viewer, null, null, Token).Ok()).Secret;
        Assert.Equal(HttpStatusCode.OK, (await app.CallAsync("GET", "", authorization: $"token {secret}")).Status);
        Assert.True(OperatorKeyId.TryParse(secret[4..16], out var id));

        await app.Keys.RevokeAsync(id, Token);

        await app.RefusedAsync(401, "expired-key", "GET", "", authorization: expired);
        await app.RefusedAsync(401, "unknown-key", "GET", "", authorization: $"token {secret}");
    }

    [Fact]
    public async Task A_body_over_a_mebibyte_is_refused()
    {
        await using var app = await ManagementApp.StartAsync(azurite);

        await app.RefusedAsync(413, "body-too-large", "PATCH", "", "{\"name\":\"" + new string('x', 1024 * 1024) + "\"}");
        await app.RefusedAsync(401, "no-credentials", "PATCH", "", new string('x', 5 * 1024 * 1024), "none");

        Assert.Equal("MyConnector", (await app.GetAsync("")).GetProperty("name").GetString());
    }

    [Fact]
    public async Task Without_storage_the_caller_is_told_to_come_back()
    {
        var probe = new StorageProbe();
        await using var app = await ManagementApp.StartAsync(azurite, new TestAppOptions { Policies = [probe] });
        probe.Interfere = (_, _) => StorageFault.Busy;

        using var response = await app.SendAsync("GET", $"/api:1/service/{app.Connector}/device2", null, $"token {app.Secret}");
        var body = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync(Token));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(5), response.Headers.RetryAfter?.Delta);
        Assert.Equal("storage-unavailable", body.GetProperty("reason").GetString());
        probe.Reset();
        await app.GetAsync("");
    }

    [Fact]
    public async Task A_key_is_not_taken_over_plain_http_where_https_is_required()
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase) { ["Devices:RequireHttps"] = "true" };
        await using var app = await ManagementApp.StartAsync(azurite, new TestAppOptions { Settings = settings });
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api:1/service/{app.Connector}/device2");
        request.Headers.TryAddWithoutValidation("Authorization", $"token {app.Secret}");
        request.Headers.Host = $"{app.Connector}.devmode-m2.localhost:{app.App.Http.Port}";

        using var response = await app.App.Client.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        await app.GetAsync("");
    }

    [Fact]
    [Spec("b.4/6")]
    public async Task Replies_are_whole_and_have_a_length()
    {
        await using var app = await ManagementApp.StartAsync(azurite);
        await app.OkAsync("PUT", "/identity/1234", null);

        async Task<RawReply> CallAsync(string method, string path) => await RawHttp.ExchangeAsync(
            app.App.Http, $"{method} /api:1/service/{app.Connector}/device2{path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: token {app.Secret}\r\nContent-Length: 0\r\n\r\n");

        var blob = await CallAsync("GET", "/");
        Assert.Equal("HTTP/1.1 200 OK", blob.StatusLine);
        Assert.Equal("application/json; charset=utf-8", blob["Content-Type"]);
        Assert.NotNull(blob["Content-Length"]);
        Assert.StartsWith("HTTP/1.1 205 ", (await CallAsync("DELETE", "/identity/1234")).StatusLine, StringComparison.Ordinal);
        var missing = await CallAsync("DELETE", "/identity/1234");
        Assert.Equal((404, true), (missing.Status, missing["Content-Length"] is not null));
    }

    [Fact]
    [Spec("b.1/4")]
    public async Task Addresses_and_methods_that_do_not_exist_are_refused_in_the_same_form()
    {
        await using var app = await ManagementApp.StartAsync(azurite);

        await app.RefusedAsync(404, "unknown-address", "GET", "/nothing");
        await app.RefusedAsync(405, "other-method", "POST", "", "{}");
        using var response = await app.SendAsync("PATCH", $"/api:1/service/{app.Connector}/device2/resource/temperature", "{}", $"token {app.Secret}");
        var body = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync(Token));
        Assert.Equal("DELETE, GET, POST, PUT", string.Join(", ", response.Content.Headers.Allow));
        Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        Assert.Equal(405, body.GetProperty("statusCode").GetInt32());
    }

    [Fact]
    public async Task No_secret_is_logged()
    {
        await using var app = await ManagementApp.StartAsync(azurite);
        await app.RefusedAsync(404, "unknown-identity", "GET", "/identity/1234");
        await app.RefusedAsync(401, "unknown-key", "GET", "", authorization: $"token {app.Secret}x");

        Assert.DoesNotContain(app.Secret[17..], string.Join('\n', app.App.Log.Lines), StringComparison.Ordinal);
    }
}
