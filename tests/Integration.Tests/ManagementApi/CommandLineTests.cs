using System.Text;
using System.Text.Json;
using Murano.Integration.Tests.Infrastructure;

namespace Murano.Integration.Tests.ManagementApi;

/// <summary>The requests of the official command line, byte for byte as it sends them (specification b.3, b.4), and what it gets.</summary>
public sealed class CommandLineTests(AzuriteFixture azurite)
{
    private const string Key = "0123456789ABCDEFabcdef0123456789ABCDEFab";

    [Fact]
    [Spec("b.3/4")]
    [Spec("b.3/2")]
    [Spec("c.1/15")]
    public async Task Settings_are_read_and_written_section_by_section()
    {
        await using var app = await ManagementApp.StartAsync(azurite);

        await ExpectAsync(app, "PATCH", "", """{"protocol":{"name":"onep","devmode":true}}""", 204, "");
        await ExpectAsync(app, "PATCH", "", """{"identity_format":{"prefix":"P-","type":"base10","options":{"casing":"mixed","length":12.67}}}""", 204, "");
        await ExpectAsync(app, "PATCH", "", """{"provisioning":{"auth_type":"token","enabled":true,"generate_identity":true,"presenter_identity":false,"ip_whitelisting":{"enabled":true,"allowed":["203.0.113.0/24"]}}}""", 204, "");
        await ExpectAsync(app, "PATCH", "", """{"resources":{"temp":{"format":"number","unit":"c","settable":false,"allowed":["0:100"]}}}""", 204, "");

        await ExpectAsync(
            app,
            "GET",
            "",
            null,
            200,
            $$$"""{"name":"MyConnector","description":"","fqdn":"{{{app.App.Run.Fqdn}}}","protocol":{"name":"onep","devmode":true,"port":443}"""
            + ""","identity_format":{"prefix":"P-","type":"base10","options":{"casing":"mixed","length":12.67}}"""
            + ""","provisioning":{"auth_type":"token","enabled":true,"generate_identity":true,"presenter_identity":false,"ip_whitelisting":{"enabled":true,"allowed":["203.0.113.0/24"]}}"""
            + ""","resources":{"temp":{"format":"number","unit":"c","settable":false,"allowed":["0:100"],"sync":true}}}""");
    }

    [Fact]
    [Spec("b.3/4")]
    [Spec("b.3/3")]
    [Spec("b.3/5")]
    public async Task Syncup_replaces_the_map_of_resources()
    {
        await using var app = await ManagementApp.StartAsync(azurite);
        await ExpectAsync(app, "PATCH", "", """{"resources":{"old":{"format":"string"},"temp":{"format":"number","allowed":["9-11"]}}}""", 204, "");
        var before = await CallAsync(app, "GET", "", null);
        Assert.Equal(before, await CallAsync(app, "GET", "", null));

        await ExpectAsync(app, "PATCH", "", """{"resources":{"temp":{"format":"number","unit":"c","settable":true,"allowed":["0:100"]},"on":{"format":"boolean","settable":true}}}""", 204, "");

        var resources = JsonSerializer.Deserialize<JsonElement>((await CallAsync(app, "GET", "", null)).Body).GetProperty("resources");
        Assert.Equal(
            """{"on":{"format":"boolean","unit":"","settable":true,"allowed":[],"sync":true},"temp":{"format":"number","unit":"c","settable":true,"allowed":["0:100"],"sync":true}}""", resources.GetRawText());
        var (status, body) = await CallAsync(app, "GET", "/resource/old", null);
        Assert.Equal(404, status);
        Assert.StartsWith("""{"message":"Could not find resource","code":404,""", body, StringComparison.Ordinal);
    }

    [Fact]
    [Spec("b.4/1")]
    [Spec("b.4/3")]
    [Spec("b.4/4")]
    [Spec("b.4/6")]
    [Spec("b.4/7")]
    [Spec("b.4/8")]
    [Spec("b.4/16")]
    [Spec("c.1/3")]
    [Spec("c.1/4")]
    [Spec("c.1/5")]
    [Spec("c.1/17")]
    public async Task Device_commands()
    {
        await using var app = await ManagementApp.StartAsync(azurite);
        const string Listed = ""","auth":{"type":"token","expire":0},"status":"whitelisted","locked":false,"reprovision":false,"devmode":false,"lastip":"","lastprotocol":"","lastseen":0,"online":false,"presence":"never"}""";

        await ExpectAsync(app, "GET", "/identity/?limit=10", null, 200, """{"mayLoadMore":false,"devices":[]}""");
        foreach (var identity in (string[])["1234", "1235", "1236"])
        {
            await ExpectAsync(app, "PUT", $"/identity/{identity}", """{"auth":{},"locked":false}""", 204, "");
        }

        await ExpectAsync(app, "GET", "/identity/", null, 200, $$"""{"mayLoadMore":false,"devices":[{"identity":"1234"{{Listed}},{"identity":"1235"{{Listed}},{"identity":"1236"{{Listed}}]}""");
        await ExpectAsync(app, "PUT", "/identity/1234", """{"auth":{"expire":1900000000000000},"locked":false}""", 204, "");
        await ExpectAsync(app, "PUT", "/identity/1235", $$$"""{"auth":{"type":"token","key":"{{{Key}}}"},"locked":false}""", 204, "");
        await ExpectAsync(app, "PATCH", "/identity/1234", """{"locked":true}""", 204, "");
        Assert.Contains("\"expire\":1900000000000000},\"status\":\"whitelisted\",\"locked\":true", (await CallAsync(app, "GET", "/identity/1234", null)).Body, StringComparison.Ordinal);
        await ExpectAsync(app, "PATCH", "/identity/1234", """{"locked":false}""", 204, "");
        Assert.Contains("\"status\":\"provisioned\"", (await CallAsync(app, "GET", "/identity/1235", null)).Body, StringComparison.Ordinal);
        await ExpectAsync(app, "PATCH", "/identity/1235", """{"auth":{"expire":0}}""", 204, "");
        Assert.Contains("\"status\":\"whitelisted\"", (await CallAsync(app, "GET", "/identity/1235", null)).Body, StringComparison.Ordinal);
        await ExpectAsync(app, "DELETE", "/identity/1234", null, 205, "");
        Assert.Equal(404, (await CallAsync(app, "DELETE", "/identity/1234", null)).Status);
        Assert.Equal(404, (await CallAsync(app, "PATCH", "/identity/1234", """{"locked":true}""")).Status);
        Assert.Equal(404, (await CallAsync(app, "GET", "/identity/1234", null)).Status);
    }

    [Fact]
    [Spec("b.4/9")]
    [Spec("b.4/10")]
    [Spec("c.1/9")]
    [Spec("c.1/10")]
    [Spec("c.1/18")]
    public async Task Values_are_read_and_written()
    {
        await using var app = await ManagementApp.StartAsync(azurite);
        await ExpectAsync(app, "PUT", "/identity/1234", """{"auth":{},"locked":false}""", 204, "");
        await ExpectAsync(app, "GET", "/identity/1234/state", null, 200, "{}");

        await ExpectAsync(app, "PATCH", "/identity/1234/state", """{"setpoint":22}""", 204, "");
        var setpoint = JsonSerializer.Deserialize<JsonElement>((await CallAsync(app, "GET", "/identity/1234/state", null)).Body).GetProperty("setpoint");
        var (status, refused) = await CallAsync(app, "PATCH", "/identity/1234/state", """{"temperature":22}""");

        Assert.Equal("22", setpoint.GetProperty("set").GetRawText());
        Assert.True(setpoint.GetProperty("timestamp").GetInt64() > 1_500_000_000_000_000);
        Assert.Equal(400, status);
        Assert.StartsWith("""{"message":"Value is not settable","code":400,""", refused, StringComparison.Ordinal);
        Assert.Equal(404, (await CallAsync(app, "PATCH", "/identity/unknown/state", """{"setpoint":22}""")).Status);
    }

    [Fact]
    [Spec("c.1/1")]
    public async Task An_identity_is_added_once()
    {
        await using var app = await ManagementApp.StartAsync(azurite);

        await ExpectAsync(app, "POST", "/identity/", """{"identity":"1234","auth":{"type":"token","expire":0},"locked":false}""", 204, "");

        Assert.Equal(409, (await CallAsync(app, "POST", "/identity/", """{"identity":"1234"}""")).Status);
    }

    [Fact]
    [Spec("b.1/2")]
    public async Task Scripts_show_name_and_secret_as_email_and_password()
    {
        await using var app = await ManagementApp.StartAsync(azurite);
        string Basic(string password) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{app.App.Run.Operator!.Name}:{password}"));

        Assert.Equal(200, (await CallAsync(app, "GET", "", null, Basic(app.Secret))).Status);
        Assert.Equal(401, (await CallAsync(app, "GET", "", null, Basic("wrong"))).Status);
    }

    [Fact]
    [Spec("b.6/1")]
    [Spec("b.6/2")]
    [Spec("b.6/3")]
    public async Task The_log_is_empty_and_has_no_other_form()
    {
        await using var app = await ManagementApp.StartAsync(azurite);
        const string Upgrade = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n";
        var authorization = $"Authorization: token {app.Secret}\r\n";

        Task<RawReply> AskAsync(string path, string headers) => RawHttp.ExchangeAsync(app.App.Http, $"GET {path} HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n");
        foreach (var form in (string[])["", "?polling=false", "?limit=10"])
        {
            var reply = await AskAsync($"/api:1/solution/{app.Connector}/logs{form}", authorization);
            Assert.Equal((200, """{"items":[],"total":0}"""), (reply.Status, reply.Text));
        }

        Assert.Equal(200, (await AskAsync($"/api:1/solution/{app.Connector}/logs", authorization + Upgrade)).Status);
        Assert.Equal(401, (await AskAsync($"/api:1/solution/{app.Connector}/logs?token={app.Secret}", Upgrade)).Status);
        foreach (var path in (string[])[$"/api:1/log/{app.Connector}/events?token=x", $"/api:1/service/{app.Connector}/device2/dashboard/main"])
        {
            var reply = await AskAsync(path, authorization + Upgrade);
            Assert.Equal(404, reply.Status);
            Assert.StartsWith("""{"message":"Not Found","code":404,""", reply.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    [Spec("c.4/4")]
    public async Task A_policy_of_TLS_is_kept_and_shown()
    {
        await using var app = await ManagementApp.StartAsync(azurite);

        foreach (var policy in (string[])["\"TLS v1.0 Legacy\"", "\"TLS v1.2 Default\"", """["TLSv1.2","ECDHE-RSA-AES128-GCM-SHA256"]"""])
        {
            await ExpectAsync(app, "PATCH", "", """{"protocol":{"tls":{"policy":POLICY}}}""".Replace("POLICY", policy, StringComparison.Ordinal), 204, "");
            Assert.Equal("""{"name":"onep","devmode":false,"port":443,"tls":{"policy":POLICY}}""".Replace("POLICY", policy, StringComparison.Ordinal), (await app.GetAsync("")).GetProperty("protocol").GetRawText());
        }

        foreach (var policy in (string[])["\"TLS v9\"", "7", "[]", "[7]", "[\"\"]", "null", "{}"])
        {
            Assert.Equal((policy, 400), (policy, (await CallAsync(app, "PATCH", "", """{"name":"changed","protocol":{"tls":{"policy":POLICY}}}""".Replace("POLICY", policy, StringComparison.Ordinal))).Status));
        }

        var blob = await app.GetAsync("");
        Assert.Equal(("MyConnector", "TLSv1.2"), (blob.GetProperty("name").GetString(), blob.GetProperty("protocol").GetProperty("tls").GetProperty("policy")[0].GetString()));
    }

    private static async Task ExpectAsync(ManagementApp app, string method, string path, string? body, int status, string answer) =>
        Assert.Equal((status, answer), await CallAsync(app, method, path, body));

    // With a Content-Type on each request, body or not, as the command line has it.
    private static async Task<(int Status, string Body)> CallAsync(ManagementApp app, string method, string path, string? body, string? authorization = null)
    {
        var length = body is null ? "" : $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n";
        var reply = await RawHttp.ExchangeAsync(
            app.App.Http,
            $"{method} /api:1/service/{app.Connector}/device2{path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip;q=1.0,deflate;q=0.6,identity;q=0.3\r\nAccept: */*\r\nUser-Agent: MrMurano/3.0.7\r\n"
            + $"Authorization: {authorization ?? $"token {app.Secret}"}\r\nContent-Type: application/json\r\n{length}\r\n{body}");
        return (reply.Status, reply.Text);
    }
}
