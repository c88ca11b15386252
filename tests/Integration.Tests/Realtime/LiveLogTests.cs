using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Murano.Integration.Tests.Infrastructure;
using Murano.LocalHost;
using Murano.LocalHost.WebPubSub;
using Murano.Shared.Connectors;
using Murano.Shared.Events;
using Murano.Shared.Identities;
using Murano.Shared.Realtime;
using Murano.Shared.State;
using Murano.Shared.Storage;

namespace Murano.Integration.Tests.Realtime;

/// <summary>What is told in the running app reaches those who listen to Web PubSub.</summary>
public sealed class LiveLogTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Microsofts_client_sees_it()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var script = Path.Combine(RepositoryFolder.Find(), "tests", "Integration.Tests", "Realtime", "livelog.mjs");
        using var node = Process.Start(new ProcessStartInfo("node", [script, app.Run.Http, app.Run.Connector!, app.Run.Operator!.Secret]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        try
        {
            Assert.Equal("ready", await node.StandardOutput.ReadLineAsync(Token));
            await LogScenario.RunAsync(app);
            foreach (var expected in (string[])["sn-1", "sn-2", "sn-3"])
            {
                foreach (var line in LogScenario.Expected(expected, isDelivered: false))
                {
                    Assert.Equal(line, LogScenario.Plain(JsonSerializer.Deserialize<JsonElement>(await node.StandardOutput.ReadLineAsync(Token) ?? "")));
                }
            }
        }
        finally
        {
            node.Kill();
        }
    }

    [Fact]
    public async Task A_burst_blocks_nobody_and_what_is_lost_is_counted()
    {
        await using var app = await TestApp.StartAsync(azurite);
        await using var viewer = await LogViewer.WatchAsync(app);
        var connector = await ConnectorOf(app);
        var log = app.Services.GetRequiredService<LiveLog>();
        var device = await SimulatedDevice.ActivateAsync(app);
        using (var person = SimulatedOperator.Of(app.Run))
        {
            await person.DefineAsync("""{"temperature":{"format":"number"}}""");
        }

        var seconds = LongRun.Of(5, 60);
        var told = 0;
        var began = Stopwatch.GetTimestamp();
        while (told < seconds * 1_000)
        {
            // As many as are due, and then a write of a device beside them.
            for (var due = Math.Min(seconds * 1_000, (int)(Stopwatch.GetElapsedTime(began).TotalMilliseconds)); told < due; told++)
            {
                log.Tell(connector, EventOf(connector, string.Create(CultureInfo.InvariantCulture, $"burst-{told}")));
            }

            await device.WriteAsync(("temperature", "21.5"));
            if (Stopwatch.GetElapsedTime(began) > TimeSpan.FromSeconds(30) * (told / 30_000) + TimeSpan.FromSeconds(30))
            {
                Assert.Equal(HttpStatusCode.OK, (await LogViewer.NegotiateAsync(app)).Status); // a long run outlasts its watch
            }
        }

        await Eventually.TrueAsync(() => Seen(viewer) + viewer.Dropped >= told, "all is seen or counted as lost");
        Assert.Equal(told, Seen(viewer) + viewer.Dropped);
        Assert.Equal(0, viewer.Missed);
        TestContext.Current.SendDiagnosticMessage($"{told} events told, {Seen(viewer)} seen, {viewer.Dropped} lost, in {viewer.Frames.Count} messages.");
    }

    [Fact]
    public async Task Who_does_not_read_is_closed_and_can_count_what_was_lost_meanwhile()
    {
        await using var app = await TestApp.StartAsync(azurite);
        await using var slow = await LogViewer.WatchAsync(app);
        await using var other = await LogViewer.WatchAsync(app);
        var connector = await ConnectorOf(app);
        var log = app.Services.GetRequiredService<LiveLog>();
        var device = await SimulatedDevice.ActivateAsync(app);
        await slow.SeenAsync(happened => LogViewer.Is(happened, "type", "connect"), "the device");
        slow.Pause();

        // More than the service keeps for one who does not read, and the network between them.
        const long Much = 40 * 1024 * 1024;
        var told = 0;
        while (other.Frames.Sum(frame => (long)frame.Length) < Much)
        {
            for (var i = 0; i < 8; i++, told++)
            {
                log.Tell(connector, EventOf(connector, string.Create(CultureInfo.InvariantCulture, $"burst-{told}"), 60_000));
            }

            await device.WriteAsync(("temperature", "21.5"));
        }

        await Eventually.TrueAsync(() => Seen(other) + other.Dropped + other.Missed >= told, "the other one is told of all");
        slow.Resume();
        await Eventually.TrueAsync(() => slow.IsClosed, "the slow one is closed", TimeSpan.FromSeconds(60));
        await using var again = await LogViewer.WatchAsync(app, before: slow);
        await TellAsync(app, "last");
        await again.SeenAsync(happened => LogViewer.Is(happened, "identity", "last"), "the next event");
        await other.SeenAsync(happened => LogViewer.Is(happened, "identity", "last"), "the same for the other one");

        Assert.True(again.Missed > 0);
        Assert.Equal(other.Events.Count(happened => !LogViewer.Is(happened, "type", "dropped")) + other.Dropped + other.Missed, slow.Events.Concat(again.Events).Count(happened => !LogViewer.Is(happened, "type", "dropped")) + slow.Dropped + slow.Missed + again.Dropped + again.Missed);
        TestContext.Current.SendDiagnosticMessage($"{told} events told, {Seen(slow)} seen before the end, {slow.Dropped} lost by the sender, {again.Missed} missing.");
    }

    [Fact]
    public async Task A_channel_that_goes_and_comes_back_loses_nothing_that_has_room()
    {
        var emulator = await WebPubSubEmulator.StartAsync(0, null, TimeProvider.System, Token);
        var (port, key) = (emulator.Port, emulator.AccessKey);
        await using var app = await TestApp.StartAsync(azurite, new() { Settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase) { ["WebPubSub:ConnectionString"] = emulator.ConnectionString } });
        await using (var viewer = await LogViewer.WatchAsync(app))
        {
            await TellAsync(app, "before");
            await viewer.SeenAsync(happened => LogViewer.Is(happened, "identity", "before"), "an event");
            await emulator.DisposeAsync();
            await Eventually.TrueAsync(() => viewer.IsClosed, "the channel is gone");
        }

        await TellAsync(app, "meanwhile");
        await Eventually.TrueAsync(() => app.Log.Text.Contains("[1550]", StringComparison.Ordinal), "sending fails");
        await using var again = await WebPubSubEmulator.StartAsync(port, key, TimeProvider.System, Token);
        await using var back = await LogViewer.WatchAsync(app);
        await TellAsync(app, "after");
        await back.SeenAsync(happened => LogViewer.Is(happened, "identity", "after"), "an event after the channel is back");
    }

    [Fact]
    public async Task A_stop_sends_what_was_told_last()
    {
        await using var emulator = await WebPubSubEmulator.StartAsync(0, null, TimeProvider.System, Token);
        await using var app = await TestApp.StartAsync(azurite, new() { Settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase) { ["WebPubSub:ConnectionString"] = emulator.ConnectionString } });
        await using var viewer = await LogViewer.WatchAsync(app);
        for (var i = 0; i < 100; i++)
        {
            await TellAsync(app, "sn");
        }

        await TellAsync(app, "last");
        await app.StopAsync();
        await viewer.SeenAsync(happened => LogViewer.Is(happened, "identity", "last"), "the last event");
    }

    private static async Task<Connector> ConnectorOf(TestApp app)
    {
        Assert.True(ConnectorId.TryParse(app.Run.Connector, out var id));
        return (await app.Services.GetRequiredService<ConnectorService>().FindAsync(id, Token))!;
    }

    private static DeviceEvent EventOf(Connector connector, string identity, int bytes = 0)
    {
        Assert.True(IdentityId.TryParse(identity, out var id));
        var values = Enumerable.Range(0, bytes / 4_000).Select(i => new EventValue(string.Create(CultureInfo.InvariantCulture, $"a{i}"), Encoding.ASCII.GetBytes(new string('x', 4_000)), ValueKind.Text));
        return new DeviceEvent { Type = bytes == 0 ? EventType.Deleted : EventType.DataIn, Device = new DeviceKey(connector.Id, id), Time = 1_500_000_000_000_000, Points = bytes == 0 ? [] : [new EventPoint(1_500_000_000_000_000, [.. values])] };
    }

    private static async Task TellAsync(TestApp app, string identity)
    {
        var connector = await ConnectorOf(app);
        app.Services.GetRequiredService<LiveLog>().Tell(connector, EventOf(connector, identity));
    }

    private static int Seen(LogViewer viewer) =>
        viewer.Events.Count(happened => happened.TryGetProperty("identity", out var identity) && identity.GetString()!.StartsWith("burst-", StringComparison.Ordinal));
}
