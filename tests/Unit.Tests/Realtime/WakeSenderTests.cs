using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Murano.Shared.Connectors;
using Murano.Shared.Identities;
using Murano.Shared.Realtime;

namespace Murano.Unit.Tests.Realtime;

/// <summary>Wakes that cannot be sent at once.</summary>
public sealed class WakeSenderTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly GatedChannel _channel = new();
    private readonly WakeSender _sender;

    public WakeSenderTests() => _sender = new(_channel, () => "own", MetricProbe.Unheard, _time, NullLogger.Instance);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _sender.Dispose();

    [Fact]
    public async Task Are_sent_once_each_when_the_channel_is_back()
    {
        _channel.Fails = true;
        foreach (var name in (string[])["a", "b", "a", "c", "b"])
        {
            await _sender.SendAsync(Wake(name), Token);
        }

        Assert.Equal(1, _channel.Asked); // the first found out, the others did not wait
        _channel.Fails = false;
        await UntilAsync(() => _channel.Sent.Count == 3);

        Assert.Equal(["a", "b", "c"], _channel.Sent.Order(StringComparer.Ordinal), StringComparer.Ordinal);
        await _sender.SendAsync(Wake("d"), Token);
        Assert.Contains("d", _channel.Sent, StringComparer.Ordinal);
    }

    [Fact]
    public async Task One_that_is_announced_again_while_it_is_on_its_way_is_sent_again()
    {
        _channel.Fails = true;
        await _sender.SendAsync(Wake("a"), Token);
        _channel.Fails = false;
        using var gate = new SemaphoreSlim(0);
        _channel.Gate = gate;
        await UntilAsync(() => _channel.Asked == 2);

        await _sender.SendAsync(Wake("a"), Token);
        gate.Release(2);
        await UntilAsync(() => _channel.Sent.Count == 2);

        Assert.Equal(["a", "a"], _channel.Sent, StringComparer.Ordinal);
    }

    [Fact]
    public async Task Are_kept_in_a_bounded_number()
    {
        _channel.Fails = true;
        for (var i = 0; i < WakeSender.MostOwed + 10; i++)
        {
            await _sender.SendAsync(Wake($"d{i}"), Token);
        }

        _channel.Fails = false;
        await UntilAsync(() => _channel.Sent.Count == WakeSender.MostOwed);
        await _sender.SendAsync(Wake("last"), Token);
        await UntilAsync(() => _channel.Sent.Contains("last", StringComparer.Ordinal));

        Assert.Equal(WakeSender.MostOwed + 1, _channel.Sent.Count);
    }

    private static Wake Wake(string identity)
    {
        Assert.True(ConnectorId.TryParse("abc", out var connector));
        Assert.True(IdentityId.TryParse(identity, out var id));
        return new Wake(connector, id, WakeKind.Set);
    }

    // Moves the clock over the pauses between tries until it is so.
    private async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            Token.ThrowIfCancellationRequested();
            _time.Advance(TimeSpan.FromSeconds(5));
            await Task.Delay(1, Token);
        }
    }

    private sealed class GatedChannel : IChannel
    {
        private int _asked;

        public volatile bool Fails;

        public SemaphoreSlim? Gate { get; set; }

        public int Asked => Volatile.Read(ref _asked);

        public ConcurrentQueue<string> Sent { get; } = new();

        public async Task SendAsync(ChannelHub hub, string group, ReadOnlyMemory<byte> json, string? except, CancellationToken cancellationToken)
        {
            Assert.Equal("own", except);
            Interlocked.Increment(ref _asked);
            if (Fails)
            {
                throw new ChannelUnavailableException();
            }

            if (Gate is { } gate)
            {
                await gate.WaitAsync(cancellationToken);
            }

            using var wake = System.Text.Json.JsonDocument.Parse(Encoding.UTF8.GetString(json.Span));
            Sent.Enqueue(wake.RootElement.GetProperty("identity").GetString()!);
        }

        public Task<Uri> GetClientUriAsync(ChannelHub hub, IReadOnlyList<string> groups, bool joins, TimeSpan lifetime, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task CloseAsync(ChannelHub hub, string group, string reason, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
