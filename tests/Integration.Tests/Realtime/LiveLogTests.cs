using System.Diagnostics;
using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Murano.Integration.Tests.Infrastructure;
using Murano.LocalHost;
using Murano.LocalHost.WebPubSub;
using Murano.Shared.Connectors;
using Murano.Shared.Events;
using Murano.Shared.Identities;
using Murano.Shared.Realtime;
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
            await TellAsync(app, "sn-1");
            Assert.StartsWith("""{"type":"deleted","identity":"sn-1","timestamp":""", await node.StandardOutput.ReadLineAsync(Token), StringComparison.Ordinal);
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

        await Eventually.TrueAsync(() => Seen(viewer) + Dropped(viewer) >= told, "all is seen or counted as lost");
        Assert.Equal(told, Seen(viewer) + Dropped(viewer));
        TestContext.Current.SendDiagnosticMessage($"{told} events told, {Seen(viewer)} seen, {Dropped(viewer)} lost, in {viewer.Frames.Count} messages.");
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

    private static DeviceEvent EventOf(Connector connector, string identity)
    {
        Assert.True(IdentityId.TryParse(identity, out var id));
        return new DeviceEvent { Type = EventType.Deleted, Device = new DeviceKey(connector.Id, id), Time = 1_500_000_000_000_000 };
    }

    private static async Task TellAsync(TestApp app, string identity)
    {
        var connector = await ConnectorOf(app);
        app.Services.GetRequiredService<LiveLog>().Tell(connector, EventOf(connector, identity));
    }

    private static int Seen(LogViewer viewer) =>
        viewer.Events.Count(happened => happened.TryGetProperty("identity", out var identity) && identity.GetString()!.StartsWith("burst-", StringComparison.Ordinal));

    private static long Dropped(LogViewer viewer) => viewer.Events.Where(happened => LogViewer.Is(happened, "type", "dropped")).Sum(happened => happened.GetProperty("count").GetInt64());
}
