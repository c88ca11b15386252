using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Murano.Integration.Tests.Infrastructure;
using Murano.Shared.Events.Delivery;

namespace Murano.Integration.Tests.Events;

/// <summary>What a receiver does to the requests of devices: nearly nothing.</summary>
public sealed class EventDelayTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_device_is_answered_while_the_receiver_still_has_its_event()
    {
        await using var receiver = await EventReceiver.StartAsync();
        await using var app = await EventApp.StartAsync(azurite, settings: ("Timeout", "00:01:00"));
        var device = await SimulatedDevice.ActivateAsync(app.Management.App);
        await SwitchOnAsync(app, receiver.Url);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        receiver.Answer = async context =>
        {
            await release.Task.WaitAsync(context.RequestAborted);
            await EventReceiver.Status(context, 204);
        };

        await device.WriteAsync(("temp", "1"));
        await device.WriteAsync(("temp", "2"));

        await Eventually.TrueAsync(() => receiver.All.Count > 0, "It is being delivered.");
        Assert.Single(receiver.All);
        release.SetResult();
        await Eventually.TrueAsync(() => receiver.All.Count == 2, "The next one follows.");
    }

    [Fact]
    public async Task A_receiver_that_is_down_is_not_called_for_each_write()
    {
        var connections = 0;
        var network = new DeliveryNetwork
        {
            Resolve = (_, _) =>
            {
                Interlocked.Increment(ref connections);
                return Task.FromResult<IPAddress[]>([IPAddress.Loopback]);
            },
        };
        await using var app = await EventApp.StartAsync(azurite, new FakeTimeProvider(TimeProvider.System.GetUtcNow()), network);
        List<SimulatedDevice> devices = [];
        for (var i = 0; i < 10; i++)
        {
            devices.Add(await SimulatedDevice.ActivateAsync(app.Management.App));
        }

        // A port on which nobody listens.
        using var closed = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        closed.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        await SwitchOnAsync(app, $"http://receiver.example:{((IPEndPoint)closed.LocalEndPoint!).Port}/");
        for (var i = 0; i < 3; i++)
        {
            foreach (var device in devices)
            {
                await device.WriteAsync(("temp", "1"));
            }
        }

        Assert.Equal(5, connections);
    }

    private static Task SwitchOnAsync(EventApp app, string url) =>
        app.Management.OkAsync("PATCH", "", JsonSerializer.Serialize(new { events = new { types = (string[])["data_in"], destination = new { url } } }));
}
