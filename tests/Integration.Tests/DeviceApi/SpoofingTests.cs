using System.Text;
using Murano.Integration.Tests.Infrastructure;

namespace Murano.Integration.Tests.DeviceApi;

/// <summary>Headers by which a client says where it comes from change nothing: counts go by the connection's own address.</summary>
public sealed class SpoofingTests(AzuriteFixture azurite)
{
    private const string Secret = "correct horse battery staple";

    [Fact, Spec("a.10/2")]
    public async Task The_address_is_the_connection_s()
    {
        await using var app = await StartAsync();

        Assert.Equal("127.0.0.1", (await AskAsync(app, "GET /ip", Forged(1), "")).Text);
    }

    [Fact]
    public async Task Another_forged_address_each_time_is_the_same_address()
    {
        await using var app = await StartAsync();
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(401, (await LogOnAsync(app, "sn-1", i)).Status);
        }

        var limited = await LogOnAsync(app, "sn-1", 77);
        Assert.Equal((429, true), (limited.Status, int.Parse(limited["Retry-After"]!, null) is >= 1 and <= 20));
        Assert.Equal(401, (await LogOnAsync(app, "sn-2", 78)).Status);

        // The address has failed four times of four now, and a token is looked up in vain.
        var unknown = await AskAsync(app, "POST /onep:v1/stack/alias", Forged(79) + $"X-Exosite-CIK: {new string('0', 40)}\r\n", "temp=1");
        Assert.Equal((429, true), (unknown.Status, int.Parse(unknown["Retry-After"]!, null) is >= 1 and <= 15));
    }

    [Fact]
    public async Task So_it_is_for_new_identities()
    {
        await using var app = await StartAsync();
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(200, (await AskAsync(app, "POST /provision/activate", Forged(i), $"id=sn-{i}")).Status);
        }

        var limited = await AskAsync(app, "POST /provision/activate", Forged(9), "id=sn-9");

        Assert.Equal((429, true), (limited.Status, int.Parse(limited["Retry-After"]!, null) is >= 1 and <= 30));
        Assert.Equal("Too many new identities from this address. Try again later.", limited.Text);
        Assert.Equal(409, (await AskAsync(app, "POST /provision/activate", Forged(9), "id=sn-0")).Status);
    }

    [Fact, Spec("a.1/3")]
    public async Task Nobody_makes_plain_http_of_https_or_the_other_way_round()
    {
        await using var app = await StartAsync();
        var plain = $"{app.Run.Connector}.devmode-m2.localhost";

        // Under the developer-mode name it is plain http, whatever the header says.
        var forged = await RawHttp.ExchangeAsync(
            app.Http, $"POST /provision/activate HTTP/1.1\r\nHost: {plain}\r\nX-Forwarded-Proto: https\r\nForwarded: proto=https\r\nX-Forwarded-Host: {SimulatedDevice.HostOf(app)}\r\nContent-Length: 7\r\n\r\nid=sn-1");
        Assert.Equal(403, forged.Status);
        Assert.Equal(200, (await AskAsync(app, "POST /provision/activate", "X-Forwarded-Proto: http\r\nForwarded: proto=http\r\n", "id=sn-1")).Status);
    }

    private static string Forged(int i) =>
        FormattableString.Invariant($"X-Forwarded-For: 203.0.113.{i}\r\nX-Real-IP: 203.0.113.{i}\r\nForwarded: for=203.0.113.{i}\r\nX-Original-For: 203.0.113.{i}\r\nCLIENT-IP: 203.0.113.{i}\r\nX-Azure-ClientIP: 203.0.113.{i}\r\n");

    private static Task<RawReply> LogOnAsync(TestApp app, string identity, int i) =>
        AskAsync(app, "POST /onep:v1/stack/alias", Forged(i) + $"Authorization: Basic {Convert.ToBase64String(Encoding.ASCII.GetBytes($"{identity}:{Secret}"))}\r\n", "temp=1");

    private static Task<RawReply> AskAsync(TestApp app, string line, string headers, string body) =>
        RawHttp.ExchangeAsync(app.Http, $"{line} HTTP/1.1\r\nHost: {SimulatedDevice.HostOf(app)}\r\n{headers}Content-Length: {body.Length}\r\n\r\n{body}");

    private Task<TestApp> StartAsync() => TestApp.StartAsync(azurite, new TestAppOptions
    {
        Settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["Devices:FailuresPerMinute"] = "3",
            ["Devices:FailuresPerAddressPerMinute"] = "4",
            ["Devices:NewIdentitiesPerMinute"] = "2",
            ["Devices:RequireHttps"] = "true",
        },
    });
}
