using System.Net;
using Murano.Integration.Tests.Infrastructure;

namespace Murano.Integration.Tests.ManagementApi;

/// <summary>What an operator does, as the device feels it.</summary>
public sealed class DeviceEffectTests(AzuriteFixture azurite)
{
    private const string Cik = "0123456789ABCDEFabcdef0123456789ABCDEFab";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static async Task<ManagementApp> StartAsync(AzuriteFixture azurite)
    {
        var app = await ManagementApp.StartAsync(azurite);
        await app.OkAsync("PUT", "/identity/1234", $$$"""{"auth":{"type":"token","key":"{{{Cik}}}"}}""");
        return app;
    }

    private static async Task<HttpStatusCode> WriteAsync(ManagementApp app)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/onep:v1/stack/alias") { Content = new StringContent("temperature=21.5&setpoint=7") };
        request.Headers.Add("X-Exosite-CIK", Cik);
        using var response = await app.App.Client.SendAsync(request, Token);
        return response.StatusCode;
    }

    [Fact]
    [Spec("b.4/16")]
    [Spec("b.4/9")]
    [Spec("f/1")]
    public async Task A_token_set_by_hand_is_the_device_s_and_its_values_are_shown()
    {
        await using var app = await StartAsync(azurite);

        Assert.Equal(HttpStatusCode.NoContent, await WriteAsync(app));

        var state = await app.GetAsync("/identity/1234/state");
        Assert.Equal("\"21.5\"", state.GetProperty("temperature").GetProperty("reported").GetRawText());
        Assert.False(state.GetProperty("temperature").TryGetProperty("set", out _));
        Assert.Equal("7", state.GetProperty("setpoint").GetProperty("set").GetString());
        var device = await app.GetAsync("/identity/1234");
        Assert.Equal("127.0.0.1", device.GetProperty("lastip").GetString());
        Assert.InRange(device.GetProperty("lastseen").GetInt64(), 1_700_000_000_000_000, 3_000_000_000_000_000);
        Assert.Equal("https", device.GetProperty("lastprotocol").GetString());
        Assert.Equal((true, "online"), (device.GetProperty("online").GetBoolean(), device.GetProperty("presence").GetString()));
        var listed = (await app.GetAsync("/identity/")).GetProperty("devices")[0];
        Assert.Equal((true, "online"), (listed.GetProperty("online").GetBoolean(), listed.GetProperty("presence").GetString()));
        await app.OkAsync("PATCH", "/identity/1234", """{"locked":true}""");
        device = await app.GetAsync("/identity/1234");
        Assert.Equal((false, "late"), (device.GetProperty("online").GetBoolean(), device.GetProperty("presence").GetString()));
    }

    [Fact]
    [Spec("b.4/7")]
    [Spec("b.4/8")]
    [Spec("b.4/6")]
    public async Task A_lock_a_revocation_and_a_deletion_shut_it_out()
    {
        await using var app = await StartAsync(azurite);

        await app.OkAsync("PATCH", "/identity/1234", """{"locked":true}""");
        Assert.Equal(HttpStatusCode.Unauthorized, await WriteAsync(app));
        await app.OkAsync("PATCH", "/identity/1234", """{"locked":false}""");
        Assert.Equal(HttpStatusCode.NoContent, await WriteAsync(app));
        await app.OkAsync("PATCH", "/identity/1234", """{"auth":{"expire":0}}""");
        Assert.Equal(HttpStatusCode.Unauthorized, await WriteAsync(app));
        await app.OkAsync("PUT", "/identity/1234", $$$"""{"auth":{"type":"token","key":"{{{Cik}}}"}}""");
        Assert.Equal(HttpStatusCode.NoContent, await WriteAsync(app));
        await app.OkAsync("DELETE", "/identity/1234", null, HttpStatusCode.ResetContent);
        Assert.Equal(HttpStatusCode.Unauthorized, await WriteAsync(app));
    }

    [Fact]
    [Spec("f/5")]
    [Spec("c.4/10")]
    public async Task Another_auth_type_of_the_connector_leaves_it_alone()
    {
        await using var app = await StartAsync(azurite);

        await app.OkAsync("PATCH", "", """{"provisioning":{"auth_type":"certificate"}}""");

        Assert.Equal(HttpStatusCode.NoContent, await WriteAsync(app));
        Assert.Equal("token", (await app.GetAsync("/identity/1234")).GetProperty("auth").GetProperty("type").GetString());
    }

    [Fact]
    [Spec("f/8")]
    public async Task A_format_that_its_identity_breaks_shuts_it_out_until_it_is_taken_back()
    {
        await using var app = await StartAsync(azurite);

        await app.OkAsync("PATCH", "", """{"identity_format":{"prefix":"SN"}}""");
        Assert.Equal(HttpStatusCode.Unauthorized, await WriteAsync(app));
        await app.RefusedAsync(400, "identity-format", "PUT", "/identity/4711", "{}");
        await app.OkAsync("PATCH", "", """{"identity_format":{"prefix":""}}""");

        Assert.Equal(HttpStatusCode.NoContent, await WriteAsync(app));
    }

    [Fact]
    [Spec("b.4/11")]
    [Spec("b.4/12")]
    public async Task The_blob_leads_to_the_device_s_address_and_to_its_token()
    {
        await using var app = await ManagementApp.StartAsync(azurite);
        var fqdn = (await app.GetAsync("")).GetProperty("fqdn").GetString()!;
        using var client = app.App.CreateHttpsClient();

        async Task<HttpResponseMessage> ActivateAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/provision/activate")
            {
                Content = new FormUrlEncodedContent([new("vendor", app.Connector), new("model", app.Connector), new("sn", "1234")]),
                Headers = { Host = fqdn },
            };
            return await client.SendAsync(request, Token);
        }

        using var first = await ActivateAsync();
        using var second = await ActivateAsync();

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal(40, (await first.Content.ReadAsStringAsync(Token)).Length);
        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        Assert.Equal("provisioned", (await app.GetAsync("/identity/1234")).GetProperty("status").GetString());
    }
}
