using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using Murano.LocalHost;
using Murano.LocalHost.WebPubSub;

namespace Murano.Integration.Tests.Realtime;

/// <summary>The emulator of Web PubSub, by Microsoft's own clients and by bare sockets.</summary>
public sealed class WebPubSubEmulatorTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("groups", 0)]
    [InlineData("roles", 0)]
    [InlineData("server", 0)]
    [InlineData("order", 10_000)]
    [InlineData("drops", 1_000)]
    public async Task Microsofts_clients_find_what_they_expect(string scenario, int count)
    {
        await using var emulator = await WebPubSubEmulator.StartAsync(0, null, TimeProvider.System, Token);
        using var node = Start(emulator.ConnectionString, scenario, count);
        await EndAsync(node);
    }

    [Fact]
    public async Task A_client_joins_its_groups_again_after_the_service_was_started_anew()
    {
        var emulator = await WebPubSubEmulator.StartAsync(0, null, TimeProvider.System, Token);
        var (port, key) = (emulator.Port, emulator.AccessKey);
        using var node = Start(emulator.ConnectionString, "restart", 0);
        Assert.Equal("ready", await node.StandardOutput.ReadLineAsync(Token));
        await emulator.DisposeAsync();
        await using var again = await WebPubSubEmulator.StartAsync(port, key, TimeProvider.System, Token);
        await node.StandardInput.WriteLineAsync("go".AsMemory(), Token);
        await EndAsync(node);
    }

    [Fact]
    public async Task Connections_are_refused_and_ended_as_the_service_does()
    {
        await using var emulator = await WebPubSubEmulator.StartAsync(0, null, TimeProvider.System, Token);
        var now = TimeProvider.System.GetUtcNow();
        var address = $"http://127.0.0.1:{emulator.Port}/client/hubs/h";
        var valid = new HubToken(null, ["webpubsub.sendToGroup"], []).Write(emulator.AccessKey, address, now, TimeSpan.FromMinutes(1));

        Assert.Equal(HttpStatusCode.Unauthorized, await RefusedAsync(emulator, "h", ""));
        Assert.Equal(HttpStatusCode.Unauthorized, await RefusedAsync(emulator, "h", "x.y.z"));
        Assert.Equal(HttpStatusCode.Unauthorized, await RefusedAsync(emulator, "other", valid));
        Assert.Equal(HttpStatusCode.Unauthorized, await RefusedAsync(emulator, "h", new HubToken(null, [], []).Write(new string('k', 44), address, now, TimeSpan.FromMinutes(1))));
        Assert.Equal(HttpStatusCode.Unauthorized, await RefusedAsync(emulator, "h", new HubToken(null, [], []).Write(emulator.AccessKey, address, now - TimeSpan.FromHours(2), TimeSpan.FromMinutes(1))));
        Assert.Equal(HttpStatusCode.NotFound, await RefusedAsync(emulator, "1h", valid));

        using (var garbage = await ConnectAsync(emulator, valid, "json.webpubsub.azure.v1"))
        {
            Assert.Contains("\"connected\"", await ReadAsync(garbage), StringComparison.Ordinal);
            await garbage.SendAsync("[]"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, Token);
            Assert.Contains("InvalidFrame", await ReadAsync(garbage), StringComparison.Ordinal);
            Assert.Equal("closed InvalidPayloadData", await ReadAsync(garbage));
        }

        using (var large = await ConnectAsync(emulator, valid, "json.webpubsub.azure.v1"))
        {
            Assert.Contains("\"connected\"", await ReadAsync(large), StringComparison.Ordinal);
            await large.SendAsync(new byte[(1024 * 1024) + 100_000], WebSocketMessageType.Text, endOfMessage: false, Token);
            Assert.Contains("MessageTooBig", await ReadAsync(large), StringComparison.Ordinal);
            Assert.Equal("closed MessageTooBig", await ReadAsync(large));
        }

        using var stranger = await ConnectAsync(emulator, valid, "json.reliable.webpubsub.azure.v1", "&awps_connection_id=x&awps_reconnection_token=y");
        Assert.Equal("closed PolicyViolation", await ReadAsync(stranger));
    }

    [Fact]
    public async Task Who_does_not_acknowledge_is_closed_and_holds_nobody_up_for_long()
    {
        await using var emulator = await WebPubSubEmulator.StartAsync(0, null, TimeProvider.System, Token);
        var token = new HubToken(null, ["webpubsub.sendToGroup"], ["g"]).Write(emulator.AccessKey, $"http://127.0.0.1:{emulator.Port}/client/hubs/h", TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(1));
        using var silent = await ConnectAsync(emulator, token, "json.reliable.webpubsub.azure.v1");
        using var sender = await ConnectAsync(emulator, token, "json.webpubsub.azure.v1");
        for (var i = 0; i <= 1000; i++)
        {
            await sender.SendAsync(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""{"type":"sendToGroup","group":"g","noEcho":true,"data":{{i}},"ackId":{{i}}}""")), WebSocketMessageType.Text, endOfMessage: true, Token);
        }

        List<string> frames = [];
        while (frames.LastOrDefault()?.StartsWith("closed", StringComparison.Ordinal) != true)
        {
            frames.Add(await ReadAsync(silent));
        }

        Assert.Equal(1000, frames.Count(frame => frame.Contains("sequenceId", StringComparison.Ordinal)));
        Assert.Contains("SlowClient", frames[^2], StringComparison.Ordinal);
        Assert.Equal("closed PolicyViolation", frames[^1]);
        string last;
        do
        {
            last = await ReadAsync(sender);
        }
        while (!last.Contains("\"ackId\":1000,", StringComparison.Ordinal));

        Assert.Contains("\"success\":true", last, StringComparison.Ordinal);
    }

    private static async Task<ClientWebSocket> ConnectAsync(WebPubSubEmulator emulator, string token, string protocol, string more = "")
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(protocol);
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{emulator.Port}/client/hubs/h?access_token={token}{more}"), Token);
        Assert.Equal(protocol, socket.SubProtocol);
        return socket;
    }

    private static async Task<HttpStatusCode> RefusedAsync(WebPubSubEmulator emulator, string hub, string token)
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.AddSubProtocol("json.webpubsub.azure.v1");
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(new Uri($"ws://127.0.0.1:{emulator.Port}/client/hubs/{hub}?access_token={token}"), Token));
        return socket.HttpStatusCode;
    }

    // A frame as text; "closed" and the status for the end.
    private static async Task<string> ReadAsync(ClientWebSocket socket)
    {
        var buffer = new byte[64 * 1024];
        var length = 0;
        while (true)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(length), Token);
            if (read.MessageType == WebSocketMessageType.Close)
            {
                return $"closed {socket.CloseStatus}";
            }

            length += read.Count;
            if (read.EndOfMessage)
            {
                return Encoding.UTF8.GetString(buffer, 0, length);
            }
        }
    }

    private static Process Start(string connectionString, string scenario, int count)
    {
        var script = Path.Combine(RepositoryFolder.Find(), "tests", "Integration.Tests", "Realtime", "pubsub.mjs");
        return Process.Start(new ProcessStartInfo("node", [script, connectionString, scenario, count.ToString(CultureInfo.InvariantCulture)])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }

    private static async Task EndAsync(Process node)
    {
        var (output, errors) = (node.StandardOutput.ReadToEndAsync(Token), node.StandardError.ReadToEndAsync(Token));
        await node.WaitForExitAsync(Token);
        Assert.True(node.ExitCode == 0, await errors + await output);
        Assert.Equal("passed\n", await output);
    }
}
