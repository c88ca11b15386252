using Microsoft.Extensions.DependencyInjection;
using Murano.Integration.Tests.Infrastructure;
using Murano.Shared.Connectors;

namespace Murano.Integration.Tests.DeviceApi;

/// <summary>Each address of the device API with each credential: what comes back, and that no value of another device is read or changed.</summary>
public sealed class AccessMatrixTests(AzuriteFixture azurite)
{
    private const string Domain = "m2.example.test";

    // What needs a credential, and what each must answer to the device itself.
    private static readonly (string Line, string Body, int Own)[] Guarded =
    [
        ("GET /onep:v1/stack/alias?temp", "", 200),
        ("POST /onep:v1/stack/alias", "temp=2", 204),
        ("POST /onep:v1/stack/alias?temp", "temp=3", 200),
        ("GET /onep:v1/stack/alias?temp", "poll", 304),
        ("POST /onep:v1/stack/record", "alias=temp&1=4", 204),
        ("POST /onep:v1/stack/alias/temp", "1=5", 204),
        ("GET /provision/download", "", 204),
        ("GET /provision/download?id=device2/victim/file", "", 404),
        ("GET /provision/download?id=device2/victim/file&info=true", "", 404),
        ("PUT /provision/upload?id=file", "other", 204),
        ("POST /provision/upload?id=file", "other", 204),
        ("GET /provision/download?id=device2/neighbour/file", "", 200),
    ];

    private static readonly (string Line, string Body, int Status)[] Open = [("GET /timestamp", "", 200), ("GET /ip", "", 200), ("POST /provision/activate", "id=victim", 409)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact, Spec("a.2/6"), Spec("a.3/8"), Spec("a.3/9"), Spec("a.1/4")]
    public async Task Every_cell()
    {
        await using var app = await TestApp.StartAsync(azurite, new TestAppOptions
        {
            Settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase) { ["Devices:Domain"] = Domain },
        });
        using var person = SimulatedOperator.Of(app.Run);
        await person.DefineAsync("""{"temp":{"format":"string"}}""");
        var host = $"{app.Run.Connector}.{Domain}";
        var other = await app.Services.GetRequiredService<ConnectorService>().CreateAsync("Other", [], Token).Ok();

        async Task<string> MakeAsync(string identity, string? at = null) => (await AskAsync(app, at ?? host, "POST /provision/activate", null, $"id={identity}")).Text;
        var victim = await MakeAsync("victim");
        Assert.Equal(204, (await AskAsync(app, host, "POST /onep:v1/stack/alias", victim, "temp=1")).Status);
        Assert.Equal(204, (await AskAsync(app, host, "PUT /provision/upload?id=file", victim, "victim's")).Status);
        var (neighbour, foreigner) = (await MakeAsync("neighbour"), await MakeAsync("foreigner", $"{other.Id}.{Domain}"));
        var (locked, revoked, expired) = (await MakeAsync("locked"), await MakeAsync("revoked"), await MakeAsync("expired"));
        await person.LockAsync("locked");
        await person.RevokeAsync("revoked");

        // A window that has passed ends a token's device only when it is revoked with it.
        await person.RevokeAsync("expired");
        using (var patch = await person.SendAsync(HttpMethod.Patch, "identity/expired", """{"auth":{"expire":1}}"""))
        {
            Assert.True(patch.IsSuccessStatusCode);
        }

        Assert.Equal(409, (await AskAsync(app, host, "POST /provision/activate", null, "id=expired")).Status);
        Assert.Equal(401, (await AskAsync(app, host, "POST /provision/activate", null, "id=locked")).Status);

        (string Name, string? Credential)[] refused =
        [
            ("none", null), ("bad", new string('0', 40)), ("other connector's", foreigner), ("locked", locked), ("revoked", revoked), ("expired", expired),
        ];
        foreach (var (name, credential) in refused)
        {
            foreach (var (line, body, _) in Guarded)
            {
                Assert.Equal((name, line, 401, ""), (name, line, (await AskAsync(app, host, line, credential, body)).Status, (await AskAsync(app, host, line, credential, body)).Text));
            }

            foreach (var (line, body, status) in Open)
            {
                Assert.Equal((name, line, status), (name, line, (await AskAsync(app, host, line, credential, body)).Status));
            }
        }

        await AssertUntouchedAsync(app, host, victim);

        // Another device's credential is good, and reaches that device only. None of its requests can name the victim.
        Assert.Equal(204, (await AskAsync(app, host, Guarded[0].Line, neighbour, "")).Status);
        foreach (var (line, body, own) in Guarded.Skip(1).Concat(Guarded.Take(1)))
        {
            Assert.Equal((line, own), (line, (await AskAsync(app, host, line, neighbour, body)).Status));
            await AssertUntouchedAsync(app, host, victim);
        }

        foreach (var (line, body, status) in Open)
        {
            Assert.Equal((line, status), (line, (await AskAsync(app, host, line, neighbour, body)).Status));
        }

        // The foreigner is well where it belongs.
        Assert.Equal(204, (await AskAsync(app, $"{other.Id}.{Domain}", "POST /onep:v1/stack/alias", foreigner, "temp=9")).Status);
    }

    private static async Task AssertUntouchedAsync(TestApp app, string host, string victim)
    {
        Assert.Equal("temp=1", (await AskAsync(app, host, Guarded[0].Line, victim, "")).Text);
        Assert.Equal("device2/victim/file", (await AskAsync(app, host, "GET /provision/download", victim, "")).Text);
        Assert.Equal("victim's", (await AskAsync(app, host, "GET /provision/download?id=device2/victim/file", victim, "")).Text);
    }

    private static Task<RawReply> AskAsync(TestApp app, string host, string line, string? token, string body)
    {
        var credential = token is null ? "" : $"Authorization: token {token}\r\n";
        var poll = body is "poll" ? "Request-Timeout: 1\r\n" : "";
        body = body is "poll" ? "" : body;
        return RawHttp.ExchangeAsync(app.Http, $"{line} HTTP/1.1\r\nHost: {host}\r\n{credential}{poll}Content-Length: {body.Length}\r\n\r\n{body}");
    }
}
