using System.Net.WebSockets;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;

namespace Murano.LocalHost.WebPubSub;

/// <summary>Where clients connect: checks the token, agrees on a protocol, and moves frames until the socket ends.</summary>
internal sealed class ClientEndpoint(string accessKey, TimeProvider time, CancellationToken stopping)
{
    private const string JsonProtocol = "json.webpubsub.azure.v1";
    private const string ReliableProtocol = "json.reliable.webpubsub.azure.v1";

    private static readonly TimeSpan GoodBye = TimeSpan.FromSeconds(5);

    // Frames of a client that wait for slow members of a group.
    private const int MostWaiting = 20_000;

    // A frame is a message and what is around it.
    private const int MostFrameBytes = HubMessage.MaxBytes + (64 * 1024);

    /// <summary>Serves one socket to its end.</summary>
    public async Task ServeAsync(HttpContext context, Hub hub)
    {
        var requested = context.WebSockets.WebSocketRequestedProtocols;
        var chosen = requested.FirstOrDefault(name => name is JsonProtocol or ReliableProtocol);
        if (!context.WebSockets.IsWebSocketRequest || (requested.Count > 0 && chosen is null))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        var query = context.Request.Query;
        var bearer = context.Request.Headers.Authorization.ToString();
        var text = query["access_token"].FirstOrDefault() ?? (bearer.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? bearer["Bearer ".Length..] : null);
        if (await HubToken.ReadAsync(text, accessKey, WebPubSubEmulator.ClientPath(context.Request)) is not { } token)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { SubProtocol = chosen });
        if (query["awps_connection_id"].FirstOrDefault() is { } id)
        {
            if (hub.Find(id) is { Protocol: ClientProtocol.Reliable, End: null } lost && lost.ReconnectionToken.Equals(query["awps_reconnection_token"].FirstOrDefault(), StringComparison.Ordinal))
            {
                await RunAsync(hub, lost, lost.Attach(null), socket);
                return;
            }

            // A refused upgrade would be tried again; this tells the client to begin anew.
            await CloseAsync(socket, WebSocketCloseStatus.PolicyViolation, "The connection cannot be resumed.");
            return;
        }

        var protocol = chosen switch { ReliableProtocol => ClientProtocol.Reliable, JsonProtocol => ClientProtocol.Json, _ => ClientProtocol.Simple };
        var connection = new HubConnection(token.User, protocol, token.Roles);
        var number = connection.Attach(protocol == ClientProtocol.Simple ? null : Frames.Connected(connection.Id, token.User, protocol == ClientProtocol.Reliable ? connection.ReconnectionToken : null));
        hub.Add(connection, token.Groups);
        await RunAsync(hub, connection, number, socket);
    }

    private async Task RunAsync(Hub hub, HubConnection connection, int number, WebSocket socket)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var writing = WriteAsync(connection, number, socket, ended);
        var isOver = await ReadAsync(hub, connection, socket, writing, ended.Token);
        await ended.CancelAsync();
        await writing;
        if (isOver || connection.Protocol != ClientProtocol.Reliable || connection.End is not null)
        {
            hub.Remove(connection);
            connection.Close(WebSocketCloseStatus.NormalClosure, "Normal");
        }
        else if (connection.IsAttached(number) && !stopping.IsCancellationRequested)
        {
            _ = ForgetAsync(hub, connection, number);
        }
    }

    // The socket is gone and the client may come again.
    private async Task ForgetAsync(Hub hub, HubConnection connection, int number)
    {
        try
        {
            await Task.Delay(Hub.RecoverWithin, time, stopping);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        if (connection.IsAttached(number))
        {
            hub.Remove(connection);
            connection.Close(WebSocketCloseStatus.NormalClosure, "Normal");
        }
    }

    private static async Task WriteAsync(HubConnection connection, int number, WebSocket socket, CancellationTokenSource ended)
    {
        try
        {
            while (await connection.NextAsync(number, ended.Token) is { } frame)
            {
                await socket.SendAsync(frame.Bytes, frame.Type, endOfMessage: true, ended.Token);
            }

            var (status, reason) = connection.End ?? (WebSocketCloseStatus.NormalClosure, "Normal");
            await CloseAsync(socket, status, reason);
            ended.CancelAfter(GoodBye); // a client that does not answer is cut off
        }
        catch (Exception fault) when (fault is OperationCanceledException or WebSocketException or IOException or ObjectDisposedException)
        {
            // Whoever reads sees the same end.
        }
    }

    /// <summary>Reads until the socket ends.</summary>
    /// <returns>Whether the client has said good-bye, so that it does not come again.</returns>
    private static async Task<bool> ReadAsync(Hub hub, HubConnection connection, WebSocket socket, Task writing, CancellationToken cancellationToken)
    {
        var frames = new ClientFrames(hub, connection);
        var work = Channel.CreateBounded<Func<Task>>(new BoundedChannelOptions(MostWaiting) { SingleReader = true, SingleWriter = true });
        var working = WorkAsync(work.Reader);
        try
        {
            var buffer = new byte[16 * 1024];
            using var message = new MemoryStream();
            while (true)
            {
                var read = await socket.ReceiveAsync(buffer.AsMemory(), cancellationToken);
                if (read.MessageType == WebSocketMessageType.Close)
                {
                    await CloseAsync(socket, WebSocketCloseStatus.NormalClosure, "");
                    return true;
                }

                message.Write(buffer, 0, read.Count);
                if (message.Length > MostFrameBytes)
                {
                    connection.Close(WebSocketCloseStatus.MessageTooBig, "MessageTooBig");
                    await writing;
                    return true;
                }

                if (!read.EndOfMessage)
                {
                    continue;
                }

                if (connection.Protocol != ClientProtocol.Simple)
                {
                    if (read.MessageType != WebSocketMessageType.Text || !frames.Read(message.ToArray(), out var later))
                    {
                        connection.Close(WebSocketCloseStatus.InvalidPayloadData, "InvalidFrame");
                        await writing;
                        return true;
                    }

                    if (later is not null)
                    {
                        await work.Writer.WriteAsync(later, cancellationToken);
                    }
                }

                message.SetLength(0);
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or WebSocketException or IOException or ObjectDisposedException)
        {
            return false;
        }
        finally
        {
            work.Writer.Complete();
            await working;
        }
    }

    private static async Task WorkAsync(ChannelReader<Func<Task>> work)
    {
        await foreach (var step in work.ReadAllAsync(CancellationToken.None))
        {
            await step();
        }
    }

    private static async Task CloseAsync(WebSocket socket, WebSocketCloseStatus status, string reason)
    {
        try
        {
            await socket.CloseOutputAsync(status, reason, CancellationToken.None);
        }
        catch (Exception fault) when (fault is WebSocketException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // Gone already.
        }
    }
}
