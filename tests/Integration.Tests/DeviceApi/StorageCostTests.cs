using System.Net;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Murano.Integration.Tests.Infrastructure;

namespace Murano.Integration.Tests.DeviceApi;

/// <summary>What a whole HTTP request of a device costs at storage: the gate adds nothing to what the services cost.</summary>
public sealed class StorageCostTests(AzuriteFixture azurite)
{
    private const string Resources = """{"temp":{"format":"string"},"led":{"format":"string","settable":true}}""";

    [Fact]
    public async Task Writes_reads_and_hybrids_cost_what_the_storage_model_says()
    {
        var probe = new StorageProbe();
        await using var app = await TestApp.StartAsync(azurite, new TestAppOptions { Policies = [probe], Time = StandingStill() });
        using var person = SimulatedOperator.Of(app.Run);
        await person.DefineAsync(Resources);
        var device = await SimulatedDevice.ActivateAsync(app);

        await device.WriteAsync(("temp", "1"));
        Assert.Equal(1, await CountAsync(probe, () => device.WriteAsync(("temp", "2"))));
        Assert.Equal(1, await CountAsync(probe, () => device.ReadAsync("temp", "led")));
        Assert.Equal(2, await CountAsync(probe, () => device.PostAsync("temp=3", "?temp")));
        Assert.Equal(2, await CountAsync(probe, () => device.WriteAsync(("led", "1"))));
        Assert.Equal(1, await CountAsync(probe, () => device.WriteAsync(("led", "2"), ("temp", "4"))));
    }

    [Fact, Spec("a.11/7")]
    public async Task What_is_too_large_costs_the_look_up_of_the_credential_and_changes_nothing()
    {
        var probe = new StorageProbe();
        await using var app = await TestApp.StartAsync(azurite, new TestAppOptions { Policies = [probe], Time = StandingStill() });
        using var person = SimulatedOperator.Of(app.Run);
        await person.DefineAsync(Resources);
        var device = await SimulatedDevice.ActivateAsync(app);
        await device.WriteAsync(("temp", "before"));

        foreach (var body in (string[])
        [
            string.Join('&', Enumerable.Range(0, 98).Select(i => $"a{i}=1")),
            string.Join('&', Enumerable.Range(0, 9).Select(i => $"a{i}=" + new string('x', 60_000))),
            "temp=" + new string('x', 65_537),
        ])
        {
            Assert.True(await CountAsync(probe, async () =>
            {
                using var reply = await device.PostAsync(body);
                Assert.Equal(HttpStatusCode.RequestEntityTooLarge, reply.StatusCode);
            }) <= 1);
            Assert.All(probe.Requests, request => Assert.StartsWith("GET", request, StringComparison.Ordinal));
        }

        Assert.Equal("temp=before", await device.ReadAsync("temp"));
    }

    [Fact, Spec("a.11/1")]
    public async Task The_largest_value_comes_back_byte_for_byte()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = SimulatedOperator.Of(app.Run);
        await person.DefineAsync(Resources);
        var device = await SimulatedDevice.ActivateAsync(app);
        var value = string.Concat(Enumerable.Repeat("ä€😀\0\n", 65_536 / 11)) + new string('z', 65_536 % 11);
        Assert.Equal(65_536, Encoding.UTF8.GetByteCount(value));

        await device.WriteAsync(("temp", value), ("led", value));

        var form = await device.ReadAsync("temp", "led");
        var values = form.Split('&').Select(part => Uri.UnescapeDataString(part[(part.IndexOf('=', StringComparison.Ordinal) + 1)..].Replace('+', ' '))).ToList();
        Assert.Equal(2, values.Count);
        Assert.All(values, read => Assert.Equal(value, read));
    }

    // However slow the machine, no cache grows old in these tests.
    private static FakeTimeProvider StandingStill() => new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    private static async Task<int> CountAsync(StorageProbe probe, Func<Task> action)
    {
        probe.Reset();
        await action();
        return probe.Requests.Count;
    }
}
