using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Murano.Integration.Tests.Infrastructure;
using Murano.LocalHost.WebPubSub;
using Murano.Shared.Access;
using Murano.Shared.Realtime;

namespace Murano.Integration.Tests.Realtime;

/// <summary>The log in the form of Murano's command line: one reply that goes on.</summary>
public sealed class LogStreamTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact, Spec("b.6/1")]
    public async Task It_shows_what_happens_on_all_instances_byte_for_byte_and_ends_in_time()
    {
        await using var a = await TestApp.StartAsync(azurite, new() { Settings = Settings(("LiveLog:MaxStream", "00:00:04")) });
        await using var b = await TestApp.StartAsync(azurite, new() { TablePrefix = a.TablePrefix, Settings = Settings(("WebPubSub:ConnectionString", a.Run.WebPubSub), ("Devices:SettingsCache", "00:00:00"), ("Devices:CommandGuard", "00:00:00")) });
        var device = await SimulatedDevice.ActivateAsync(b, "sn-{1");
        using (var person = SimulatedOperator.Of(a.Run))
        {
            await person.LockAsync("sn-{1");
        }

        using var log = await OpenAsync(a);
        Assert.Equal((HttpStatusCode.OK, "application/x-ndjson", "no-store"), (log.StatusCode, log.Content.Headers.ContentType!.ToString(), log.Headers.CacheControl!.ToString()));
        await using var lines = await log.Content.ReadAsStreamAsync(Token);
        Assert.Equal('\n', lines.ReadByte()); // before anything happens
        using (var refused = await device.PostAsync("a=1"))
        {
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        }

        using var reader = new StreamReader(lines);
        var text = await reader.ReadToEndAsync(Token); // it ends
        var happened = JsonSerializer.Deserialize<JsonElement>(text.Trim('\n').Split('\n')[0]);
        var micros = happened.GetProperty("data").GetProperty("timestamp").GetInt64();
        Assert.StartsWith(
            $$$"""{"type":"refused","subject":"sn-\u007b1","timestamp":{{{micros / 1_000_000}}},"data":{"type":"refused","identity":"sn-\u007b1","ip":"127.0.0.1","protocol":"onep","timestamp":{{{micros}}},"reason":"locked","message":"The identity is locked.","code":401,"method":"POST","path":"/onep:v1/stack/alias"}}""" + "\n",
            text,
            StringComparison.Ordinal);
        Assert.Equal(0, a.Services.GetRequiredService<LogStreams>().Count);
    }

    [Fact]
    public async Task It_renews_its_watch_and_ends_with_the_key()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var app = await TestApp.StartAsync(azurite, new() { Time = time, Settings = Settings(("LiveLog:MaxStream", "00:05:00")) });
        var keys = app.Services.GetRequiredService<OperatorKeys>();
        Assert.True((await keys.CreateAsync("viewer", OperatorRole.Viewer, null, null, Token)).TryGet(out var credential, out _));
        Assert.True(OperatorSecret.TryParse(credential.Secret, out var secret));
        var streams = app.Services.GetRequiredService<LogStreams>();
        using var log = await OpenAsync(app, credential.Secret);

        await using var lines = await log.Content.ReadAsStreamAsync(Token);
        Assert.Equal('\n', lines.ReadByte());
        var since = time.GetTimestamp();
        while (time.GetElapsedTime(since) < TimeSpan.FromSeconds(150))
        {
            var beat = new byte[1];
            var reading = lines.ReadExactlyAsync(beat, Token).AsTask();
            await Eventually.TrueAsync(
                () =>
                {
                    time.Advance(TimeSpan.FromSeconds(1));
                    return reading.IsCompleted;
                },
                "an empty line comes");
            await reading;
            Assert.Equal((byte)'\n', beat[0]);
        }

        using (await SendUnknownAsync(app))
        using (var reader = new StreamReader(lines, leaveOpen: true))
        {
            string? line;
            do
            {
                line = await reader.ReadLineAsync(Token);
            }
            while (line is "");

            Assert.Contains("unknown-token", line, StringComparison.Ordinal);
            await keys.RevokeAsync(secret.Id, Token);
            await Eventually.TrueAsync(
                () =>
                {
                    time.Advance(TimeSpan.FromMilliseconds(500));
                    return streams.Count == 0;
                },
                "it ends with its key");
        }
    }

    [Fact]
    public async Task There_are_so_many_at_once_and_each_gives_its_place_back()
    {
        await using var app = await TestApp.StartAsync(azurite, new() { Settings = Settings(("LiveLog:MaxStreams", "2")) });
        var streams = app.Services.GetRequiredService<LogStreams>();
        var one = await OpenAsync(app);
        using var two = await OpenAsync(app);
        using (var three = await OpenAsync(app))
        {
            Assert.Equal((HttpStatusCode.TooManyRequests, "10"), (three.StatusCode, three.Headers.RetryAfter!.ToString()));
        }

        one.Dispose(); // the client leaves
        await Eventually.TrueAsync(() => streams.Count == 1, "its place is free");
        using var again = await OpenAsync(app);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        await app.StopAsync().WaitAsync(TimeSpan.FromSeconds(10), Token); // the host does not wait for them
    }

    [Fact]
    public async Task Without_a_channel_there_is_none()
    {
        await using var app = await TestApp.StartAsync(azurite, new() { Configure = builder => builder.Services.AddSingleton<IChannel>(_ => null!) });
        using var log = await OpenAsync(app);

        Assert.Equal(HttpStatusCode.Conflict, log.StatusCode);
        Assert.Contains("no-live-channel", await log.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_reads_too_slowly_loses_events_and_is_told_how_many()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var streams = ActivatorUtilities.CreateInstance<LogStreams>(app.Services, Microsoft.Extensions.Options.Options.Create(new LiveLogOptions { MaxWaiting = 100 }));
        var connectors = app.Services.GetRequiredService<Shared.Connectors.ConnectorService>();
        Assert.True(Shared.Connectors.ConnectorId.TryParse(app.Run.Connector, out var id));
        Assert.True(PresentedOperator.TryRead($"token {app.Run.Operator!.Secret}", out var presented));
        var viewer = await app.Services.GetRequiredService<OperatorAccess>().AuthenticateAsync(presented, Token).Ok();
        Assert.True((await streams.OpenAsync((await connectors.FindAsync(id, Token))!, viewer, Token)).TryGet(out var stream, out _));
        using var message = JsonDocument.Parse($"[{string.Join(',', Enumerable.Range(0, 250).Select(i => FormattableString.Invariant($$"""{"type":"deleted","identity":"sn-{{i}}","timestamp":1000000}""")))}]");

        await using var pieces = stream.ReadAsync(Token).GetAsyncEnumerator(Token);
        Assert.True(await pieces.MoveNextAsync());
        ((IHubListener)streams).Received($"connector:{app.Run.Connector}", message.RootElement);
        Assert.True(await pieces.MoveNextAsync());
        var lines = Encoding.UTF8.GetString(pieces.Current.Span).Trim('\n').Split('\n');

        Assert.Equal(101, lines.Length);
        Assert.Equal(150, JsonSerializer.Deserialize<JsonElement>(lines[0]).GetProperty("data").GetProperty("count").GetInt32());
        Assert.Contains("sn-150", lines[1], StringComparison.Ordinal);
        Assert.Contains("sn-249", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_that_are_missing_are_counted_and_those_that_come_again_are_not_shown()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var streams = app.Services.GetRequiredService<LogStreams>();
        using var log = await OpenAsync(app);
        using var reader = new StreamReader(await log.Content.ReadAsStreamAsync(Token));
        foreach (var json in (string[])[Message("a", 1), Message("b", 3), Message("b", 3), Message("a", 18), Message("c", 1)])
        {
            using var message = JsonDocument.Parse(json);
            ((IHubListener)streams).Received($"connector:{app.Run.Connector}", message.RootElement);
        }

        List<string> seen = [];
        while (seen.Count < 6)
        {
            seen.Add(await reader.ReadLineAsync(Token) ?? throw new InvalidOperationException("It ended."));
        }

        Assert.Equal("", seen[0]);
        Assert.Equal(["a", "b", "16", "a", "c"], seen.Skip(1).Select(line => JsonSerializer.Deserialize<JsonElement>(line)).Select(line => line.GetProperty("data").TryGetProperty("count", out var count) ? count.GetRawText() : line.GetProperty("subject").GetString()!), StringComparer.Ordinal);
        Assert.DoesNotContain(seen, line => line.Contains("sender", StringComparison.Ordinal));

        static string Message(string sender, int number) => FormattableString.Invariant($$"""{"type":"deleted","identity":"{{sender}}","timestamp":1000000,"sender":"{{sender}}","n":{{number}}}""");
    }

    [Fact]
    public async Task When_the_channel_is_back_it_is_said_that_events_may_be_missing()
    {
        var emulator = await WebPubSubEmulator.StartAsync(0, null, TimeProvider.System, Token);
        var (port, key) = (emulator.Port, emulator.AccessKey);
        await using var app = await TestApp.StartAsync(azurite, new() { Settings = Settings(("WebPubSub:ConnectionString", emulator.ConnectionString)) });
        using var log = await OpenAsync(app);
        using var reader = new StreamReader(await log.Content.ReadAsStreamAsync(Token));
        Assert.Equal("", await reader.ReadLineAsync(Token));

        await emulator.DisposeAsync();
        await using var again = await WebPubSubEmulator.StartAsync(port, key, TimeProvider.System, Token);
        string? line;
        do
        {
            line = await reader.ReadLineAsync(Token);
        }
        while (line is "");

        Assert.Matches("""^\{"type":"dropped","subject":"","timestamp":[0-9]+,"data":\{"type":"dropped","count":null,"timestamp":[0-9]+\}\}$""", line);
        var told = SimulatedDevice.ActivateAsync(app, "sn-1");
        Assert.Contains("provisioned", await reader.ReadLineAsync(Token), StringComparison.Ordinal);
        await told;
    }

    [Fact]
    public async Task A_client_that_does_not_read_holds_nobody_up()
    {
        await using var app = await TestApp.StartAsync(azurite, new() { Settings = Settings(("LiveLog:MaxStream", "00:00:05")) });
        using var client = new TcpClient();
        await client.ConnectAsync(app.Http.Host, app.Http.Port, Token);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET /api:1/solution/{app.Run.Connector}/logs?polling=true HTTP/1.1\r\nHost: localhost\r\nAuthorization: token {app.Run.Operator!.Secret}\r\n\r\n"), Token);
        var streams = app.Services.GetRequiredService<LogStreams>();
        await Eventually.TrueAsync(() => streams.Count == 1, "it is there");
        using var message = JsonDocument.Parse($"[{string.Join(',', Enumerable.Range(0, 200).Select(_ => $$"""{"type":"deleted","identity":"{{new string('x', 1_000)}}","timestamp":1000000}"""))}]");

        var since = Stopwatch.GetTimestamp();
        for (var i = 0; i < 200 && streams.Count > 0; i++)
        {
            ((IHubListener)streams).Received($"connector:{app.Run.Connector}", message.RootElement);
        }

        await Eventually.TrueAsync(() => streams.Count == 0, "its time ends all the same", TimeSpan.FromSeconds(30));
        Assert.True(Stopwatch.GetElapsedTime(since) < TimeSpan.FromSeconds(30));
    }

    private static Dictionary<string, string?> Settings(params (string Name, string? Value)[] settings) => settings.ToDictionary(setting => setting.Name, setting => setting.Value, StringComparer.OrdinalIgnoreCase);

    private static async Task<HttpResponseMessage> OpenAsync(TestApp app, string? secret = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api:1/solution/{app.Run.Connector}/logs?polling=true");
        request.Headers.Authorization = new AuthenticationHeaderValue("token", secret ?? app.Run.Operator!.Secret);
        return await app.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
    }

    private static async Task<HttpResponseMessage> SendUnknownAsync(TestApp app)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/onep:v1/stack/alias?a");
        request.Headers.Host = SimulatedDevice.HostOf(app);
        request.Headers.Add("X-Exosite-CIK", "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz");
        return await app.Client.SendAsync(request, Token);
    }
}
