using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Murano.Integration.Tests.Infrastructure;

/// <summary>A connection on which a test decides about every byte. Each wait has a deadline.</summary>
public sealed class RawHttp : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Socket _socket;
    private readonly Stream _stream;
    private readonly List<byte> _received = [];
    private int _reads;
    private bool _closed;

    private RawHttp(Socket socket, Stream stream) => (_socket, _stream) = (socket, stream);

    /// <summary>Opens a plain connection to 127.0.0.1 at the address's port.</summary>
    public static async Task<RawHttp> ConnectAsync(Uri address)
    {
        var socket = await OpenAsync(address);
        return new(socket, new NetworkStream(socket, ownsSocket: true));
    }

    /// <summary>Opens a TLS connection.</summary>
    public static async Task<RawHttp> ConnectAsync(Uri address, SslClientAuthenticationOptions tls)
    {
        var socket = await OpenAsync(address);
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
        using var deadline = Deadline(Patience);
        await stream.AuthenticateAsClientAsync(tls, deadline.Token);
        return new(socket, stream);
    }

    /// <summary>Sends one request on a connection of its own and reads the reply.</summary>
    /// <param name="address">Names the port.</param>
    /// <param name="request">The request as text, one byte a character; lines must end in CR LF.</param>
    public static async Task<RawReply> ExchangeAsync(Uri address, string request)
    {
        await using var connection = await ConnectAsync(address);
        await connection.SendAsync(request);
        return await connection.ReadReplyAsync(bodiless: request.StartsWith("HEAD ", StringComparison.Ordinal));
    }

    /// <summary>Sends text, one byte a character (Latin-1).</summary>
    public Task SendAsync(string text) => SendAsync(Encoding.Latin1.GetBytes(text));

    /// <summary>Sends bytes as they are.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        using var deadline = Deadline(Patience);
        await _stream.WriteAsync(bytes, deadline.Token);
        await _stream.FlushAsync(deadline.Token);
    }

    /// <summary>Tells the server that no more will be sent; replies can still be read.</summary>
    public void HalfClose() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Goes away without a word (a reset), as a device that loses its network.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(enable: true, 0);
        _socket.Dispose();
    }

    /// <summary>Reads one reply: to the end of its Content-Length, of its last chunk, or of the connection.</summary>
    public async Task<RawReply> ReadReplyAsync(bool bodiless = false, TimeSpan? within = null)
    {
        using var deadline = Deadline(within ?? Patience);
        while (true)
        {
            if (RawReply.TryTake(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_received), _reads, bodiless, _closed) is { } reply)
            {
                _received.RemoveRange(0, reply.Bytes.Length);
                _reads = _received.Count > 0 ? 1 : 0;
                return reply;
            }

            Assert.False(_closed, $"The connection ended within a reply: {Encoding.Latin1.GetString([.. _received])}");
            await ReadAsync(deadline.Token);
        }
    }

    /// <summary>Reads until the server closes, and returns everything that has not been read yet.</summary>
    public async Task<byte[]> ReadToEndAsync(TimeSpan? within = null)
    {
        using var deadline = Deadline(within ?? Patience);
        while (!_closed)
        {
            await ReadAsync(deadline.Token);
        }

        return [.. _received];
    }

    /// <summary>Whether the server closes the connection, within the deadline, without sending anything more.</summary>
    public async Task<bool> IsClosedByServerAsync(TimeSpan? within = null) => (await ReadToEndAsync(within)).Length == 0;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private static async Task<Socket> OpenAsync(Uri address)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var deadline = Deadline(Patience);
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, address.Port), deadline.Token);
        return socket;
    }

    private static CancellationTokenSource Deadline(TimeSpan within)
    {
        var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(within);
        return deadline;
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        int count;
        try
        {
            count = await _stream.ReadAsync(buffer, cancellationToken);
        }
        catch (IOException)
        {
            count = 0; // a reset ends the connection, too
        }

        _closed = count == 0;
        _reads++;
        _received.AddRange(buffer.AsSpan(0, count));
    }
}
