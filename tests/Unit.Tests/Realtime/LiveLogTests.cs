using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Murano.Shared.Realtime;
using Murano.Shared.Storage;

namespace Murano.Unit.Tests.Realtime;

/// <summary>What is told reaches those who watch, in few messages, and whatever the channel does it costs nobody anything.</summary>
public sealed class LiveLogTests : IDisposable
{
    private const long Later = LogSamples.Now + 120_000_000;

    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeMilliseconds(LogSamples.Now / 1_000));
    private readonly RecordingChannel _channel = new();
    private readonly LiveLog _log;

    public LiveLogTests() => _log = Make(_channel, 100);

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task While_nobody_watches_nothing_is_sent()
    {
        foreach (var connector in (Shared.Connectors.Connector[])[LogSamples.Watched(), LogSamples.Watched((null, LogSamples.Now)), LogSamples.Watched(("sn-2", Later), ("sn-1", LogSamples.Now - 1))])
        {
            Assert.False(_log.IsWatched(connector, LogSamples.Identity("sn-1")));
            _log.Tell(connector, LogSamples.Event());
            _log.Tell(connector, LogSamples.Refusal());
            _log.Tell(connector, LogSamples.Refusal(""));
        }

        await _log.StopAsync();
        Assert.Equal(0, _channel.Sends);
    }

    [Fact]
    public void To_ask_whether_anybody_watches_takes_no_memory()
    {
        var (nobody, somebody, identity) = (LogSamples.Watched(), LogSamples.Watched(("sn-2", Later)), LogSamples.Identity("sn-1"));
        _ = _log.IsWatched(nobody, identity) || _log.IsWatched(somebody, identity);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            _ = _log.IsWatched(nobody, identity) || _log.IsWatched(somebody, identity);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Without_a_channel_nobody_watches()
    {
        using var log = Make(null, 100);

        Assert.False(log.IsOn || log.IsWatched(LogSamples.Watched((null, Later)), LogSamples.Identity("sn-1")));
        log.Tell(LogSamples.Watched((null, Later)), LogSamples.Event());
    }

    [Fact]
    public async Task Who_watches_all_and_who_watches_one_device_each_get_it()
    {
        _log.Tell(LogSamples.Watched((null, Later), ("sn-1", Later)), LogSamples.Event());
        var got = new[] { await _channel.NextAsync(), await _channel.NextAsync() };

        Assert.Equal([LogGroups.Of(LogSamples.Id), LogGroups.Of(new DeviceKey(LogSamples.Id, LogSamples.Identity("sn-1")))], got.Select(message => message.Group).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.All(got, message => Assert.Matches("""^\{"type":"deleted","identity":"sn-1","timestamp":1500000000000000,"sender":"[0-9a-f]{8}","n":1\}$""", message.Json));
        Assert.NotEqual(SenderOf(got[0].Json), SenderOf(got[1].Json), StringComparer.Ordinal);

        _log.Tell(LogSamples.Watched(("sn-1", Later)), LogSamples.Event("sn-2"));
        _log.Tell(LogSamples.Watched(("sn-1", Later)), LogSamples.Refusal(""));
        await _log.StopAsync();
        Assert.False(_channel.HasMore);
    }

    [Fact]
    public async Task The_first_goes_at_once_and_those_that_come_meanwhile_go_together()
    {
        var connector = LogSamples.Watched((null, Later));
        _log.Tell(connector, LogSamples.Event());
        Assert.Equal(1, CountOf((await _channel.NextAsync()).Json));
        for (var i = 0; i < 10; i++)
        {
            _log.Tell(connector, LogSamples.Event());
        }

        Assert.False(_channel.HasMore);
        var since = _time.GetTimestamp();
        Assert.Equal(10, CountOf((await AdvanceUntilAsync(_channel.NextAsync())).Json));
        Assert.True(_time.GetElapsedTime(since) >= LogSender.Pace - TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task When_there_are_too_many_the_oldest_are_lost_and_counted()
    {
        var connector = LogSamples.Watched((null, Later));
        _channel.IsDown = true;
        for (var i = 0; i < 250; i++)
        {
            _log.Tell(connector, LogSamples.Event(FormattableString.Invariant($"sn-{i}")));
        }

        await AdvanceUntilAsync(Task.Run(() => SpinWait.SpinUntil(() => _channel.Sends >= 2), TestContext.Current.CancellationToken));
        _channel.IsDown = false;
        List<JsonElement> got = [];
        while (Sent(got) + Dropped(got) < 250)
        {
            var message = EventsOf((await AdvanceUntilAsync(_channel.NextAsync())).Json);
            Assert.Equal(Sent(got) + Dropped(got) + 1, message[0].GetProperty("n").GetInt64());
            got.AddRange(message);
        }

        Assert.Equal(250, Sent(got) + Dropped(got));
        Assert.InRange(Sent(got), 100, 200);
        Assert.Equal("sn-249", got[^1].GetProperty("identity").GetString());
        var numbers = got.Where(happened => !IsDropped(happened)).Select(NumberOf).ToList();
        Assert.Equal(numbers.Order(), numbers);
    }

    [Fact]
    public async Task A_message_is_never_larger_than_256_KiB()
    {
        var connector = LogSamples.Watched((null, Later));
        using var log = Make(_channel, 10_000);
        for (var i = 0; i < 300; i++)
        {
            log.Tell(connector, LogSamples.Event("sn-1", ("a", new string('x', 4_000))));
        }

        List<int> counts = [];
        while (counts.Sum() < 300)
        {
            var (_, json) = await AdvanceUntilAsync(_channel.NextAsync());
            Assert.InRange(json.Length, 1, 256 * 1024);
            counts.Add(CountOf(json));
        }

        Assert.InRange(counts.Max(), 50, 65);
    }

    [Fact]
    public void A_channel_that_hangs_holds_nobody_up()
    {
        _channel.Hangs = true;
        var connector = LogSamples.Watched((null, Later));
        var before = GC.GetTotalAllocatedBytes();
        for (var i = 0; i < 20_000; i++)
        {
            _log.Tell(connector, LogSamples.Event());
        }

        Assert.InRange(_channel.Sends, 0, 1);
        Assert.True(GC.GetTotalAllocatedBytes() > before); // it was done, on this thread, without a wait
    }

    [Fact]
    public async Task A_stop_sends_what_there_is_and_waits_for_no_channel_that_hangs()
    {
        var connector = LogSamples.Watched((null, Later));
        _log.Tell(connector, LogSamples.Event());
        await _channel.NextAsync();
        _log.Tell(connector, LogSamples.Event());
        await _log.StopAsync();
        Assert.Equal(1, CountOf((await _channel.NextAsync()).Json));
        _log.Tell(connector, LogSamples.Event());
        Assert.Equal(2, _channel.Sends);

        using var hung = Make(_channel, 100);
        _channel.Hangs = true;
        hung.Tell(connector, LogSamples.Event());
        await AdvanceUntilAsync(Task.Run(() => SpinWait.SpinUntil(() => _channel.Sends == 3), TestContext.Current.CancellationToken), TimeSpan.Zero);
        await AdvanceUntilAsync(hung.StopAsync()); // although the send never ends
    }

    [Fact]
    public async Task Connections_are_ended_and_once_more_when_no_address_is_left()
    {
        using var viewers = new LogViewers(null!, _time, NullLogger<LogViewers>.Instance, _channel);
        Assert.True(Shared.Access.OperatorKeyId.TryParse("abcdefghijkl", out var key));
        await viewers.EndAsync(key);
        Assert.Equal("key:abcdefghijkl", Assert.Single(_channel.Closed));
        await AdvanceUntilAsync(Task.Run(() => SpinWait.SpinUntil(() => _channel.Closed.Count == 2), TestContext.Current.CancellationToken), TimeSpan.FromSeconds(10));

        await viewers.EndAsync(LogSamples.Watched((null, Later), ("sn-1", 0)));
        Assert.Equal(["connector:u1rnqm3kgg2u80000", "device:u1rnqm3kgg2u80000!sn-1"], _channel.Closed.Skip(2).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        await viewers.EndAsync(LogSamples.Watched());
        Assert.Equal(4, _channel.Closed.Count);
        _channel.IsDown = true;
        await viewers.EndAsync(key); // and nothing is thrown
    }

    private LiveLog Make(IChannel? channel, int most) => new(_time, Options.Create(new LiveLogOptions { MaxWaiting = most }), MetricProbe.Unheard, NullLogger<LiveLog>.Instance, channel);

    private static List<JsonElement> EventsOf(string json)
    {
        var root = JsonSerializer.Deserialize<JsonElement>(json);
        return root.ValueKind == JsonValueKind.Array ? [.. root.EnumerateArray()] : [root];
    }

    private static int CountOf(string json) => EventsOf(json).Count;

    private static string SenderOf(string json) => EventsOf(json)[0].GetProperty("sender").GetString()!;

    private static bool IsDropped(JsonElement happened) => happened.GetProperty("type").ValueEquals("dropped");

    private static int Sent(List<JsonElement> got) => got.Count(happened => !IsDropped(happened));

    private static long Dropped(List<JsonElement> got) => got.Where(IsDropped).Sum(happened => happened.GetProperty("count").GetInt64());

    private static int NumberOf(JsonElement happened) =>
        int.Parse(happened.GetProperty("identity").GetString()![3..], System.Globalization.CultureInfo.InvariantCulture);

    private async Task<T> AdvanceUntilAsync<T>(Task<T> done)
    {
        await AdvanceUntilAsync((Task)done);
        return await done;
    }

    private async Task AdvanceUntilAsync(Task done, TimeSpan? step = null)
    {
        var since = Stopwatch.GetTimestamp();
        while (!done.IsCompleted)
        {
            Assert.True(Stopwatch.GetElapsedTime(since) < TimeSpan.FromSeconds(30), "Nothing came.");
            _time.Advance(step ?? TimeSpan.FromMilliseconds(10));

            // The clock must not run away from a sender whose thread waits for a processor: after ten minutes it gives up.
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        await done;
    }
}
