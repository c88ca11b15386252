using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Murano.Integration.Tests.Events;
using Murano.Integration.Tests.Infrastructure;
using Murano.Shared.Storage;

namespace Murano.Integration.Tests.Realtime;

/// <summary>What devices and operators do is seen by those who watch, in the shapes of docs/live.md.</summary>
public sealed class LogEventTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Each_type_of_event_is_seen_whether_it_is_delivered_or_not(bool isDelivered)
    {
        await using var receiver = await EventReceiver.StartAsync();
        await using var app = await TestApp.StartAsync(azurite);
        if (isDelivered)
        {
            await PointAsync(app, receiver);
        }

        await using var all = await LogViewer.WatchAsync(app);
        await using var two = await LogViewer.WatchAsync(app, "?identity=sn-2");
        await LogScenario.RunAsync(app);

        await all.SeenAsync(happened => LogViewer.Is(happened, "identity", "sn-3") && LogViewer.Is(happened, "type", "data_in"), "the last write");
        await two.SeenAsync(happened => LogViewer.Is(happened, "type", "deleted"), "the delete");
        foreach (var identity in (string[])["sn-1", "sn-2", "sn-3"])
        {
            Assert.Equal(LogScenario.Expected(identity, isDelivered), LogScenario.Seen(all, identity), StringComparer.Ordinal);
        }

        Assert.Equal(LogScenario.Expected("sn-2", isDelivered), two.Events.Select(LogScenario.Plain), StringComparer.Ordinal);
        Assert.Equal((0, 0), (all.Missed, two.Missed));
        if (isDelivered)
        {
            var ids = all.Events.Where(happened => LogViewer.Is(happened, "identity", "sn-1") && happened.TryGetProperty("connection_id", out _)).Select(happened => happened.GetProperty("connection_id").GetString()).ToList();
            Assert.Equal(2, ids.Distinct(StringComparer.Ordinal).Count());
            Assert.Equal(ids.Order(StringComparer.Ordinal).GroupBy(id => id, StringComparer.Ordinal).Select(same => same.Count()).Order(), [3, 7]);
        }
        else
        {
            Assert.Empty(receiver.All);
        }
    }

    [Fact]
    public async Task A_window_that_passes_is_seen_where_that_is_delivered()
    {
        await using var receiver = await EventReceiver.StartAsync();
        await using var app = await TestApp.StartAsync(azurite);
        await PointAsync(app, receiver);
        using var person = SimulatedOperator.Of(app.Run);
        await using var viewer = await LogViewer.WatchAsync(app);
        var end = TimeProvider.System.GetUtcNow().AddSeconds(1).ToUnixTimeMilliseconds() * 1_000;
        await LogScenario.OkAsync(person, HttpMethod.Put, "identity/sn-4", FormattableString.Invariant($$$"""{"auth":{"type":"token","expire":{{{end}}}}}"""));

        await Eventually.TrueAsync(
            async () =>
            {
                await app.Services.GetRequiredService<Sweeper>().RunAsync(Token);
                return viewer.Events.Count > 0;
            },
            "its end is told");
        Assert.Equal("""{"type":"expired","identity":"sn-4","timestamp":0,"tags":[]}""", LogScenario.Plain(viewer.Events.First()));
    }

    [Fact]
    public async Task Devices_that_are_watched_and_not_delivered_are_seen_to_come_and_go()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var app = await TestApp.StartAsync(azurite, new() { Time = time });
        using var person = SimulatedOperator.Of(app.Run);
        var device = await SimulatedDevice.ActivateAsync(app, "sn-1");
        await using var viewer = await LogViewer.WatchAsync(app);
        List<string> expected = [];

        async Task SeesAsync(params string[] types)
        {
            expected.AddRange(types);
            await Eventually.TrueAsync(
                () =>
                {
                    time.Advance(TimeSpan.FromMilliseconds(10));
                    return viewer.Events.Count >= expected.Count;
                },
                string.Join(", ", types));
            Assert.Equal(expected, viewer.Events.Select(happened => happened.GetProperty("type").GetString()!), StringComparer.Ordinal);
        }

        async Task GoesAsync()
        {
            time.Advance(TimeSpan.FromMinutes(6));
            Assert.Equal(HttpStatusCode.OK, (await LogViewer.NegotiateAsync(app)).Status);
        }

        await device.WriteAsync(("a", "1"));
        await SeesAsync("data_in"); // it was online before anybody watched
        await GoesAsync();
        await device.WriteAsync(("a", "2"));
        await device.WriteAsync(("a", "3"));
        await SeesAsync("connect", "data_in", "data_in");
        await GoesAsync();
        await device.ReadAsync("a");
        await SeesAsync("connect");
        await person.LockAsync("sn-1");
        await SeesAsync("disconnect");
        await person.LockAsync("sn-1", locked: false);
        await device.WriteAsync(("a", "4"));
        await device.WriteAsync(("a", "5"));
        await SeesAsync("connect", "data_in", "data_in");
        await GoesAsync();
        await person.LockAsync("sn-1"); // it was not there
        await person.LockAsync("sn-1", locked: false);
        await device.WriteAsync(("a", "6"));
        await SeesAsync("connect", "data_in");
        await person.DeleteAsync("sn-1");
        await SeesAsync("disconnect", "deleted");
    }

    [Fact]
    public async Task A_connection_that_ended_before_anybody_watched_is_not_told_to_begin_again()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var app = await TestApp.StartAsync(azurite, new() { Time = time });
        using var person = SimulatedOperator.Of(app.Run);
        var device = await SimulatedDevice.ActivateAsync(app, "sn-1");
        await person.LockAsync("sn-1");
        await person.LockAsync("sn-1", locked: false);
        time.Advance(TimeSpan.FromSeconds(1));
        await device.WriteAsync(("a", "1")); // heard, and nobody was told

        await using var viewer = await LogViewer.WatchAsync(app);
        await device.WriteAsync(("a", "2"));
        await viewer.SeenAsync(happened => LogViewer.Is(happened, "type", "data_in"), "the write");
        Assert.Single(viewer.Events);
    }

    [Fact]
    public async Task Who_watches_a_device_sees_it_go_and_come_again()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = SimulatedOperator.Of(app.Run);
        await using var viewer = await LogViewer.WatchAsync(app, "?identity=sn-1");
        for (var i = 0; i < 2; i++)
        {
            await SimulatedDevice.ActivateAsync(app, "sn-1");
            await person.DeleteAsync("sn-1");
        }

        await Eventually.TrueAsync(() => viewer.Events.Count == 8, "all is seen");
        string[] life = ["provisioned", "connect", "disconnect", "deleted"];
        Assert.Equal([.. life, .. life], viewer.Events.Select(happened => happened.GetProperty("type").GetString()), StringComparer.Ordinal);
        Assert.False(viewer.IsClosed);
    }

    [Fact]
    public async Task What_happens_at_one_instance_is_seen_by_those_who_asked_another()
    {
        await using var a = await TestApp.StartAsync(azurite, new() { Settings = Settings(null) });
        await using var b = await TestApp.StartAsync(azurite, new() { TablePrefix = a.TablePrefix, Settings = Settings(a.Run.WebPubSub) });
        await using var viewer = await LogViewer.WatchAsync(a);
        using var person = SimulatedOperator.Of(b.Run with { Connector = a.Run.Connector, Operator = a.Run.Operator });
        var host = SimulatedDevice.HostOf(a);

        var device = await SimulatedDevice.ActivateAsync(b.Client, host, "sn-1");
        await device.WriteAsync(("temp", "1"));
        await SimulatedDevice.With(a.Client, host, "sn-1", device.Token).WriteAsync(("temp", "2"));
        await person.DeleteAsync("sn-1");

        await Eventually.TrueAsync(() => viewer.Events.Count == 6, "all is seen");
        Assert.Equal(
            ["connect", "data_in", "data_in", "deleted", "disconnect", "provisioned"],
            viewer.Events.Select(happened => happened.GetProperty("type").GetString()!).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal(0, viewer.Missed);
    }

    [Fact]
    public async Task A_write_costs_one_request_watched_or_not_and_a_look_every_few_minutes_while_it_is()
    {
        var probe = new StorageProbe();
        await using var app = await TestApp.StartAsync(azurite, new() { Policies = [probe], Time = new FakeTimeProvider(TimeProvider.System.GetUtcNow()) });
        using var person = SimulatedOperator.Of(app.Run);
        await person.DefineAsync("""{"temp":{"format":"string"},"led":{"format":"string","settable":true}}""");
        var (one, two) = (await SimulatedDevice.ActivateAsync(app, "sn-1"), await SimulatedDevice.ActivateAsync(app, "sn-2"));

        async Task CostsAsync(int requests, Func<Task> action)
        {
            probe.Reset();
            await action();
            Assert.True(requests == probe.Requests.Count, string.Join('\n', probe.Requests));
        }

        await one.WriteAsync(("temp", "1"));
        await two.WriteAsync(("temp", "1"));
        await CostsAsync(1, () => one.WriteAsync(("temp", "2")));
        await CostsAsync(1, () => one.ReadAsync("temp"));

        Assert.Equal(HttpStatusCode.OK, (await LogViewer.NegotiateAsync(app)).Status);
        await CostsAsync(1 + 1 + 1, () => one.WriteAsync(("temp", "3"))); // the connector anew, whether the device is there, the write
        await CostsAsync(1, () => one.WriteAsync(("temp", "4")));
        await CostsAsync(1, () => one.ReadAsync("temp"));
        await CostsAsync(1 + 1, () => two.WriteAsync(("temp", "2")));
        await CostsAsync(1, () => two.WriteAsync(("temp", "3")));
        await CostsAsync(1 + 2 + 1, () => person.SetAsync("sn-1", """{"led":"1"}""")); // the connector, as any request of an operator; query, transaction; audit
    }

    private static Dictionary<string, string?> Settings(string? webPubSub)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase) { ["Devices:SettingsCache"] = "00:00:00", ["Devices:CommandGuard"] = "00:00:00" };
        if (webPubSub is not null)
        {
            settings["WebPubSub:ConnectionString"] = webPubSub;
        }

        return settings;
    }

    private static async Task PointAsync(TestApp app, EventReceiver receiver)
    {
        using var person = SimulatedOperator.Of(app.Run);
        await person.PatchSettingsAsync($$$"""{"events":{"destination":{"type":"webhook","url":"{{{receiver.Url}}}"} } }""");
    }
}
