using System.Collections.Concurrent;
using Murano.Shared.Realtime;

namespace Murano.Integration.Tests.Realtime;

/// <summary>A channel that leads nowhere: counts what is asked of it, and fails or hangs when told so.</summary>
internal sealed class CountingChannel : IChannel
{
    private readonly ConcurrentQueue<string> _closed = new();
    private int _sends;

    /// <summary>Whether it fails.</summary>
    public bool IsDown { get; set; }

    /// <summary>Whether sending never ends by itself.</summary>
    public bool Hangs { get; set; }

    /// <summary>Messages to hub <c>log</c>.</summary>
    public int LogSends => Volatile.Read(ref _sends);

    /// <summary>Groups whose connections were ended.</summary>
    public IReadOnlyCollection<string> Closed => _closed;

    public Task SendAsync(ChannelHub hub, string group, ReadOnlyMemory<byte> json, string? except, CancellationToken cancellationToken)
    {
        if (hub == ChannelHub.Log)
        {
            Interlocked.Increment(ref _sends);
        }

        return IsDown ? throw new ChannelUnavailableException("down") : Hangs ? Task.Delay(Timeout.Infinite, cancellationToken) : Task.CompletedTask;
    }

    public Task<Uri> GetClientUriAsync(ChannelHub hub, IReadOnlyList<string> groups, bool joins, TimeSpan lifetime, CancellationToken cancellationToken) =>
        IsDown ? throw new ChannelUnavailableException("down") : Task.FromResult(new Uri("ws://127.0.0.1:9/client/hubs/log?access_token=x"));

    public Task CloseAsync(ChannelHub hub, string group, string reason, CancellationToken cancellationToken)
    {
        if (IsDown)
        {
            throw new ChannelUnavailableException("down");
        }

        _closed.Enqueue(group);
        return Task.CompletedTask;
    }
}
