using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Murano.Integration.Tests.Infrastructure;
using Murano.Shared.Access;

namespace Murano.Integration.Tests.ManagementApi;

public sealed class SettingsTests(AzuriteFixture azurite)
{
    private const string Pumps = """{"format":"number","unit":"c","settable":false,"allowed":["0:100"],"sync":true}""";

    [Fact]
    [Spec("b.3/blob")]
    [Spec("b.1/1")]
    [Spec("b.3/1")]
    public async Task The_blob_has_the_first_connector_s_settings_and_samples()
    {
        await using var app = await ManagementApp.StartAsync(azurite);

        var (status, blob) = await app.CallAsync("GET", "");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(
            $$$"""{"name":"MyConnector","description":"","fqdn":"{{{app.App.Run.Fqdn}}}","protocol":{"name":"onep","devmode":false,"port":443}"""
            + ""","identity_format":{"prefix":"","type":"opaque","options":{"casing":"mixed","length":0}}"""
            + ""","provisioning":{"auth_type":"token","enabled":true,"generate_identity":false,"presenter_identity":true,"ip_whitelisting":{"enabled":false,"allowed":[]}}"""
            + ""","resources":{"setpoint":{"format":"number","unit":"C","settable":true,"allowed":[],"sync":true},"temperature":{"format":"number","unit":"C","settable":false,"allowed":[],"sync":true}}}""",
            blob);
    }

    [Fact]
    [Spec("b.3/2")]
    public async Task A_patch_merges_settings_and_replaces_resources()
    {
        await using var app = await ManagementApp.StartAsync(azurite);

        await app.OkAsync("PATCH", "/", """{"identity_format":{"type":"base10","options":{"length":12.67}}}""");
        await app.OkAsync("PATCH", "", """{"protocol":{"devmode":true}}""");
        await app.OkAsync("PATCH", "", $$$$"""{"resources":{"temp":{{{{Pumps}}}}}}""");

        var blob = await app.GetAsync("");
        Assert.Equal("12.67", blob.GetProperty("identity_format").GetProperty("options").GetProperty("length").GetRawText());
        Assert.Equal("""{"name":"onep","devmode":true,"port":443}""", blob.GetProperty("protocol").GetRawText());
        Assert.Equal($$"""{"temp":{{Pumps}}}""", blob.GetProperty("resources").GetRawText());
    }

    [Fact]
    [Spec("c.4/14")]
    [Spec("b.1/4")]
    public async Task A_CA_that_cannot_judge_certificates_is_refused_with_its_field()
    {
        await using var app = await ManagementApp.StartAsync(azurite);
        using var ca = TestCertificates.Authority("Maker");
        using var device = TestCertificates.SelfSigned("CN=sn-1");
        string Patch(string pem) => JsonSerializer.Serialize(new { protocol = new { devmode = true }, pki = new { enabled = true, client_ca = pem } });
        var (_, before) = await app.CallAsync("GET", "");

        foreach (var (pem, reason) in ((string, string)[])[("PEM", "bad-ca"), (device.ExportCertificatePem(), "not-a-ca"), ("", "no-ca")])
        {
            var body = await app.RefusedAsync(400, reason, "PATCH", "", Patch(pem));
            var error = body.GetProperty("errors")[0];
            Assert.Equal("settings", error.GetProperty("name").GetString());
            Assert.Equal("""["pki","client_ca"]""", error.GetProperty("errors")[0].GetProperty("path").GetRawText());
            Assert.Equal((HttpStatusCode.OK, before), await app.CallAsync("GET", ""));
        }

        await app.OkAsync("PATCH", "", Patch(ca.ExportCertificatePem()));
        Assert.Equal(ca.ExportCertificatePem(), (await app.GetAsync("")).GetProperty("pki").GetProperty("client_ca").GetString());
    }

    [Fact]
    [Spec("b.4/17")]
    public async Task A_password_that_cannot_be_hashed_now_is_429_with_the_time_to_wait()
    {
        await using var app = await ManagementApp.StartAsync(azurite);
        var verifier = app.App.Services.GetRequiredService<PasswordVerifier>();
        const string Body = """{"auth":{"type":"password","key":"correct horse battery staple"}}""";
        using (verifier.TryEnter())
        using (verifier.TryEnter())
        {
            using var reply = await app.SendAsync("PUT", $"/api:1/service/{app.Connector}/device2/identity/sn-1", Body, $"token {app.Secret}");

            Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(1)), (reply.StatusCode, reply.Headers.RetryAfter?.Delta));
        }

        await app.OkAsync("PUT", "/identity/sn-1", Body);
    }

    [Theory]
    [InlineData("""{"protocol":{"devmode":true},"resources":{"a.b":{}}}""", "bad-alias")]
    [InlineData("""{"protocol":{"devmode":true},"provisioning":{"auth_type":"hash"}}""", "enum-mismatch")]
    [InlineData("""{"protocol":{"devmode":true}""", "bad-json")]
    [InlineData("[]", "invalid-type")]
    [InlineData("", "bad-json")]
    public async Task A_patch_that_is_refused_changes_nothing(string patch, string reason)
    {
        await using var app = await ManagementApp.StartAsync(azurite);
        var (_, before) = await app.CallAsync("GET", "");

        await app.RefusedAsync(400, reason, "PATCH", "", patch);

        Assert.Equal((HttpStatusCode.OK, before), await app.CallAsync("GET", ""));
    }

    [Fact]
    [Spec("b.3/3")]
    public async Task One_resource_is_read_and_removed()
    {
        await using var app = await ManagementApp.StartAsync(azurite);
        await app.OkAsync("PATCH", "", $$$$"""{"resources":{"temp":{{{{Pumps}}}},"a/b ü":{}}}""");

        Assert.Equal((HttpStatusCode.OK, Pumps), await app.CallAsync("GET", "/resource/temp"));
        Assert.Equal(HttpStatusCode.OK, (await app.CallAsync("GET", "/resource/a%2Fb%20%C3%BC/")).Status);
        await app.OkAsync("DELETE", "/resource/a%2Fb%20%C3%BC", null);

        Assert.Equal("Could not find resource", (await app.RefusedAsync(404, "unknown-resource", "DELETE", "/resource/a%2Fb%20%C3%BC")).GetProperty("message").GetString());
        await app.RefusedAsync(404, "unknown-resource", "GET", "/resource/a.b");
        Assert.Equal($$"""{"temp":{{Pumps}}}""", (await app.GetAsync("")).GetProperty("resources").GetRawText());
    }

    [Fact]
    [Spec("c.1/16")]
    public async Task One_resource_is_added_and_replaced()
    {
        await using var app = await ManagementApp.StartAsync(azurite);
        await app.OkAsync("PATCH", "", """{"resources":{}}""");

        await app.OkAsync("POST", "/resource/temp", Pumps);
        await app.OkAsync("POST", "/resource/a%2Fb", "{}");
        Assert.Equal((HttpStatusCode.OK, Pumps), await app.CallAsync("GET", "/resource/temp"));
        await app.RefusedAsync(409, "resource-exists", "POST", "/resource/temp", """{"unit":"f"}""");
        await app.OkAsync("PUT", "/resource/temp/", """{"unit":"f"}""");
        await app.RefusedAsync(404, "unknown-resource", "PUT", "/resource/other", "{}");
        await app.RefusedAsync(404, "unknown-resource", "PUT", "/resource/a.b", "{}");
        await app.RefusedAsync(400, "bad-alias", "POST", "/resource/a.b", "{}");
        await app.RefusedAsync(400, "bad-json", "PUT", "/resource/temp", null);
        var refused = await app.RefusedAsync(400, "enum-mismatch", "PUT", "/resource/temp", """{"format":"x"}""");

        Assert.Equal("""["paths","/{context_id}/resource/{alias}","put","parameters","0"]""", refused.GetProperty("errors")[0].GetProperty("path").GetRawText());
        Assert.Equal(
            """{"a/b":{"format":"string","unit":"","settable":false,"allowed":[],"sync":true},"temp":{"format":"string","unit":"f","settable":false,"allowed":[],"sync":true}}""",
            (await app.GetAsync("")).GetProperty("resources").GetRawText());
    }

    [Fact]
    public async Task What_one_instance_changed_the_other_shows_at_once()
    {
        await using var one = await ManagementApp.StartAsync(azurite);
        await using var two = await ManagementApp.StartAsync(azurite, new TestAppOptions { TablePrefix = one.App.TablePrefix });
        Assert.Equal(one.Connector, two.Connector);
        await two.GetAsync("");

        await one.OkAsync("PATCH", "", """{"resources":{"new":{"settable":true}}}""");
        await two.OkAsync("PUT", "/identity/sn-1", null);
        await two.OkAsync("PATCH", "/identity/sn-1/state", """{"new":"1"}""");
    }
}
