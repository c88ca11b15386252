using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;

namespace Murano.Shared.Realtime;

/// <summary>One connection to a hub in the protocol <c>json.webpubsub.azure.v1</c>: joins and leaves groups, and hears them, until it breaks or is closed.</summary>
internal sealed class HubSocket : IDisposable
{
    private const string Protocol = "json.webpubsub.azure.v1";
    private const int MostMessageBytes = 2 * 1024 * 1024;

    // A peer that is gone without a word is found out after the sum of both.
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PongWithin = TimeSpan.FromSeconds(10);

    private readonly ClientWebSocket _socket = new();
    private readonly Channel<byte[]> _frames = Channel.CreateUnbounded<byte[]>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Dictionary<ulong, string> _asked = [];
    private readonly Lock _lock = new();
    private byte[] _buffer = new byte[4096];
    private ulong _lastAck;

    private HubSocket()
    {
        _socket.Options.AddSubProtocol(Protocol);
        _socket.Options.KeepAliveInterval = PingEvery;
        _socket.Options.KeepAliveTimeout = PongWithin;
    }

    /// <summary>The service's name of this connection.</summary>
    public string ConnectionId { get; private set; } = "";

    /// <summary>Connects, and waits for the service's welcome.</summary>
    /// <exception cref="WebSocketException">It does not come about.</exception>
    public static async Task<HubSocket> ConnectAsync(Uri address, CancellationToken cancellationToken)
    {
        var socket = new HubSocket();
        try
        {
            await socket._socket.ConnectAsync(address, cancellationToken);
            using var first = await socket.ReadAsync(cancellationToken) ?? throw new WebSocketException("The service closed the connection before it had begun.");
            socket.ConnectionId = first.RootElement.TryGetProperty("connectionId", out var id) ? id.GetString() ?? "" : "";
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Asks to be taken into a group; <see cref="RunAsync"/> tells when it is done.</summary>
    public void Join(string group)
    {
        ulong ackId;
        lock (_lock)
        {
            _asked.Add(ackId = ++_lastAck, group);
        }

        Send("joinGroup", group, ackId);
    }

    /// <summary>Leaves a group, without waiting for it.</summary>
    public void Leave(string group)
    {
        // The answer to an earlier request would be taken for that to a later one.
        lock (_lock)
        {
            foreach (var (ackId, _) in _asked.Where(asked => string.Equals(asked.Value, group, StringComparison.Ordinal)).ToList())
            {
                _asked.Remove(ackId);
            }
        }

        Send("leaveGroup", group, null);
    }

    /// <summary>Says good-bye; <see cref="RunAsync"/> returns.</summary>
    public void Close() => _frames.Writer.TryComplete();

    /// <summary>Moves frames until the connection ends.</summary>
    /// <param name="joined">Called with each group that was asked for, and whether this is in it now.</param>
    /// <param name="received">Called with each message's group and data.</param>
    /// <param name="cancellationToken">Ends it without a good-bye.</param>
    public async Task RunAsync(Action<string, bool> joined, Action<string, JsonElement> received, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var writing = WriteAsync(ended);
        try
        {
            while (await ReadAsync(ended.Token) is { } frame)
            {
                using (frame)
                {
                    Handle(frame.RootElement, joined, received);
                }
            }
        }
        finally
        {
            await ended.CancelAsync();
            await writing;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private static string? Text(JsonElement frame, string name) => frame.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private void Handle(JsonElement frame, Action<string, bool> joined, Action<string, JsonElement> received)
    {
        switch (Text(frame, "type"))
        {
            case "ack" when frame.TryGetProperty("ackId", out var number) && number.TryGetUInt64(out var ackId):
                string? group;
                lock (_lock)
                {
                    _asked.Remove(ackId, out group);
                }

                if (group is not null)
                {
                    joined(group, frame.TryGetProperty("success", out var success) && success.ValueKind == JsonValueKind.True);
                }

                break;
            case "message" when Text(frame, "group") is { } name && frame.TryGetProperty("data", out var data):
                received(name, data);
                break;
            default:
                break; // what this version does not know does not concern it
        }
    }

    private void Send(string type, string group, ulong? ackId) => _frames.Writer.TryWrite(JsonText.BytesOf(json =>
    {
        json.WriteStartObject();
        json.WriteString("type", type);
        json.WriteString("group", group);
        if (ackId is { } id)
        {
            json.WriteNumber("ackId", id);
        }

        json.WriteEndObject();
    }).ToArray());

    private async Task WriteAsync(CancellationTokenSource ended)
    {
        try
        {
            await foreach (var frame in _frames.Reader.ReadAllAsync(ended.Token))
            {
                await _socket.SendAsync(frame, WebSocketMessageType.Text, endOfMessage: true, ended.Token);
            }

            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", ended.Token);
            ended.CancelAfter(PongWithin); // a service that does not answer is left
        }
        catch (Exception fault) when (fault is OperationCanceledException or WebSocketException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // Whoever reads meets the same end.
        }
    }

    // Null: the service closed the connection.
    private async Task<JsonDocument?> ReadAsync(CancellationToken cancellationToken)
    {
        var length = 0;
        while (true)
        {
            if (length == _buffer.Length)
            {
                Array.Resize(ref _buffer, _buffer.Length < MostMessageBytes ? _buffer.Length * 2 : throw new WebSocketException("The message is too large."));
            }

            var read = await _socket.ReceiveAsync(_buffer.AsMemory(length), cancellationToken);
            if (read.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            length += read.Count;
            if (read.EndOfMessage)
            {
                try
                {
                    return JsonDocument.Parse(_buffer.AsMemory(0, length));
                }
                catch (JsonException fault)
                {
                    throw new WebSocketException("The service sent something that is no JSON.", fault);
                }
            }
        }
    }
}
