using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace Murano.Bench;

/// <summary>A device on a connection of its own that asks and waits: a bare socket, so that thousands of them cost little.</summary>
internal sealed class WaitingDevice : IDisposable
{
    private const int LongestReply = 1024;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly Uri _server;
    private readonly byte[] _request;

    /// <summary>Makes a device that is not connected yet.</summary>
    /// <param name="server">Base address of the server.</param>
    /// <param name="target">Path and query that it asks for.</param>
    /// <param name="headers">Header lines, each with its CRLF.</param>
    public WaitingDevice(string server, string target, string headers)
    {
        _server = new Uri(server);
        _request = Encoding.ASCII.GetBytes($"GET {target} HTTP/1.1\r\nHost: {_server.Authority}\r\n{headers}\r\n");
    }

    /// <summary>Whether something came although nothing should, be it the end of the connection.</summary>
    public bool IsAnswered => _socket.Poll(TimeSpan.Zero, SelectMode.SelectRead);

    /// <summary>A device's long poll.</summary>
    public static WaitingDevice Polling(string app, string token, string aliases = "setpoint") =>
        new(app, "/onep:v1/stack/alias?" + aliases, $"X-Exosite-CIK: {token}\r\nRequest-Timeout: 300000\r\n");

    /// <summary>Connects.</summary>
    public Task ConnectAsync() => _socket.ConnectAsync(_server.Host, _server.Port);

    /// <summary>Sends the request, and does not wait for the reply.</summary>
    public Task AskAsync() => _socket.SendAsync(_request);

    /// <summary>Waits for the reply.</summary>
    /// <returns>When its last byte was there, as of <see cref="Stopwatch.GetTimestamp"/>, and its status; 0 when the connection ended.</returns>
    public async Task<(long At, int Status)> ReplyAsync()
    {
        var buffer = new byte[LongestReply];
        var count = 0;
        while (true)
        {
            var read = await _socket.ReceiveAsync(buffer.AsMemory(count));
            if (read == 0)
            {
                return (Stopwatch.GetTimestamp(), 0);
            }

            count += read;
            if (IsComplete(buffer.AsSpan(0, count)))
            {
                return (Stopwatch.GetTimestamp(), int.Parse(Encoding.ASCII.GetString(buffer, "HTTP/1.1 ".Length, 3), System.Globalization.CultureInfo.InvariantCulture));
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private static bool IsComplete(ReadOnlySpan<byte> reply)
    {
        var head = reply.IndexOf("\r\n\r\n"u8);
        if (head < 0)
        {
            return false;
        }

        var name = "Content-Length: "u8;
        var at = reply.IndexOf(name);
        return at < 0 || (System.Buffers.Text.Utf8Parser.TryParse(reply[(at + name.Length)..], out int length, out _) && reply.Length == head + 4 + length);
    }
}
