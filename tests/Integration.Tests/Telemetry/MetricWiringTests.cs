using System.Diagnostics.Metrics;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Murano.Functions.Realtime;
using Murano.Integration.Tests.Events;
using Murano.Integration.Tests.Infrastructure;
using Murano.Integration.Tests.Realtime;
using Murano.LocalHost.WebPubSub;
using Murano.Shared.Connectors;
using Murano.Shared.Events;
using Murano.Shared.Polls;
using Murano.Shared.Realtime;
using Murano.Shared.Storage;
using Murano.Shared.Telemetry;

namespace Murano.Integration.Tests.Telemetry;

/// <summary>What happens in the running product moves the instruments that are for it.</summary>
public sealed class MetricWiringTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_refusals_and_failed_log_ons_of_both_apis()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var probe = new MetricProbe(app.Services.GetRequiredService<IMeterFactory>());
        var device = await SimulatedDevice.ActivateAsync(app, "sn-1");
        await device.WriteAsync(("temp", "1"));
        await LogScenario.SendAsync(app, device, HttpMethod.Put, "/provision/upload?id=log.txt", new StringContent("hello", new MediaTypeHeaderValue("text/plain")));
        await AskAsync(app, HttpMethod.Get, "/onep:v1/stack/alias?temp", "token " + new string('x', 40), 401);
        await AskAsync(app, HttpMethod.Get, $"/api:1/service/{app.Run.Connector}/device2", "token msk_unknownkey00_" + new string('0', 64), 401);
        await AskAsync(app, HttpMethod.Post, "/api:1/token/", null, 401, """{"email":"nobody","password":"wrong"}""");
        await AskAsync(app, HttpMethod.Get, "/nowhere", null, 404);
        await AskAsync(app, HttpMethod.Delete, "/timestamp", null, 405);
        await AskAsync(app, HttpMethod.Get, "/docs", null, 200);

        foreach (var (operation, status) in ((string, int)[])
            [("Device_Provision_Activate", 200), ("Device_State_Write", 204), ("Device_State_Read", 401), ("Management_Settings_Get", 401), ("Management_Token_Post", 401), ("Zz_Fallback", 404), ("Zz_Fallback", 405), ("Docs_Page", 200)])
        {
            Assert.Equal(1, probe.Sum("murano.requests", $"operation={operation} status={status}"));
        }

        Assert.Equal(1, probe.Sum("murano.refusals", "api=device reason=unknown-token"));
        Assert.Equal(2, probe.Sum("murano.refusals") - probe.Sum("murano.refusals", "api=device reason=unknown-token"));
        Assert.Equal((1, 2), (probe.Sum("murano.logons.failed", "api=device"), probe.Sum("murano.logons.failed", "api=operator")));
        Assert.True(probe.Sum("murano.storage.requests", "service=table outcome=ok") > 0);
        Assert.True(probe.Sum("murano.storage.requests", "service=blob outcome=ok") > 0);
        Assert.DoesNotContain(probe.All, one => one.Tags.Contains(device.Token, StringComparison.Ordinal) || one.Tags.Contains("sn-1", StringComparison.Ordinal) || one.Tags.Contains("nowhere", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Each_try_at_storage_by_what_became_of_it()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var token = await fleet.One.ActivateAsync("sn-1").Ok();
        var instance = fleet.Scale();
        using var probe = new MetricProbe(instance.Get<IMeterFactory>());
        await instance.Connectors.FindOnlyAsync(Token);
        var before = Requests(probe);
        instance.Probe.Reset();
        instance.Probe.Interfere = (number, _) => number == 1 ? StorageFault.Busy : StorageFault.None;
        await Assert.ThrowsAsync<StorageUnavailableException>(() => instance.WriteAsync(token, ("temp", "1")));
        instance.Probe.Reset();
        instance.Probe.Interfere = (number, _) => number <= 2 ? StorageFault.Refused : StorageFault.None;
        await instance.WriteAsync(token, ("temp", "1")).Ok(); // the look-up at the third try, then the transaction; and whatever the first contact brings
        var after = Requests(probe);

        Assert.Equal((1, 2), (after.Throttled - before.Throttled, after.Failed - before.Failed));
        Assert.Equal(instance.Probe.Requests.Count, 2 + after.Ok - before.Ok);
        Assert.Equal(probe.All.Count(one => one.Instrument is "murano.storage.requests"), probe.All.Count(one => one.Instrument is "murano.storage.duration"));

        await fleet.One.DeleteAsync(fleet.Connector, "sn-1").Ok();
        var late = fleet.Scale();
        using var other = new MetricProbe(late.Get<IMeterFactory>());
        await late.WriteAsync(token, ("temp", "1")); // the token's row is gone
        Assert.Equal(1, other.Sum("murano.storage.requests", "service=table outcome=refused"));
    }

    [Fact]
    public async Task Polls_that_are_held()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var token = await fleet.One.ActivateAsync("sn-1").Ok();
        var instance = fleet.Scale();
        using var probe = new MetricProbe(instance.Get<IMeterFactory>());
        var first = instance.PollAsync(token, TimeSpan.FromMinutes(5), "led");
        await instance.HeldAsync(1);
        var second = instance.PollAsync(token, TimeSpan.FromMinutes(5), "led"); // ends the first
        await first;
        Assert.Equal(1, probe.Sum("murano.polls.held"));

        instance.Get<HeldPolls>().Close();
        await second;

        Assert.Equal(0, probe.Sum("murano.polls.held"));
        Assert.Equal(4, probe.All.Count(one => one.Instrument is "murano.polls.held"));
    }

    [Fact]
    public async Task Wakes_that_are_sent_heard_and_kept()
    {
        await using var hub = await WebPubSubEmulator.StartAsync(0, null, TimeProvider.System, Token);
        using var probe = new MetricProbe();
        var metrics = probe.NewMetrics();
        using var here = Wakes(hub.ConnectionString, metrics);
        using var there = Wakes(hub.ConnectionString, metrics);
        var connector = ConnectorId.TryParse("abc", out var id) ? id : throw new InvalidOperationException();
        var wake = new Wake(connector, Instance.Id("sn-1"), WakeKind.Set);
        using var listening = await there.RegisterAsync(connector, Instance.Id("sn-1"), new WakeCounter(), Token);
        await here.AnnounceAsync(wake, Token);
        await Eventually.TrueAsync(() => probe.Sum("murano.wakes.heard") == 1, "the other instance hears it");
        Assert.Equal((1, 0), (probe.Sum("murano.wakes.sent"), probe.Sum("murano.wakes.waiting")));

        var time = new FakeTimeProvider();
        var channel = new CountingChannel { IsDown = true };
        using var sender = new WakeSender(channel, () => null, metrics, time, NullLogger.Instance);
        await sender.SendAsync(wake, Token);
        await sender.SendAsync(wake, Token);
        await sender.SendAsync(wake with { Kind = WakeKind.Access }, Token);
        Assert.Equal((1, 2), (probe.Sum("murano.wakes.sent"), probe.Sum("murano.wakes.waiting")));
        channel.IsDown = false;
        await Eventually.TrueAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(1));
                return probe.Sum("murano.wakes.waiting") == 0;
            },
            "what was kept is sent");
        await Eventually.TrueAsync(() => probe.Sum("murano.wakes.sent") == 3, "and counted");
    }

    [Fact]
    public async Task Events_that_are_delivered_fail_and_are_given_up()
    {
        var receiver = new Receiver();
        await using var fleet = await EventFleet.StartAsync(azurite, receiver, "data_in");
        using var probe = new MetricProbe(fleet.One.Get<IMeterFactory>());
        var token = await fleet.One.ActivateAsync("sn-1").Ok();
        await fleet.One.WriteAsync(token, ("temp", "1")).Ok();
        await EventFleet.DrainedAsync(fleet);
        Assert.Equal((1, 0, 0), Events(probe));

        receiver.Answer = _ => new DeliveryResult.Refused("No.");
        await fleet.One.WriteAsync(token, ("temp", "2")).Ok();
        await EventFleet.DrainedAsync(fleet);
        Assert.Equal((1, 1, 1), Events(probe));

        receiver.Answer = _ => new DeliveryResult.Failed("Down.");
        await fleet.One.WriteAsync(token, ("temp", "3")).Ok();
        await Eventually.TrueAsync(() => Events(probe) == (1, 2, 1), "the attempt is counted");
        receiver.Answer = null;
        await Eventually.TrueAsync(
            () =>
            {
                fleet.Time.Advance(TimeSpan.FromSeconds(1));
                return Events(probe) == (2, 2, 1);
            },
            "and the next, which arrives");
    }

    [Fact]
    public async Task Events_of_the_live_log_that_are_lost()
    {
        using var probe = new MetricProbe();
        using var stream = new LogStream(2, TimeSpan.FromMinutes(1), probe.NewMetrics(), TimeProvider.System, _ => { });
        for (var i = 0; i < 5; i++)
        {
            stream.Show(Encoding.ASCII.GetBytes($"{i}\n"));
        }

        await using var pieces = stream.ReadAsync(Token).GetAsyncEnumerator(Token);
        Assert.True(await pieces.MoveNextAsync() && await pieces.MoveNextAsync());

        Assert.Equal(3, probe.Sum("murano.log.dropped"));
        var time = new FakeTimeProvider();
        var channel = new CountingChannel { IsDown = true };
        var sender = new LogSender("group", channel, 2, probe.NewMetrics(), time, NullLogger.Instance);
        using var stopping = new CancellationTokenSource();
        await stopping.CancelAsync();
        sender.Add("1"u8.ToArray(), stopping.Token, CancellationToken.None);
        await sender.WhenIdleAsync();
        Assert.Equal(4, probe.Sum("murano.log.dropped"));
    }

    private static HubWakes Wakes(string connection, MuranoMetrics metrics) => new(
        TimeProvider.System, NullLogger<HubWakes>.Instance, metrics, WebPubSubChannel.TryCreate(new WebPubSubOptions { ConnectionString = connection }, new ConfigurationBuilder().Build()));

    private static (double Ok, double Throttled, double Failed) Requests(MetricProbe probe) => (
        probe.Sum("murano.storage.requests", "service=table outcome=ok"),
        probe.Sum("murano.storage.requests", "service=table outcome=throttled"),
        probe.Sum("murano.storage.requests", "service=table outcome=failed"));

    private static (double Delivered, double Failed, double Buried) Events(MetricProbe probe) =>
        (probe.Sum("murano.events.delivered"), probe.Sum("murano.events.failed"), probe.Sum("murano.events.dead_letters"));

    private static async Task AskAsync(TestApp app, HttpMethod method, string path, string? authorization, int status, string? json = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");
        request.Headers.Authorization = authorization is null ? null : AuthenticationHeaderValue.Parse(authorization);
        using var reply = await app.Client.SendAsync(request, Token);
        Assert.Equal(status, (int)reply.StatusCode);
    }
}
