using System.Net;
using Murano.Integration.Tests.Infrastructure;
using Murano.LocalHost;

namespace Murano.Integration.Tests.Devices;

/// <summary>Two real processes on one storage: the second uses the storage that the first one started.</summary>
public sealed class TwoProcessTests
{
    private const string Resources = """{"temp":{"format":"string"},"led":{"format":"string","settable":true}}""";

    [Fact]
    public async Task They_serve_the_same_devices_and_agree_on_who_may_be_heard()
    {
        using var firstFolder = new TemporaryFolder();
        using var secondFolder = new TemporaryFolder();
        await using var first = RealProcess.Start(firstFolder.Path);
        var one = await first.ReadyAsync();
        await using var second = RealProcess.Start(secondFolder.Path, ("AzureWebJobsStorage", one.Storage));
        var two = await second.ReadyAsync();
        Assert.Equal(one.Connector, two.Connector);
        using var here = new HttpClient { BaseAddress = new Uri(one.Http) };
        using var there = new HttpClient { BaseAddress = new Uri(two.Http) };
        using var admin = SimulatedOperator.Of(one);
        using var otherAdmin = SimulatedOperator.Of(two);
        await admin.DefineAsync(Resources);

        await TwentyActivationsAsync(here, there, one);
        await AfterAsync(HttpStatusCode.Unauthorized, here, there, one, identity => admin.LockAsync(identity));
        await AfterAsync(HttpStatusCode.Unauthorized, here, there, one, identity => otherAdmin.RevokeAsync(identity));
        await AfterAsync(HttpStatusCode.Unauthorized, here, there, one, admin.DeleteAsync);
        await LateAcknowledgeAsync(here, there, one, admin);
    }

    private static async Task TwentyActivationsAsync(HttpClient here, HttpClient there, RunInfo run)
    {
        var identity = Names.Identity();
        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => SimulatedDevice.PostActivationAsync(i % 2 == 0 ? here : there, run.Connector!, identity)));

        var winner = Assert.Single(replies, reply => reply.Status == HttpStatusCode.OK);
        Assert.Equal(19, replies.Count(reply => reply.Status == HttpStatusCode.Conflict));
        var device = SimulatedDevice.With(there, run.Connector!, identity, winner.Body);
        await device.WriteAsync(("temp", "1"));
        Assert.Equal("temp=1", await device.ReadAsync("temp"));
    }

    // Both processes have the device's credential in their caches when the change comes.
    private static async Task AfterAsync(HttpStatusCode expected, HttpClient here, HttpClient there, RunInfo run, Func<string, Task> change)
    {
        var device = await SimulatedDevice.ActivateAsync(here, run.Connector!);
        var elsewhere = SimulatedDevice.With(there, run.Connector!, device.Identity, device.Token);
        await device.WriteAsync(("temp", "1"));
        await elsewhere.WriteAsync(("temp", "2"));

        await change(device.Identity);

        using var first = await elsewhere.PostAsync("temp=3");
        using var second = await device.PostAsync("temp=3");
        Assert.Equal((expected, expected), (first.StatusCode, second.StatusCode));
    }

    private static async Task LateAcknowledgeAsync(HttpClient here, HttpClient there, RunInfo run, SimulatedOperator admin)
    {
        var device = await SimulatedDevice.ActivateAsync(here, run.Connector!);
        var elsewhere = SimulatedDevice.With(there, run.Connector!, device.Identity, device.Token);
        await admin.SetAsync(device.Identity, """{"led":"A"}""");
        Assert.Equal("led=A", await elsewhere.ReadAsync("led"));
        await admin.SetAsync(device.Identity, """{"led":"B"}""");

        await elsewhere.WriteAsync(("led", "A"));

        Assert.Equal("led=B", await device.ReadAsync("led"));
        Assert.Equal("led=B", await elsewhere.ReadAsync("led"));
    }
}
