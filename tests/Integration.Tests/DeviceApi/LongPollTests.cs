using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Murano.Integration.Tests.Infrastructure;
using Murano.Shared.Polls;

namespace Murano.Integration.Tests.DeviceApi;

/// <summary>What happens to polls that are held (specification a.8).</summary>
public sealed class LongPollTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private PollingApp? _polling;

    private PollingApp Polling => _polling!;

    private TestApp App => Polling.App;

    private SimulatedOperator Person => Polling.Person;

    private FakeTimeProvider Time => Polling.Time;

    private HeldPolls Polls => Polling.Polls;

    public async ValueTask InitializeAsync() => _polling = await PollingApp.StartAsync(azurite);

    public async ValueTask DisposeAsync()
    {
        if (_polling is not null)
        {
            await _polling.DisposeAsync();
        }
    }

    [Fact, Spec("a.8/2"), Spec("a.11/4")]
    public async Task Ends_at_its_deadline_and_not_before()
    {
        var device = await SimulatedDevice.ActivateAsync(App);
        await using var poll = await BeginAsync(device, "led", seconds: 120);
        Time.Advance(TimeSpan.FromSeconds(119));
        await using var other = await BeginAsync(device, "mode", seconds: 900);

        Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(304, (await poll.EndAsync()).Status);
        Assert.Equal(1, Polls.Count);
        Time.Advance(TimeSpan.FromSeconds(298));
        await HeldAsync(1);
        Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(304, (await other.EndAsync()).Status);
    }

    [Fact]
    public async Task Looks_again_when_a_wake_was_lost()
    {
        await using var other = await TestApp.StartAsync(azurite, new TestAppOptions { Time = Time, TablePrefix = App.TablePrefix });
        var device = await SimulatedDevice.ActivateAsync(App);
        await using var poll = await BeginAsync(device, "led");

        using var elsewhere = SimulatedOperator.Of(other.Run with { Operator = App.Run.Operator, Connector = App.Run.Connector });
        await elsewhere.SetAsync(device.Identity, """{"led":"on"}""");
        Time.Advance(TimeSpan.FromSeconds(25));

        Assert.Equal("led=on", (await poll.EndAsync()).Text);
    }

    [Fact]
    public async Task A_look_that_nothing_asked_for_and_that_finds_nothing_is_one_point_read()
    {
        var probe = new StorageProbe();
        await using var app = await TestApp.StartAsync(azurite, new TestAppOptions { Time = Time, TablePrefix = App.TablePrefix, Policies = [probe] });
        var device = await SimulatedDevice.ActivateAsync(App);
        await using var poll = await HeldPoll.BeginAsync(app, device, "led");
        await Eventually.TrueAsync(() => app.Services.GetRequiredService<HeldPolls>().Asleep == 1, "the poll sleeps");

        for (var look = 0; look < 2; look++)
        {
            probe.Reset();
            Time.Advance(TimeSpan.FromSeconds(25));
            await Eventually.TrueAsync(() => probe.Requests.Count > 0 && app.Services.GetRequiredService<HeldPolls>().Asleep == 1, "the poll has looked");
            Assert.Contains("RowKey='device!", Uri.UnescapeDataString(Assert.Single(Looks())), StringComparison.Ordinal);
        }

        // What the device writes itself is no news either, and moves no header.
        await device.WriteAsync(("led", "mine"));
        probe.Reset();
        Time.Advance(TimeSpan.FromSeconds(25));
        await Eventually.TrueAsync(() => probe.Requests.Count > 0 && app.Services.GetRequiredService<HeldPolls>().Asleep == 1, "the poll has looked");
        Assert.Single(Looks());

        await Person.SetAsync(device.Identity, """{"led":"on"}""");
        Time.Advance(TimeSpan.FromSeconds(25));
        Assert.Equal("led=on", (await poll.EndAsync()).Text);

        // Settings are read again every ten seconds, once for all polls of the connector.
        IEnumerable<string> Looks() => probe.Requests.Where(request => !request.Contains("connectors", StringComparison.Ordinal));
    }

    [Fact, Spec("a.8/6")]
    public async Task A_second_poll_ends_an_equal_one_and_no_other()
    {
        var device = await SimulatedDevice.ActivateAsync(App);
        var stranger = await SimulatedDevice.ActivateAsync(App);
        await using var both = await BeginAsync(device, "led&mode");
        await using var led = await BeginAsync(device, "led");
        await using var theirs = await BeginAsync(stranger, "led&mode");

        await using var again = await BeginAsync(device, "mode&led", held: 3);

        Assert.Equal(304, (await both.EndAsync()).Status);
        await Person.SetAsync(device.Identity, """{"led":"on"}""");
        Assert.Equal("led=on", (await led.EndAsync()).Text);
        Assert.Equal("led=on", (await again.EndAsync()).Text);
        await HeldAsync(1);
        await Person.SetAsync(stranger.Identity, """{"mode":"x"}""");
        Assert.Equal("mode=x", (await theirs.EndAsync()).Text);
    }

    [Fact, Spec("a.8/6")]
    public async Task Devices_with_two_polls_each_do_not_end_each_other_s()
    {
        var one = await SimulatedDevice.ActivateAsync(App);
        var two = await SimulatedDevice.ActivateAsync(App);
        await using var led1 = await BeginAsync(one, "led");
        await using var led2 = await BeginAsync(two, "led");
        await using var mode1 = await BeginAsync(one, "mode");
        await using var mode2 = await BeginAsync(two, "mode");

        await Person.SetAsync(one.Identity, """{"led":"a"}""");
        Assert.Equal("led=a", (await led1.EndAsync()).Text);
        await HeldAsync(3);
        await Person.SetAsync(two.Identity, """{"led":"b","mode":"c"}""");
        Assert.Equal("led=b", (await led2.EndAsync()).Text);
        Assert.Equal("mode=c", (await mode2.EndAsync()).Text);
        await HeldAsync(1);
        await Person.SetAsync(one.Identity, """{"mode":"d"}""");
        Assert.Equal("mode=d", (await mode1.EndAsync()).Text);
        await HeldAsync(0);
    }

    [Fact]
    public async Task The_oldest_makes_room()
    {
        var device = await SimulatedDevice.ActivateAsync(App);
        var stranger = await SimulatedDevice.ActivateAsync(App);
        List<HeldPoll> polls = [];
        for (var i = 0; i < 9; i++)
        {
            polls.Add(await BeginAsync(device, $"led&a{i}", held: Math.Min(i + 1, 8)));
        }

        Assert.Equal(304, (await polls[0].EndAsync()).Status);
        for (var i = 0; i < 5; i++)
        {
            polls.Add(await BeginAsync(stranger, $"led&a{i}", held: Math.Min(i + 9, 12)));
        }

        Assert.Equal(304, (await polls[1].EndAsync()).Status);
        Assert.Equal(12, Polls.Count);
        foreach (var poll in polls)
        {
            await poll.DisposeAsync();
        }

        await HeldAsync(0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Spec("a.8/11")]
    public async Task The_client_s_leaving_frees_the_place(bool reset)
    {
        var device = await SimulatedDevice.ActivateAsync(App);
        await using var poll = await BeginAsync(device, "led");

        if (reset)
        {
            poll.Leave();
        }
        else
        {
            await poll.DisposeAsync();
        }

        await HeldAsync(0);
        Assert.True(App.Log.Lines.All(line => !line.StartsWith("Error", StringComparison.Ordinal)), App.Log.Text);
    }

    [Fact]
    public async Task The_host_s_stop_ends_all_with_304()
    {
        var device = await SimulatedDevice.ActivateAsync(App);
        await using var led = await BeginAsync(device, "led");
        await using var mode = await BeginAsync(device, "mode", held: 2);

        var stopping = App.StopAsync();

        Assert.Equal(304, (await led.EndAsync()).Status);
        Assert.Equal(304, (await mode.EndAsync()).Status);
        await stopping;
    }

    [Fact, Spec("a.7/7")]
    public async Task A_value_without_sync_is_not_pushed_and_answers_to_0_only()
    {
        var device = await SimulatedDevice.ActivateAsync(App);
        await using var poll = await BeginAsync(device, "name", since: 1);

        await Person.SetAsync(device.Identity, """{"name":"x"}""");
        await using var now = await HeldPoll.BeginAsync(App, device, "name&led", since: 0);

        Assert.Equal("name=x", (await now.EndAsync()).Text);
        await HeldAsync(1);
        Time.Advance(TimeSpan.FromSeconds(120));
        Assert.Equal(304, (await poll.EndAsync()).Status);
    }

    [Theory]
    [InlineData("led", 1)]
    [InlineData("led&mode", 2)]
    [Spec("a.8/4")]
    public async Task Ten_sets_within_a_second_end_with_the_last_of_each(string aliases, int spread)
    {
        var device = await SimulatedDevice.ActivateAsync(App);
        var last = new Dictionary<string, string>(StringComparer.Ordinal);
        var since = Time.GetUtcNow().ToUnixTimeSeconds();
        for (var i = 0; i < 10; i++)
        {
            var alias = i % spread == 0 ? "led" : "mode";
            await Person.SetAsync(device.Identity, $$"""{"{{alias}}":"{{i}}"}""");
            if (i % 3 == 2)
            {
                since = await TakeAsync(device, aliases, since, last);
            }
        }

        since = await TakeAsync(device, aliases, since, last);

        Assert.Equal("9", last[spread == 1 ? "led" : "mode"]);
        Assert.Equal(spread == 1 ? "9" : "8", last["led"]);
        await using var rest = await BeginAsync(device, aliases, since: since);
        Time.Advance(TimeSpan.FromSeconds(120));
        Assert.Equal(304, (await rest.EndAsync()).Status);
    }

    /// <summary>The client polls on while the sets are made, so that they fall before, under and after its polls as it comes.</summary>
    [Theory]
    [InlineData("led", 1)]
    [InlineData("led&mode", 2)]
    [Spec("a.8/4")]
    public async Task Ten_sets_within_a_second_beside_a_client_that_polls_on_end_with_the_last_of_each(string aliases, int spread)
    {
        var device = await SimulatedDevice.ActivateAsync(App);
        var last = new Dictionary<string, string>(StringComparer.Ordinal);
        Dictionary<string, string> expected = new(StringComparer.Ordinal) { ["led"] = spread == 1 ? "9" : "8" };
        if (spread == 2)
        {
            expected["mode"] = "9";
        }

        var listening = ListenAsync(Time.GetUtcNow().ToUnixTimeSeconds());
        for (var i = 0; i < 10; i++)
        {
            await Person.SetAsync(device.Identity, $$"""{"{{(i % spread == 0 ? "led" : "mode")}}":"{{i}}"}""");
        }

        // It comes to an end only with the last of each: a poll that waits in vain fails.
        var since = await listening;
        await using var rest = await BeginAsync(device, aliases, since: since);
        Time.Advance(TimeSpan.FromSeconds(120));
        Assert.Equal(304, (await rest.EndAsync()).Status);
        Assert.Equal(string.Join('&', expected.Select(value => $"{value.Key}={value.Value}")), await device.ReadAsync([.. expected.Keys]));

        async Task<long> ListenAsync(long from)
        {
            while (expected.Any(value => !string.Equals(last.GetValueOrDefault(value.Key), value.Value, StringComparison.Ordinal)))
            {
                from = await TakeAsync(device, aliases, from, last);
            }

            return from;
        }
    }

    [Fact]
    public async Task A_thousand_devices_wake_in_one_process()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = SimulatedOperator.Of(app.Run);
        await person.DefineAsync("""{"led":{"format":"string","settable":true}}""");
        var polls = app.Services.GetRequiredService<HeldPolls>();
        ConcurrentBag<SimulatedDevice> devices = [];
        await Parallel.ForAsync(0, Count, AtOnce, async (_, _) => devices.Add(await SimulatedDevice.ActivateAsync(app)));

        // Those that began first must still wait when the last has begun and all are set.
        List<(SimulatedDevice Device, HeldPoll Poll)> waiting = [];
        foreach (var device in devices)
        {
            waiting.Add((device, await HeldPoll.BeginAsync(app, device, "led", seconds: 300)));

            // The emulator does one thing at a time, and a first look that waits for it too long is refused.
            await Eventually.TrueAsync(() => polls.Asleep >= waiting.Count - FirstLooks, "Those before have looked.", TimeSpan.FromMinutes(1));
        }

        await Eventually.TrueAsync(() => polls.Asleep == Count, "All wait.", TimeSpan.FromMinutes(2));
        await Parallel.ForEachAsync(waiting, AtOnce, async (one, _) => await person.SetAsync(one.Device.Identity, $$"""{"led":"{{one.Device.Identity}}"}"""));

        foreach (var (device, poll) in waiting)
        {
            Assert.Equal($"led={device.Identity}", (await poll.EndAsync()).Text);
            await poll.DisposeAsync();
        }

        Assert.Equal(0, polls.Count);
    }

    private static ParallelOptions AtOnce => new() { MaxDegreeOfParallelism = 8 };

    // The emulator scans its tables for each poll's first look, so that many more at once are not to be had of it; the benchmark holds 10,000.
    private const int Count = 1000;
    private const int FirstLooks = 16;

    // Takes what is news, as a client that acknowledges what it got and comes back one second after Last-Modified.
    private async Task<long> TakeAsync(SimulatedDevice device, string aliases, long since, Dictionary<string, string> values)
    {
        await using var poll = await HeldPoll.BeginAsync(App, device, aliases, since);
        var reply = await poll.EndAsync();
        Assert.Equal(200, reply.Status);
        foreach (var part in reply.Text.Split('&'))
        {
            values[part.Split('=')[0]] = part.Split('=')[1];
        }

        using var acknowledged = await device.PostAsync(reply.Text);
        Assert.True(acknowledged.IsSuccessStatusCode);
        return reply.NextSince;
    }

    private Task<HeldPoll> BeginAsync(SimulatedDevice device, string aliases, long? since = null, int seconds = 120, int? held = null) => Polling.BeginAsync(device, aliases, since, seconds, held);

    private Task HeldAsync(int count) => Polling.HeldAsync(count);
}
