using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Murano.Integration.Tests.Infrastructure;

namespace Murano.Integration.Tests.DeviceApi;

/// <summary>Developer mode (specification a.1/3): plain http under a second host name, where https is required otherwise.</summary>
public sealed class DeveloperModeTests(AzuriteFixture azurite)
{
    private const string Secret = "correct horse battery staple";

    [Fact, Spec("a.1/3")]
    public async Task Tokens_are_given_and_heard_over_plain_http_while_it_is_on()
    {
        await using var app = await StartAsync();
        using var person = SimulatedOperator.Of(app.Run);
        Assert.Equal(403, (await ActivateAsync(app, DevMode(app), "sn-1")).Status);

        await person.PatchSettingsAsync("""{"protocol":{"devmode":true}}""");
        var given = await ActivateAsync(app, DevMode(app), "sn-1");
        Assert.Equal((200, 40), (given.Status, given.Body.Length));
        Assert.Equal(204, (await WriteAsync(app, DevMode(app), Token(given.Text))).Status);
        Assert.Equal(204, (await WriteAsync(app, DevMode(app).ToUpperInvariant() + ".:80", Token(given.Text))).Status);
        Assert.Equal(200, (await AskAsync(app, DevMode(app), "GET /timestamp")).Status);

        await person.PatchSettingsAsync("""{"protocol":{"devmode":false}}""");
        foreach (var reply in (RawReply[])[await WriteAsync(app, DevMode(app), Token(given.Text)), await ActivateAsync(app, DevMode(app), "sn-2"), await AskAsync(app, DevMode(app), "GET /timestamp")])
        {
            Assert.Equal((403, "0", ""), (reply.Status, reply["Content-Length"], reply.Text));
        }

        Assert.Equal(204, await WriteOverTlsAsync(app, DevMode(app), Token(given.Text)));
    }

    [Fact, Spec("a.1/3"), Spec("a.2/7")]
    public async Task Plain_http_under_any_other_name_is_403_whoever_asks()
    {
        await using var app = await StartAsync();
        using var person = SimulatedOperator.Of(app.Run);
        await person.PatchSettingsAsync("""{"protocol":{"devmode":true}}""");
        var token = (await ActivateAsync(app, DevMode(app), "sn-1")).Text;

        // LocalHost hands all that ends in this domain on as plain http.
        foreach (var host in (string[])[Normal(app), "nobody.example.test", "nobody.m2.example.test", "a.b.c.example.test"])
        {
            Assert.Equal(403, (await WriteAsync(app, host, Token(token))).Status);
            Assert.Equal(403, (await ActivateAsync(app, host, "sn-2")).Status);
            Assert.Equal(403, (await AskAsync(app, host, "GET /ip")).Status);
        }

        Assert.Equal(204, await WriteOverTlsAsync(app, Normal(app), Token(token)));
        Assert.Equal(404, await IdentityStatusAsync(person, "sn-2"));
    }

    [Fact, Spec("a.1/3")]
    public async Task Who_came_that_way_shows_it_and_who_came_over_TLS_under_the_same_name_does_not()
    {
        await using var app = await StartAsync();
        using var person = SimulatedOperator.Of(app.Run);
        await person.PatchSettingsAsync("""{"protocol":{"devmode":true}}""");

        Assert.Equal(200, (await ActivateAsync(app, DevMode(app), "sn-1")).Status);
        Assert.Equal(200, await AskOverTlsAsync(app, DevMode(app), "POST /provision/activate", "", "id=sn-2"));
        Assert.Equal(200, await AskOverTlsAsync(app, Normal(app), "POST /provision/activate", "", "id=sn-3"));

        Assert.True(await IsDevModeAsync(person, "sn-1"));
        Assert.False(await IsDevModeAsync(person, "sn-2"));
        Assert.False(await IsDevModeAsync(person, "sn-3"));
    }

    [Fact, Spec("a.1/3")]
    public async Task Passwords_are_neither_taken_nor_heard()
    {
        await using var app = await StartAsync();
        using var person = SimulatedOperator.Of(app.Run);
        await person.PatchSettingsAsync("""{"protocol":{"devmode":true},"provisioning":{"auth_type":"password"}}""");
        using var put = await person.SendAsync(HttpMethod.Put, "identity/sn-1", $$$"""{"auth":{"type":"password","key":"{{{Secret}}}"}}""");
        Assert.True(put.IsSuccessStatusCode);
        var basic = $"Authorization: Basic {Convert.ToBase64String(Encoding.ASCII.GetBytes($"sn-1:{Secret}"))}\r\n";

        Assert.Equal(401, (await WriteAsync(app, DevMode(app), basic)).Status);
        Assert.Equal(204, await WriteOverTlsAsync(app, DevMode(app), basic));
        Assert.Equal(403, (await AskAsync(app, DevMode(app), "POST /provision/activate", body: "id=sn-2&password=" + Uri.EscapeDataString(Secret))).Status);
        Assert.Equal(404, await IdentityStatusAsync(person, "sn-2"));
    }

    [Fact]
    public async Task Where_https_is_not_required_the_name_still_needs_the_mode_and_others_do_not()
    {
        await using var app = await StartAsync(https: "false");
        using var person = SimulatedOperator.Of(app.Run);

        Assert.Equal(403, (await ActivateAsync(app, DevMode(app), "sn-1")).Status);
        Assert.Equal(200, (await ActivateAsync(app, Normal(app), "sn-1")).Status);
        await person.PatchSettingsAsync("""{"protocol":{"devmode":true}}""");
        Assert.Equal(200, (await ActivateAsync(app, DevMode(app), "sn-2")).Status);
    }

    private static string DevMode(TestApp app) => $"{app.Run.Connector}.example.test";

    private static string Normal(TestApp app) => $"{app.Run.Connector}.m2.example.test";

    private static string Token(string token) => $"X-Exosite-CIK: {token}\r\n";

    private static Task<RawReply> ActivateAsync(TestApp app, string host, string identity) => AskAsync(app, host, "POST /provision/activate", body: $"id={identity}");

    private static Task<RawReply> WriteAsync(TestApp app, string host, string credential) => AskAsync(app, host, "POST /onep:v1/stack/alias", credential, "temperature=1");

    private static Task<RawReply> AskAsync(TestApp app, string host, string line, string headers = "", string body = "") =>
        RawHttp.ExchangeAsync(app.Http, $"{line} HTTP/1.1\r\nHost: {host}\r\n{headers}Content-Length: {body.Length}\r\n\r\n{body}");

    private static async Task<int> WriteOverTlsAsync(TestApp app, string host, string credential) =>
        await AskOverTlsAsync(app, host, "POST /onep:v1/stack/alias", credential, "temperature=1");

    private static async Task<int> AskOverTlsAsync(TestApp app, string host, string line, string headers, string body)
    {
        var tls = new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            CertificateChainPolicy = new()
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { X509CertificateLoader.LoadCertificateFromFile(app.Run.Ca) },
                RevocationMode = X509RevocationMode.NoCheck,
            },
        };
        await using var connection = await RawHttp.ConnectAsync(app.Https, tls);
        await connection.SendAsync($"{line} HTTP/1.1\r\nHost: {host}\r\n{headers}Content-Length: {body.Length}\r\n\r\n{body}");
        return (await connection.ReadReplyAsync()).Status;
    }

    private static async Task<bool> IsDevModeAsync(SimulatedOperator person, string identity)
    {
        using var reply = await person.SendAsync(HttpMethod.Get, $"identity/{identity}", null);
        return JsonSerializer.Deserialize<JsonElement>(await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).GetProperty("devmode").GetBoolean();
    }

    private static async Task<int> IdentityStatusAsync(SimulatedOperator person, string identity)
    {
        using var reply = await person.SendAsync(HttpMethod.Get, $"identity/{identity}", null);
        return (int)reply.StatusCode;
    }

    private Task<TestApp> StartAsync(string https = "true") => TestApp.StartAsync(azurite, new TestAppOptions
    {
        Settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["Devices:RequireHttps"] = https,
            ["Devices:Domain"] = "m2.example.test",
            ["Devices:DevModeDomain"] = "example.test",
        },
    });
}
