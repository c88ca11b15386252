using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Murano.Integration.Tests.Infrastructure;

namespace Murano.Integration.Tests.Realtime;

/// <summary>Somebody who watches, as the page does: negotiates with the app, and listens to Web PubSub.</summary>
internal sealed class LogViewer : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly ConcurrentQueue<JsonElement> _events = new();
    private readonly ConcurrentQueue<string> _frames = new();
    private readonly Dictionary<string, long> _next;
    private readonly ManualResetEventSlim _goesOn = new(true);
    private Task _reading = Task.CompletedTask;
    private long _missed;

    private LogViewer(Uri address, LogViewer? before) => (Address, _next) = (address, before?._next ?? new(StringComparer.Ordinal));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>What it saw, in order.</summary>
    public IReadOnlyCollection<JsonElement> Events => _events;

    /// <summary>How many events are missing by the numbers of messages, besides those of which a sender says so.</summary>
    public long Missed => Volatile.Read(ref _missed);

    /// <summary>How many events senders say they lost.</summary>
    public long Dropped => _events.Where(happened => Is(happened, "type", "dropped")).Sum(happened => happened.GetProperty("count").GetInt64());

    /// <summary>All frames that came, as text.</summary>
    public IReadOnlyCollection<string> Frames => _frames;

    /// <summary>Whether the service has ended the connection.</summary>
    public bool IsClosed => _reading.IsCompleted;

    /// <summary>Asks for an address.</summary>
    public static async Task<(HttpStatusCode Status, string Body)> NegotiateAsync(TestApp app, string query = "", string? secret = null, string? connector = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api:1/service/{connector ?? app.Run.Connector}/log/negotiate{query}");
        request.Headers.Authorization = new AuthenticationHeaderValue("token", secret ?? app.Run.Operator!.Secret);
        using var reply = await app.Client.SendAsync(request, Token);
        return (reply.StatusCode, await reply.Content.ReadAsStringAsync(Token));
    }

    /// <summary>Asks for an address and connects to it; whatever is told from now on is seen.</summary>
    /// <param name="app">The app.</param>
    /// <param name="query">With its question mark.</param>
    /// <param name="secret">The key; null = the app's own.</param>
    /// <param name="before">The same viewer before its connection was lost: numbers go on.</param>
    public static async Task<LogViewer> WatchAsync(TestApp app, string query = "", string? secret = null, LogViewer? before = null)
    {
        var (status, body) = await NegotiateAsync(app, query, secret);
        Assert.True(status == HttpStatusCode.OK, body);
        return await ConnectAsync(new Uri(JsonSerializer.Deserialize<JsonElement>(body).GetProperty("url").GetString()!), before);
    }

    /// <summary>Connects.</summary>
    public static async Task<LogViewer> ConnectAsync(Uri address, LogViewer? before = null)
    {
        var viewer = new LogViewer(address, before);
        viewer._socket.Options.AddSubProtocol("json.webpubsub.azure.v1");
        await viewer._socket.ConnectAsync(address, Token);
        viewer._reading = viewer.ReadAsync();
        await Eventually.TrueAsync(() => !viewer._frames.IsEmpty, "the service says that it is connected");
        return viewer;
    }

    /// <summary>Stops reading.</summary>
    public void Pause() => _goesOn.Reset();

    /// <summary>Reads on.</summary>
    public void Resume() => _goesOn.Set();

    /// <summary>Sends a frame.</summary>
    public Task SendAsync(string frame) => _socket.SendAsync(Encoding.UTF8.GetBytes(frame), WebSocketMessageType.Text, endOfMessage: true, Token);

    /// <summary>Waits for an event and returns it.</summary>
    public async Task<JsonElement> SeenAsync(Func<JsonElement, bool> wanted, string what)
    {
        await Eventually.TrueAsync(() => _events.Any(wanted), what);
        return _events.First(wanted);
    }

    /// <summary>Waits for a refusal with a reason.</summary>
    public Task<JsonElement> RefusalAsync(string reason) => SeenAsync(happened => Is(happened, "type", "refused") && Is(happened, "reason", reason), $"a refusal, {reason}");

    public async ValueTask DisposeAsync()
    {
        Resume();
        _socket.Abort();
        await _reading;
        _socket.Dispose();
        _goesOn.Dispose();
    }

    public static bool Is(JsonElement happened, string name, string value) => happened.TryGetProperty(name, out var found) && found.ValueEquals(value);

    private async Task ReadAsync()
    {
        var buffer = new byte[1024 * 1024];
        var length = 0;
        try
        {
            while (true)
            {
                if (!_goesOn.IsSet)
                {
                    await Eventually.TrueAsync(() => _goesOn.IsSet, "it reads on", TimeSpan.FromMinutes(2));
                }

                var read = await _socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
                if (read.MessageType == WebSocketMessageType.Close)
                {
                    return;
                }

                length += read.Count;
                if (read.EndOfMessage)
                {
                    Take(Encoding.UTF8.GetString(buffer, 0, length));
                    length = 0;
                }
            }
        }
        catch (WebSocketException)
        {
            // The connection is broken, by one side or the other.
        }
        catch (OperationCanceledException)
        {
            // Likewise.
        }
    }

    private void Take(string text)
    {
        var frame = JsonSerializer.Deserialize<JsonElement>(text);
        if (Is(frame, "type", "message"))
        {
            var data = frame.GetProperty("data");
            List<JsonElement> all = data.ValueKind == JsonValueKind.Array ? [.. data.EnumerateArray()] : [data];

            // As docs/live.md says.
            var (sender, number) = (all[0].GetProperty("sender").GetString()!, all[0].GetProperty("n").GetInt64());
            if (_next.TryGetValue(sender, out var expected) && number < expected)
            {
                return;
            }

            Interlocked.Add(ref _missed, expected == 0 ? 0 : number - expected);
            _next[sender] = number + all.Sum(happened => Is(happened, "type", "dropped") ? happened.GetProperty("count").GetInt64() : 1);
            all.ForEach(_events.Enqueue);
        }

        _frames.Enqueue(text);
    }
}
