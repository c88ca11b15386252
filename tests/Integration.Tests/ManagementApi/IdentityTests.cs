using System.Net;
using System.Text.Json;
using Murano.Integration.Tests.Infrastructure;

namespace Murano.Integration.Tests.ManagementApi;

public sealed class IdentityTests(AzuriteFixture azurite)
{
    private const string Token = "0123456789ABCDEFabcdef0123456789ABCDEFab";

    [Fact]
    [Spec("b.4/3")]
    [Spec("b.4/4")]
    [Spec("b.4/6")]
    [Spec("b.4/15")]
    [Spec("b.1/3")]
    public async Task An_identity_is_made_shown_and_deleted()
    {
        await using var app = await ManagementApp.StartAsync(azurite);

        await app.OkAsync("PUT", "/identity/1234", """{"auth":{},"locked":false}""");
        var (status, shown) = await app.CallAsync("GET", "/identity/1234/");
        await app.OkAsync("DELETE", "/identity/1234", null, HttpStatusCode.ResetContent);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(
            """{"identity":"1234","auth":{"type":"token","expire":0},"status":"whitelisted","locked":false,"reprovision":false,"devmode":false,"lastip":"","lastprotocol":"","lastseen":0,"online":false,"presence":"never","state":{},"tags":{}}""",
            shown);
        await app.RefusedAsync(404, "unknown-identity", "GET", "/identity/1234");
        await app.RefusedAsync(404, "unknown-identity", "DELETE", "/identity/1234");
    }

    [Fact]
    [Spec("b.4/7")]
    public async Task An_identity_is_locked_and_unlocked()
    {
        await using var app = await ManagementApp.StartAsync(azurite);
        await app.OkAsync("PUT", "/identity/1234", null);

        await app.OkAsync("PATCH", "/identity/1234", """{"locked":true}""");
        Assert.True((await app.GetAsync("/identity/1234")).GetProperty("locked").GetBoolean());
        await app.OkAsync("PATCH", "/identity/1234", """{"locked":false}""");
        Assert.False((await app.GetAsync("/identity/1234")).GetProperty("locked").GetBoolean());
        await app.RefusedAsync(404, "unknown-identity", "PATCH", "/identity/unknown", """{"locked":true}""");
    }

    [Fact]
    [Spec("b.4/8")]
    public async Task A_revocation_of_an_unknown_identity_is_no_error()
    {
        await using var app = await ManagementApp.StartAsync(azurite);

        await app.OkAsync("PATCH", "/identity/unknown", """{"auth":{"expire":0}}""");

        await app.RefusedAsync(404, "unknown-identity", "GET", "/identity/unknown");
    }

    [Fact]
    [Spec("b.4/16")]
    [Spec("b.4/8")]
    [Spec("f/1")]
    public async Task A_token_set_by_hand_provisions_and_is_never_shown()
    {
        await using var app = await ManagementApp.StartAsync(azurite);

        await app.OkAsync("PUT", "/identity/1234", $$$"""{"auth":{"type":"token","key":"{{{Token}}}"},"locked":false}""");
        var (_, shown) = await app.CallAsync("GET", "/identity/1234");
        Assert.Contains("\"status\":\"provisioned\"", shown, StringComparison.Ordinal);
        Assert.DoesNotContain(Token, shown, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Token, string.Join('\n', app.App.Log.Lines), StringComparison.OrdinalIgnoreCase);

        await app.OkAsync("PATCH", "/identity/1234", """{"auth":{"expire":0}}""");
        Assert.Equal("whitelisted", (await app.GetAsync("/identity/1234")).GetProperty("status").GetString());
    }

    [Fact]
    [Spec("b.1/4")]
    [Spec("b.4/17")]
    [Spec("a.5/21")]
    public async Task What_cannot_be_is_refused_and_makes_nothing()
    {
        await using var app = await ManagementApp.StartAsync(azurite);

        var refused = await app.RefusedAsync(400, "enum-mismatch", "POST", "/identity/", """{"identity":"1234","auth":{"type":"hash"}}""");
        await app.RefusedAsync(400, "bad-certificate", "PUT", "/identity/1234", $$$"""{"auth":{"key":"{{{Token}}}"}}""");
        await app.RefusedAsync(400, "bad-token", "PUT", "/identity/1234", """{"auth":{"type":"token","key":"short"}}""");
        await app.RefusedAsync(400, "invalid-type", "PUT", "/identity/1234", """{"auth":{"expire":-5}}""");
        await app.RefusedAsync(400, "bad-identity", "POST", "/identity/", """{"identity":""}""");
        await app.RefusedAsync(400, "bad-identity", "POST", "/identity/", """{"identity":null}""");
        await app.RefusedAsync(400, "bad-identity", "POST", "/identity/", """{"identity":1234}""");
        await app.RefusedAsync(400, "bad-json", "POST", "/identity/", null);
        await app.RefusedAsync(400, "bad-json", "PATCH", "/identity/1234", "{");
        await app.RefusedAsync(400, "bad-identity", "PUT", "/identity/" + new string('x', 201), "{}");

        Assert.Equal("Validation errors", refused.GetProperty("message").GetString());
        Assert.Equal("ENUM_MISMATCH", refused.GetProperty("errors")[0].GetProperty("errors")[0].GetProperty("code").GetString());
        Assert.Equal(0, (await app.GetAsync("/identity")).GetProperty("devices").GetArrayLength());
    }

    [Fact]
    public async Task Creating_an_identity_that_exists_is_a_conflict()
    {
        await using var app = await ManagementApp.StartAsync(azurite);

        await app.OkAsync("POST", "/identity/", """{"identity":"1234","locked":true}""");
        await app.RefusedAsync(409, "identity-exists", "POST", "/identity/", """{"identity":"1234","locked":false}""");

        Assert.True((await app.GetAsync("/identity/1234")).GetProperty("locked").GetBoolean());
    }

    [Fact]
    [Spec("c.1/2")]
    public async Task An_identity_is_made_up_when_none_is_named()
    {
        await using var app = await ManagementApp.StartAsync(azurite);
        await app.OkAsync("PATCH", "", """{"identity_format":{"type":"base16","prefix":"X-","options":{"casing":"upper","length":6}}}""");

        var (status, made) = await app.CallAsync("POST", "/identity/", """{"auth":{"type":"password"},"locked":true}""");
        var (_, other) = await app.CallAsync("POST", "/identity", "{}");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Matches("""^\{"identity":"X-[0-9A-F]{6}"\}$""", made);
        Assert.False(string.Equals(made, other, StringComparison.Ordinal), made);
        var shown = await app.GetAsync("/identity/" + JsonSerializer.Deserialize<JsonElement>(made).GetProperty("identity").GetString());
        Assert.Equal(("whitelisted", true, "password"), (shown.GetProperty("status").GetString(), shown.GetProperty("locked").GetBoolean(), shown.GetProperty("auth").GetProperty("type").GetString()));
        await app.OkAsync("PATCH", "", """{"identity_format":{"type":"uuid","options":{"length":5}}}""");
        await app.RefusedAsync(400, "no-such-identity", "POST", "/identity", "{}");
        Assert.Equal(2, (await app.GetAsync("/identity")).GetProperty("devices").GetArrayLength());
    }

    [Theory]
    [InlineData("a/b", "a%2Fb")]
    [InlineData("a b+c", "a%20b%2Bc")]
    [InlineData("ü:@!*", "%C3%BC:@!*")]
    [InlineData("state", "state")]
    public async Task An_identity_of_any_characters_is_found_under_its_escaped_address(string identity, string escaped)
    {
        await using var app = await ManagementApp.StartAsync(azurite);

        await app.OkAsync("PUT", $"/identity/{escaped}", "{}");

        Assert.Equal(identity, (await app.GetAsync($"/identity/{escaped}")).GetProperty("identity").GetString());
        Assert.Equal(identity, (await app.GetAsync("/identity/")).GetProperty("devices")[0].GetProperty("identity").GetString());
        Assert.Equal("{}", (await app.GetAsync($"/identity/{escaped}/state")).GetRawText());
    }

    [Fact]
    [Spec("b.4/1")]
    [Spec("b.4/2")]
    [Spec("b.4/14")]
    public async Task The_list_comes_in_pages_and_filtered()
    {
        await using var app = await ManagementApp.StartAsync(azurite);
        foreach (var identity in (string[])["1234", "1235", "1236"])
        {
            await app.OkAsync("PUT", $"/identity/{identity}", identity switch { "1235" => """{"locked":true,"reprovision":true}""", _ => "{}" });
        }

        Assert.Equal(("1234,1235,1236", false), Read(await app.GetAsync("/identity/")));
        Assert.Equal(("1234,1235", true), Read(await app.GetAsync("/identity/?limit=2")));
        var cursor = (await app.GetAsync("/identity/?limit=2")).GetProperty("cursor").GetString();
        Assert.Equal(("1236", false), Read(await app.GetAsync($"/identity/?limit=2&cursor={cursor}")));
        Assert.Equal(("1234,1235,1236", false), Read(await app.GetAsync("/identity/?before=1500000000000")));
        Assert.Equal(("1235", false), Read(await app.GetAsync("/identity?status=locked")));
        Assert.Equal(("1235", false), Read(await app.GetAsync("/identity?status=reprovision")));
        Assert.Equal(("", false), Read(await app.GetAsync("/identity?status=provisioned")));
        await app.RefusedAsync(400, "bad-parameter", "GET", "/identity?limit=x");
        Assert.Equal(("1234,1235,1236", false), Read(await app.GetAsync("/identity?identity=12*&order=identity")));
        Assert.Equal(("1235", false), Read(await app.GetAsync("/identity?q=locked:yes+12")));
        Assert.Equal("""{"count":2}""", (await app.GetAsync("/identities/count?locked=no")).GetRawText());
        await app.RefusedAsync(400, "filter-not-supported", "GET", "/identity?version=12");
        await app.RefusedAsync(400, "bad-cursor", "GET", "/identity?cursor=12");

        static (string, bool) Read(JsonElement page) =>
            (string.Join(',', page.GetProperty("devices").EnumerateArray().Select(device => device.GetProperty("identity").GetString())), page.GetProperty("mayLoadMore").GetBoolean());
    }
}
