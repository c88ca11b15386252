using Azure.Messaging.WebPubSub;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Murano.Functions.Realtime;
using Murano.Integration.Tests.Infrastructure;
using Murano.LocalHost.WebPubSub;
using Murano.Shared.Connectors;
using Murano.Shared.Identities;
using Murano.Shared.Realtime;

namespace Murano.Integration.Tests.Realtime;

/// <summary>An instance's connection to hub <c>wake</c>, against the emulator.</summary>
public sealed class HubSubscriptionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static ConnectorId Connector => ConnectorId.TryParse("abc", out var id) ? id : throw new InvalidOperationException();

    [Fact]
    public async Task Each_instance_hears_a_wake_once()
    {
        await using var hub = await WebPubSubEmulator.StartAsync(0, null, TimeProvider.System, Token);
        using var here = Create(hub, TimeProvider.System);
        using var there = Create(hub, TimeProvider.System);
        var device = Id("sn-1");
        var (near, far) = (new WakeCounter(), new WakeCounter());
        using var listening = await here.RegisterAsync(Connector, device, near, Token);
        using var elsewhere = await there.RegisterAsync(Connector, device, far, Token);
        Assert.NotEqual(0, listening.Unbroken);

        await here.AnnounceAsync(new Wake(Connector, device, WakeKind.Set), Token);
        await Eventually.TrueAsync(() => far.Wakes == 1, "the other instance hears it");
        await there.AnnounceAsync(new Wake(Connector, device, WakeKind.Set), Token);
        await Eventually.TrueAsync(() => near.Wakes == 2, "and the first one its answer");

        Assert.Equal((2, 2), (near.Wakes, far.Wakes));
    }

    [Fact]
    public async Task A_group_is_left_a_minute_after_the_last_device_and_the_connection_closed_with_the_last_group()
    {
        await using var hub = await WebPubSubEmulator.StartAsync(0, null, TimeProvider.System, Token);
        var service = new WebPubSubServiceClient(hub.ConnectionString, "wake");
        var time = new FakeTimeProvider();
        using var wakes = Create(hub, time);
        var (device, group) = (Id("sn-1"), WakeGroups.Of(Connector, Id("sn-1")));
        var first = await wakes.RegisterAsync(Connector, device, new WakeCounter(), Token);
        Assert.True((await service.GroupExistsAsync(group)).Value);

        first.Dispose();
        time.Advance(HubWakes.KeepGroups - TimeSpan.FromSeconds(1));
        var second = await wakes.RegisterAsync(Connector, device, new WakeCounter(), Token);
        time.Advance(HubWakes.KeepGroups);
        Assert.True((await service.GroupExistsAsync(group)).Value);
        Assert.NotEqual(0, second.Unbroken);

        second.Dispose();
        time.Advance(HubWakes.KeepGroups);
        await Eventually.TrueAsync(async () => !(await service.GroupExistsAsync(group)).Value, "the group is left");

        var registering = wakes.RegisterAsync(Connector, device, new WakeCounter(), Token).AsTask();
        await Eventually.TrueAsync(() => Advance(time) && registering.IsCompleted, "the device is registered again");
        using var third = await registering;
        await Eventually.TrueAsync(() => Advance(time) && third.Unbroken != 0, "the instance has connected anew");
        Assert.True((await service.GroupExistsAsync(group)).Value);
    }

    [Fact]
    public async Task A_connection_that_the_service_ends_is_made_anew_and_the_listeners_are_told()
    {
        await using var hub = await WebPubSubEmulator.StartAsync(0, null, TimeProvider.System, Token);
        var service = new WebPubSubServiceClient(hub.ConnectionString, "wake");
        using var wakes = Create(hub, TimeProvider.System);
        var (device, group) = (Id("sn-1"), WakeGroups.Of(Connector, Id("sn-1")));
        var listener = new WakeCounter();
        using var listening = await wakes.RegisterAsync(Connector, device, listener, Token);
        var before = listening.Unbroken;

        await service.CloseGroupConnectionsAsync(group);

        await Eventually.TrueAsync(() => listener.Doubts == 1 && listening.Unbroken > before, "it is back");
        await service.SendToGroupAsync(group, Azure.Core.RequestContent.Create("{}"u8.ToArray()), Azure.Core.ContentType.ApplicationJson);
        await service.SendToGroupAsync(group, "no wake");
        await service.SendToGroupAsync(group, Azure.Core.RequestContent.Create("""{"connector":"abc","identity":"sn-1","kind":"of a later version"}"""u8.ToArray()), Azure.Core.ContentType.ApplicationJson);
        await Eventually.TrueAsync(() => listener.Wakes == 1, "it hears what is a wake");
    }

    [Fact]
    public async Task Who_begins_while_there_is_no_hub_does_not_wait_for_it()
    {
        string connection;
        await using (var hub = await WebPubSubEmulator.StartAsync(0, null, TimeProvider.System, Token))
        {
            connection = hub.ConnectionString;
        }

        using var wakes = new HubWakes(TimeProvider.System, NullLogger<HubWakes>.Instance, MetricProbe.Unheard, Channel(connection));
        var listener = new WakeCounter();
        using var listening = await wakes.RegisterAsync(Connector, Id("sn-1"), listener, Token);

        await Eventually.TrueAsync(() => listener.Doubts > 0, "it is told that there is no hub");
        Assert.Equal(0, listening.Unbroken);
        using var second = await wakes.RegisterAsync(Connector, Id("sn-2"), listener, Token);
        Assert.Equal(0, second.Unbroken);
    }

    [Fact]
    public void Devices_are_spread_over_all_groups_by_a_hash_that_never_changes()
    {
        Assert.Equal("wake-682", WakeGroups.Of(Connector, Id("sn-1")));
        Assert.Equal(WakeGroups.Count, Enumerable.Range(0, 20_000).Select(i => WakeGroups.Of(Connector, Id($"{i}"))).Distinct(StringComparer.Ordinal).Count());
    }

    private static bool Advance(FakeTimeProvider time)
    {
        time.Advance(TimeSpan.FromMilliseconds(100)); // the pause before a connection is made anew
        return true;
    }

    private static IdentityId Id(string text) => Instance.Id(text);

    private static WebPubSubChannel? Channel(string connection) => WebPubSubChannel.TryCreate(new WebPubSubOptions { ConnectionString = connection }, new ConfigurationBuilder().Build());

    private static HubWakes Create(WebPubSubEmulator hub, TimeProvider time) =>
        new(time, NullLogger<HubWakes>.Instance, MetricProbe.Unheard, Channel(hub.ConnectionString));
}
