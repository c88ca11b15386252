using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Murano.Integration.Tests.Infrastructure;
using Murano.Shared.Access;
using Murano.Shared.Connectors;
using Murano.Shared.Realtime;
using Murano.Shared.Storage;

namespace Murano.Integration.Tests.Realtime;

/// <summary>Who may watch what, how they are told where, and what stays in storage of it.</summary>
public sealed class LogNegotiationTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_address_lets_its_holder_listen_to_one_group_and_do_nothing_else()
    {
        await using var app = await TestApp.StartAsync(azurite);
        foreach (var (query, group) in ((string, string)[])[("", $"connector:{app.Run.Connector}"), ("?identity=sn%2F1%20%C3%BC", $"device:{app.Run.Connector}!sn*2F1*20*C3*BC")])
        {
            var (status, body) = await LogViewer.NegotiateAsync(app, query);
            var reply = JsonSerializer.Deserialize<JsonElement>(body);
            var address = new Uri(reply.GetProperty("url").GetString()!);
            var claims = ClaimsOf(address);

            Assert.Equal((HttpStatusCode.OK, 120, "/client/hubs/log"), (status, reply.GetProperty("expires_in").GetInt32(), address.AbsolutePath));
            Assert.Equal([group, $"key:{KeyOf(app)}"], claims.GetProperty("webpubsub.group").EnumerateArray().Select(name => name.GetString()!), StringComparer.Ordinal);
            Assert.True(!claims.TryGetProperty("role", out var roles) || roles.GetArrayLength() == 0);
            Assert.InRange(claims.GetProperty("exp").GetInt64() - TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(), 60, 125);

            await using var viewer = await LogViewer.ConnectAsync(address);
            await viewer.SendAsync("""{"type":"joinGroup","group":"connector:other","ackId":1}""");
            await viewer.SendAsync($$"""{"type":"sendToGroup","group":"{{group}}","dataType":"text","data":"x","ackId":2}""");
            await Eventually.TrueAsync(() => viewer.Frames.Count(frame => frame.Contains("Forbidden", StringComparison.Ordinal)) == 2, "both are refused");
            Assert.Empty(viewer.Events);
        }
    }

    [Fact]
    public async Task What_cannot_be_watched_is_refused()
    {
        await using var app = await TestApp.StartAsync(azurite);

        await AssertRefusedAsync(404, "unknown-connector", LogViewer.NegotiateAsync(app, connector: "nobody0000000000"));
        foreach (var query in (string[])["?identity=", "?identity=%00", "?identity=" + new string('x', 201), "?identity=a&identity=b"])
        {
            await AssertRefusedAsync(400, "bad-identity", LogViewer.NegotiateAsync(app, query));
        }

        await using var without = await TestApp.StartAsync(azurite, new() { Configure = builder => builder.Services.AddSingleton<IChannel>(_ => null!) });
        await AssertRefusedAsync(409, "no-live-channel", LogViewer.NegotiateAsync(without));

        await using var down = await TestApp.StartAsync(azurite, new() { Configure = builder => builder.Services.AddSingleton<IChannel>(new CountingChannel { IsDown = true }) });
        await AssertRefusedAsync(503, "live-channel", LogViewer.NegotiateAsync(down));
        Assert.DoesNotContain(await RowsAsync(down), row => row.RowKey.StartsWith("watch!", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_watch_is_a_row_that_changes_nothing_else_and_goes_when_it_has_ended()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var app = await TestApp.StartAsync(azurite, new() { Time = time });
        using var person = SimulatedOperator.Of(app.Run);
        var before = await SettingsOfAsync(app);

        await LogViewer.NegotiateAsync(app);
        await LogViewer.NegotiateAsync(app, "?identity=sn-1");
        Assert.Equal(["watch!", "watch!sn-1"], await WatchesAsync(app), StringComparer.Ordinal);
        Assert.Equal(before.ETag, (await SettingsOfAsync(app)).ETag);
        await person.DefineAsync("""{"temperature":{"format":"number"}}""");
        Assert.Equal(["watch!", "watch!sn-1"], await WatchesAsync(app), StringComparer.Ordinal);

        time.Advance(TimeSpan.FromSeconds(90));
        await LogViewer.NegotiateAsync(app);
        time.Advance(TimeSpan.FromSeconds(31));
        var connectors = app.Services.GetRequiredService<ConnectorService>();
        var connector = (await connectors.FindAsync(IdOf(app), Token))!;
        Assert.Equal((true, false), (connector.Watch.HoldsForAll(MicrosOf(time)), connector.Watch.HoldsFor(Identity("sn-1"), MicrosOf(time))));
        await LogViewer.NegotiateAsync(app, "?identity=sn-2");
        Assert.Equal(["watch!", "watch!sn-2"], await WatchesAsync(app), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_hundred_devices_are_watched_one_by_one_and_no_more()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var store = app.Services.GetRequiredService<TableWatchStore>();
        var until = MicrosOf(TimeProvider.System) + 60_000_000;
        await Parallel.ForEachAsync(Enumerable.Range(0, 100), Token, async (i, token) => await store.PutAsync(IdOf(app), Identity(string.Create(CultureInfo.InvariantCulture, $"sn-{i}")), until, token));

        await AssertRefusedAsync(429, "too-many-watched", LogViewer.NegotiateAsync(app, "?identity=one-more"));
        Assert.Equal(HttpStatusCode.OK, (await LogViewer.NegotiateAsync(app, "?identity=sn-7")).Status);
        Assert.Equal(HttpStatusCode.OK, (await LogViewer.NegotiateAsync(app)).Status);
    }

    [Fact]
    public async Task Who_loses_the_right_to_watch_is_disconnected()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var keys = app.Services.GetRequiredService<OperatorKeys>();
        Assert.True((await keys.CreateAsync("viewer", OperatorRole.Viewer, null, null, Token)).TryGet(out var credential, out _));
        Assert.True(OperatorSecret.TryParse(credential.Secret, out var secret));
        await using var other = await LogViewer.WatchAsync(app);
        await using var viewer = await LogViewer.WatchAsync(app, "?identity=sn-1", credential.Secret);

        using (var reply = await app.Client.SendAsync(Authorized(app, HttpMethod.Delete, $"/api:1/key/{secret.Id}"), Token))
        {
            Assert.Equal(HttpStatusCode.NoContent, reply.StatusCode);
        }

        await Eventually.TrueAsync(() => viewer.IsClosed, "the key's viewer is disconnected");
        Assert.False(other.IsClosed);

        await using var device = await LogViewer.WatchAsync(app, "?identity=sn-1");
        using (var reply = await app.Client.SendAsync(Authorized(app, HttpMethod.Delete, $"/api:1/business/murano/solution/{app.Run.Connector}"), Token))
        {
            Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        }

        await Eventually.TrueAsync(() => other.IsClosed && device.IsClosed, "all viewers of the connector are disconnected");
        await AssertRefusedAsync(404, "unknown-connector", LogViewer.NegotiateAsync(app));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Address_and_connection_end_with_the_key_or_access_token_by_which_they_were_asked_for(bool isToken)
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var issuer = await LocalIssuer.StartAsync(time);
        issuer.Lifetime = TimeSpan.FromSeconds(40); // and a minute for clocks that differ
        await using var app = await TestApp.StartAsync(azurite, new() { Settings = issuer.Settings, Time = time });
        Assert.True((await app.Services.GetRequiredService<OperatorKeys>().CreateAsync("brief", OperatorRole.Viewer, null, time.GetUtcNow().AddSeconds(100), Token)).TryGet(out var key, out _));
        var secret = isToken ? issuer.TokenOf("viewer") : key.Secret;

        var (status, body) = await LogViewer.NegotiateAsync(app, secret: secret);
        var reply = JsonSerializer.Deserialize<JsonElement>(body);
        Assert.Equal((HttpStatusCode.OK, 60), (status, reply.GetProperty("expires_in").GetInt32()));
        var address = new Uri(reply.GetProperty("url").GetString()!);
        Assert.InRange(ClaimsOf(address).GetProperty("exp").GetInt64() - TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(), 30, 65);
        await using var viewer = await LogViewer.ConnectAsync(address);
        await using var other = await LogViewer.WatchAsync(app);

        time.Advance(TimeSpan.FromSeconds(41));
        await AssertRefusedAsync(401, "expired-key", LogViewer.NegotiateAsync(app, secret: secret)); // there is no address for less than a minute
        Assert.False(viewer.IsClosed);
        time.Advance(TimeSpan.FromSeconds(62));

        await Eventually.TrueAsync(() => viewer.IsClosed, "the connection ends");
        Assert.False(other.IsClosed);
    }

    [Fact]
    public async Task What_an_instance_that_is_gone_should_have_ended_the_sweeper_ends()
    {
        var channel = new CountingChannel();
        await using var fleet = await Fleet.StartAsync(azurite, compose: services => services.AddSingleton<IChannel>(channel));
        var ends = fleet.Time.GetUtcNow().AddHours(1).ToUnixTimeMilliseconds() * 1_000;
        var ann = new OperatorSession(OperatorId.OfEntra(Guid.Empty), "ann", OperatorRole.Viewer, ends);
        var group = $"key:entra-{Guid.Empty}:{ends}";
        using (var gone = fleet.Scale())
        {
            await gone.Get<LogViewers>().EndWithAsync(ann, Token);
            await gone.Get<LogViewers>().EndWithAsync(ann, Token);
        }

        await fleet.One.Sweeper.RunAsync(Token);
        Assert.Empty(channel.Closed);
        fleet.Time.Advance(TimeSpan.FromHours(1) + TimeSpan.FromSeconds(2));
        channel.IsDown = true;
        Assert.Equal(0, await fleet.One.Sweeper.RunAsync(Token));
        channel.IsDown = false;
        Assert.Equal(1, await fleet.One.Sweeper.RunAsync(Token));
        Assert.Equal(0, await fleet.One.Sweeper.RunAsync(Token));

        Assert.Equal(group, Assert.Single(channel.Closed));
    }

    private static HttpRequestMessage Authorized(TestApp app, HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new("token", app.Run.Operator!.Secret);
        return request;
    }

    private static async Task AssertRefusedAsync(int code, string reason, Task<(HttpStatusCode Status, string Body)> asking)
    {
        var (status, body) = await asking;
        Assert.Equal((code, reason), ((int)status, JsonSerializer.Deserialize<JsonElement>(body).GetProperty("reason").GetString()));
    }

    private static JsonElement ClaimsOf(Uri address)
    {
        var payload = address.Query["?access_token=".Length..].Split('.')[1].Replace('-', '+').Replace('_', '/');
        return JsonSerializer.Deserialize<JsonElement>(Encoding.UTF8.GetString(Convert.FromBase64String(payload + new string('=', (4 - (payload.Length % 4)) % 4))));
    }

    private static string KeyOf(TestApp app) => OperatorSecret.TryParse(app.Run.Operator!.Secret, out var secret) ? secret.Id.Value : "";

    private static ConnectorId IdOf(TestApp app) => ConnectorId.TryParse(app.Run.Connector, out var id) ? id : default;

    private static Shared.Identities.IdentityId Identity(string text) => Shared.Identities.IdentityId.TryParse(text, out var id) ? id : default;

    private static long MicrosOf(TimeProvider time) => time.GetUtcNow().ToUnixTimeMilliseconds() * 1_000;

    private static async Task<List<TableEntity>> RowsAsync(TestApp app) =>
        await app.Services.GetRequiredService<Tables>().Connectors.QueryAsync<TableEntity>(cancellationToken: Token).ToListAsync(Token);

    private static async Task<IEnumerable<string>> WatchesAsync(TestApp app) =>
        (await RowsAsync(app)).Select(row => row.RowKey).Where(key => key.StartsWith("watch!", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    private static async Task<TableEntity> SettingsOfAsync(TestApp app) => (await RowsAsync(app)).Single(row => string.Equals(row.RowKey, "settings", StringComparison.Ordinal));
}
