using System.Net.WebSockets;
using System.Security.Cryptography;

namespace Murano.LocalHost.WebPubSub;

/// <summary>
/// A client of a hub. With the reliable protocol it outlives its socket: messages are numbered and kept until they are acknowledged, and a socket that comes with the
/// reconnection token within <see cref="Hub.RecoverWithin"/> gets them again.
/// </summary>
internal sealed class HubConnection(string? user, ClientProtocol protocol, IEnumerable<string> roles)
{
    private const int MostMessages = 1000;
    private const long MostBytes = 16 * 1024 * 1024;

    // How long senders wait for a client that does not read or acknowledge.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Queue<Outgoing> _pending = new();
    private readonly Queue<Outgoing> _unacknowledged = new();
    private readonly HashSet<ulong> _ackIds = [];
    private TaskCompletionSource _news = New();
    private TaskCompletionSource _room = New();
    private ulong _sequence;
    private long _bytes;
    private int _messages;
    private int _socket;

    /// <summary>Names the connection.</summary>
    public string Id { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>Proves a reconnection.</summary>
    public string ReconnectionToken { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <summary>Who; null = nobody in particular.</summary>
    public string? User => user;

    /// <summary>What is spoken.</summary>
    public ClientProtocol Protocol => protocol;

    /// <summary>What it may do.</summary>
    public HubPermissions Permissions { get; } = new(roles);

    /// <summary>Why it has ended; null = it has not.</summary>
    public (WebSocketCloseStatus Status, string Reason)? End { get; private set; }

    /// <summary>A socket takes over; one before it gets nothing any more. What was sent and not acknowledged comes first.</summary>
    /// <returns>Number of the socket.</returns>
    public int Attach(byte[]? first)
    {
        lock (_gate)
        {
            if (protocol == ClientProtocol.Reliable)
            {
                // Requests whose answers are lost are asked again by the client.
                _pending.Clear();
                foreach (var message in _unacknowledged)
                {
                    _pending.Enqueue(message);
                }
            }

            if (first is not null)
            {
                _pending.Enqueue(new(first, WebSocketMessageType.Text, 0));
            }

            Ring();
            return ++_socket;
        }
    }

    /// <summary>Whether this socket is the connection's.</summary>
    public bool IsAttached(int socket)
    {
        lock (_gate)
        {
            return socket == _socket;
        }
    }

    /// <summary>The next frame for a socket; null when the connection has ended, or another socket has taken over.</summary>
    public async Task<(byte[] Bytes, WebSocketMessageType Type)?> NextAsync(int socket, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task news;
            lock (_gate)
            {
                if (socket != _socket)
                {
                    return null;
                }

                if (_pending.TryDequeue(out var next))
                {
                    if (next.Counts && protocol != ClientProtocol.Reliable)
                    {
                        Free(next);
                    }

                    return (next.Bytes, next.Type);
                }

                if (End is not null)
                {
                    return null;
                }

                news = _news.Task;
            }

            await news.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Sends a frame that is no message.</summary>
    public void Answer(byte[] frame)
    {
        lock (_gate)
        {
            if (End is null)
            {
                _pending.Enqueue(new(frame, WebSocketMessageType.Text, 0));
                Ring();
            }
        }
    }

    /// <summary>Sends a message. Waits while the client is far behind; one that stays so is closed.</summary>
    public async Task SendAsync(HubMessage message)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            Task room;
            lock (_gate)
            {
                if (End is not null)
                {
                    return;
                }

                if (_messages < MostMessages && _bytes < MostBytes)
                {
                    Enqueue(message);
                    return;
                }

                room = _room.Task;
            }

            try
            {
                await room.WaitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                Close(WebSocketCloseStatus.PolicyViolation, "SlowClient");
                return;
            }
        }
    }

    /// <summary>The client has everything up to this number.</summary>
    public void Acknowledge(ulong sequence)
    {
        lock (_gate)
        {
            while (_unacknowledged.TryPeek(out var message) && message.Sequence <= sequence)
            {
                Free(_unacknowledged.Dequeue());
            }
        }
    }

    /// <summary>Notes a request of the client.</summary>
    /// <returns>False when it came before.</returns>
    public bool IsNew(ulong ackId)
    {
        lock (_gate)
        {
            return _ackIds.Add(ackId);
        }
    }

    /// <summary>Ends the connection after what is to be sent still.</summary>
    public void Close(WebSocketCloseStatus status, string reason)
    {
        lock (_gate)
        {
            if (End is null)
            {
                if (protocol != ClientProtocol.Simple)
                {
                    _pending.Enqueue(new(Frames.Disconnected(reason), WebSocketMessageType.Text, 0));
                }

                End = (status, reason);
                Ring();
                _room.TrySetResult();
            }
        }
    }

    private void Enqueue(HubMessage message)
    {
        var frame = protocol switch
        {
            ClientProtocol.Simple => new Outgoing(message.Data.ToArray(), message.Type is MessageType.Text or MessageType.Json ? WebSocketMessageType.Text : WebSocketMessageType.Binary, 0) { Counts = true },
            ClientProtocol.Json => new Outgoing(Frames.Message(message, null), WebSocketMessageType.Text, 0) { Counts = true },
            _ => new Outgoing(Frames.Message(message, ++_sequence), WebSocketMessageType.Text, _sequence) { Counts = true },
        };
        _messages++;
        _bytes += frame.Bytes.Length;
        _pending.Enqueue(frame);
        if (protocol == ClientProtocol.Reliable)
        {
            _unacknowledged.Enqueue(frame);
        }

        Ring();
    }

    private void Free(Outgoing message)
    {
        _messages--;
        _bytes -= message.Bytes.Length;
        _room.TrySetResult();
        _room = New();
    }

    private void Ring()
    {
        _news.TrySetResult();
        _news = New();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed record Outgoing(byte[] Bytes, WebSocketMessageType Type, ulong Sequence)
    {
        /// <summary>Whether it is a message, whose room is limited.</summary>
        public bool Counts { get; init; }
    }
}
