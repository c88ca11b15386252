using System.Net.WebSockets;
using System.Text;
using Azure;
using Azure.Core;
using Azure.Messaging.WebPubSub;
using Murano.Integration.Tests.Infrastructure;
using Murano.LocalHost.WebPubSub;

namespace Murano.Integration.Tests.Realtime;

/// <summary>The client that stands in for the official one, against the emulator.</summary>
public sealed class WebPubSubServiceClientTests
{
    private const string Group = "g 1/2:ä";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_sends_to_groups_and_ends_connections()
    {
        await using var emulator = await WebPubSubEmulator.StartAsync(0, null, TimeProvider.System, Token);
        var service = new WebPubSubServiceClient(emulator.ConnectionString, "h");
        Assert.False((await service.GroupExistsAsync(Group)).Value);
        Assert.Equal(202, (await service.SendToGroupAsync(Group, "nobody is there")).Status);

        using var socket = await ConnectAsync(await service.GetClientAccessUriAsync(TimeSpan.FromMinutes(1), "ann", ["webpubsub.sendToGroup.other"], [Group], Token));
        Assert.Contains("\"userId\":\"ann\"", await ReadAsync(socket), StringComparison.Ordinal);
        Assert.True((await service.GroupExistsAsync(Group)).Value);
        await service.SendToGroupAsync(Group, RequestContent.Create("""{"n":1}"""u8.ToArray()), ContentType.ApplicationJson);
        await service.SendToGroupAsync(Group, "text");

        Assert.Equal($$$"""{"type":"message","from":"group","group":"{{{Group}}}","dataType":"json","data":{"n":1}}""", await ReadAsync(socket));
        Assert.Equal($$$"""{"type":"message","from":"group","group":"{{{Group}}}","dataType":"text","data":"text"}""", await ReadAsync(socket));
        Assert.Equal(204, (await service.CloseGroupConnectionsAsync(Group, reason: "enough")).Status);
        Assert.Contains("enough", await ReadAsync(socket), StringComparison.Ordinal);
        Assert.Equal("closed NormalClosure", await ReadAsync(socket));
        Assert.False((await service.GroupExistsAsync(Group)).Value);
        Assert.Equal(204, (await service.CloseConnectionAsync("unknown")).Status);
    }

    [Fact]
    public async Task What_is_refused_is_an_exception()
    {
        await using var emulator = await WebPubSubEmulator.StartAsync(0, null, TimeProvider.System, Token);
        var wrong = new WebPubSubServiceClient(new Uri($"http://127.0.0.1:{emulator.Port}"), "h", new AzureKeyCredential(new string('k', 44)));

        var fault = await Assert.ThrowsAsync<RequestFailedException>(() => wrong.SendToGroupAsync("g", "x"));
        Assert.Equal((401, "Unauthorized"), (fault.Status, fault.ErrorCode));
        var large = new WebPubSubServiceClient(emulator.ConnectionString, "h");
        Assert.Equal(413, (await Assert.ThrowsAsync<RequestFailedException>(() => large.SendToGroupAsync("g", new string('x', (1024 * 1024) + 1)))).Status);
        Assert.Throws<ArgumentException>(() => new WebPubSubServiceClient("Endpoint=http://127.0.0.1;", "h"));
        await Assert.ThrowsAsync<WebSocketException>(async () => await ConnectAsync(await wrong.GetClientAccessUriAsync(cancellationToken: Token)));
    }

    [Fact]
    public async Task The_local_host_has_an_emulator_that_a_second_process_can_use()
    {
        using var folders = new TemporaryFolder();
        await using var first = RealProcess.Start(Path.Combine(folders.Path, "one"));
        var one = await first.ReadyAsync();
        await using var second = RealProcess.Start(Path.Combine(folders.Path, "two"), ("WebPubSub__ConnectionString", one.WebPubSub), ("AzureWebJobsStorage", one.Storage));
        var two = await second.ReadyAsync();

        Assert.Equal(one.WebPubSub, two.WebPubSub);
        var service = new WebPubSubServiceClient(one.WebPubSub!, "h");
        using var socket = await ConnectAsync(await service.GetClientAccessUriAsync(groups: ["g"], cancellationToken: Token));
        Assert.Contains("\"connected\"", await ReadAsync(socket), StringComparison.Ordinal);
        Assert.True((await service.GroupExistsAsync("g")).Value);
    }

    private static async Task<ClientWebSocket> ConnectAsync(Uri address)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("json.webpubsub.azure.v1");
        await socket.ConnectAsync(address, Token);
        return socket;
    }

    private static async Task<string> ReadAsync(ClientWebSocket socket)
    {
        var buffer = new byte[16 * 1024];
        var read = await socket.ReceiveAsync(buffer.AsMemory(), Token);
        return read.MessageType == WebSocketMessageType.Close ? $"closed {socket.CloseStatus}" : Encoding.UTF8.GetString(buffer, 0, read.Count);
    }
}
