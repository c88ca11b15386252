using System.Text;
using System.Threading.Channels;
using Murano.Shared.Realtime;

namespace Murano.Unit.Tests.Realtime;

/// <summary>A channel without a network: notes what is sent, and fails or hangs when told so.</summary>
internal sealed class RecordingChannel : IChannel
{
    private readonly Channel<(string Group, string Json)> _sent = Channel.CreateUnbounded<(string, string)>();
    private int _sends;

    /// <summary>Whether sending fails.</summary>
    public bool IsDown { get; set; }

    /// <summary>Whether sending takes until its token ends.</summary>
    public bool Hangs { get; set; }

    /// <summary>Tries to send.</summary>
    public int Sends => Volatile.Read(ref _sends);

    /// <summary>Groups whose connections were ended.</summary>
    public List<string> Closed { get; } = [];

    public async Task SendAsync(ChannelHub hub, string group, ReadOnlyMemory<byte> json, string? except, CancellationToken cancellationToken)
    {
        Assert.Equal((ChannelHub.Log, null), (hub, except));
        Interlocked.Increment(ref _sends);
        if (Hangs)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        if (IsDown)
        {
            throw new ChannelUnavailableException("down");
        }

        _sent.Writer.TryWrite((group, Encoding.UTF8.GetString(json.Span)));
    }

    public Task<Uri> GetClientUriAsync(ChannelHub hub, IReadOnlyList<string> groups, bool joins, TimeSpan lifetime, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task CloseAsync(ChannelHub hub, string group, string reason, CancellationToken cancellationToken)
    {
        Closed.Add(group);
        return IsDown ? throw new ChannelUnavailableException("down") : Task.CompletedTask;
    }

    /// <summary>The next message.</summary>
    public Task<(string Group, string Json)> NextAsync() => _sent.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask();

    /// <summary>Whether there is one that was not taken.</summary>
    public bool HasMore => _sent.Reader.TryPeek(out _);
}
