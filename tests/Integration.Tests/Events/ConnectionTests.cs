using System.Text.Json;
using Murano.Integration.Tests.Infrastructure;
using Murano.Shared;
using Murano.Shared.Events;
using Murano.Shared.Identities;

namespace Murano.Integration.Tests.Events;

/// <summary>Devices that come and go.</summary>
public sealed class ConnectionTests(AzuriteFixture azurite)
{
    private static readonly string[] All = ["connect", "disconnect", "data_in"];

    [Fact]
    public async Task All_that_happens_while_a_device_is_connected_carries_the_connections_id()
    {
        var receiver = new Receiver();
        await using var fleet = await EventFleet.StartAsync(azurite, receiver, All);
        var token = await fleet.One.ActivateAsync("sn-1").Ok();
        await fleet.Scale().WriteAsync(token, ("temp", "1")).Ok();
        var seen = fleet.Time.GetUnixMicros();
        await EventFleet.SweepAsync(fleet);
        await fleet.One.WriteAsync(token, ("temp", "2")).Ok();

        await EventFleet.DrainedAsync(fleet);
        Assert.Equal([EventType.Connect, EventType.DataIn, EventType.Disconnect, EventType.Connect, EventType.DataIn], receiver.Types);
        var ids = Ids(receiver);
        Assert.Equal(2, ids.Distinct(StringComparer.Ordinal).Count());
        Assert.All(ids.Take(3), id => Assert.Equal(ids[0], id));
        Assert.Equal(ids[3], ids[4]);
        Assert.Equal(seen + (300 * UnixTime.MicrosPerSecond), receiver.Taken[2].Time);
        receiver.AssertOrdered();
    }

    [Fact]
    public async Task A_device_that_was_gone_before_anybody_told_is_told_to_have_gone_before_it_comes()
    {
        var receiver = new Receiver();
        await using var fleet = await EventFleet.StartAsync(azurite, receiver, All);
        var token = await fleet.One.ActivateAsync("sn-1").Ok();
        var seen = fleet.Time.GetUnixMicros();
        fleet.Time.Advance(TimeSpan.FromMinutes(6));

        await fleet.One.ReadAsync(token, "temp").Ok();

        await EventFleet.DrainedAsync(fleet);
        Assert.Equal([EventType.Connect, EventType.Disconnect, EventType.Connect], receiver.Types);
        Assert.Equal(seen + (300 * UnixTime.MicrosPerSecond), receiver.Taken[1].Time);
        Assert.Equal(fleet.Time.GetUnixMicros(), receiver.Taken[2].Time);
    }

    [Fact]
    public async Task Requests_that_come_at_once_tell_one_end_and_one_beginning()
    {
        var receiver = new Receiver();
        await using var fleet = await EventFleet.StartAsync(azurite, receiver, "connect", "disconnect");
        var instances = (Instance[])[fleet.One, fleet.Scale()];
        var token = await fleet.One.ActivateAsync("sn-1").Ok();
        for (var round = 0; round < 5; round++)
        {
            fleet.Time.Advance(TimeSpan.FromMinutes(6));
            await Task.WhenAll(Enumerable.Range(0, 12).Select(i => instances[i % 2].ReadAsync(token, "temp").Ok()));
        }

        await EventFleet.DrainedAsync(fleet);
        Assert.Equal([EventType.Connect, .. Enumerable.Repeat<EventType[]>([EventType.Disconnect, EventType.Connect], 5).SelectMany(both => both)], receiver.Types);
        receiver.AssertOrdered();
    }

    [Fact]
    public async Task A_device_is_not_connected_for_ever_because_nobody_was_to_be_told_of_its_end()
    {
        var receiver = new Receiver();
        await using var fleet = await EventFleet.StartAsync(azurite, receiver, "connect", "disconnect");
        var token = await fleet.One.ActivateAsync("sn-1").Ok();
        await EventFleet.SwitchAsync(fleet, "data_in");
        for (var i = 0; i < 4; i++)
        {
            fleet.Time.Advance(TimeSpan.FromMinutes(4));
            await fleet.One.ReadAsync(token, "temp").Ok();
            await fleet.Scale().Sweeper.RunAsync(TestContext.Current.CancellationToken);
        }

        await EventFleet.SweepAsync(fleet);
        Assert.Empty(await EventFleet.TodoAsync(fleet));
        Assert.Equal("", (await EventFleet.HeadAsync(fleet, "sn-1"))!.Connection);
        await EventFleet.SwitchAsync(fleet, "connect", "disconnect");
        await fleet.One.ReadAsync(token, "temp").Ok();
        await EventFleet.SweepAsync(fleet);

        Assert.Equal([EventType.Connect, EventType.Connect, EventType.Disconnect], receiver.Types);
        await EventFleet.SweepAsync(fleet);
        Assert.Empty(await EventFleet.TodoAsync(fleet));
    }

    [Fact]
    public async Task Who_asks_for_the_end_of_connections_later_is_told_of_those_that_have_begun_before()
    {
        var receiver = new Receiver();
        await using var fleet = await EventFleet.StartAsync(azurite, receiver, "connect");
        await fleet.One.ActivateAsync("sn-1").Ok();
        await EventFleet.SwitchAsync(fleet, "connect", "disconnect");

        await EventFleet.SweepAsync(fleet);

        Assert.Equal([EventType.Connect, EventType.Disconnect], receiver.Types);
        await EventFleet.SweepAsync(fleet);
        Assert.Empty(await EventFleet.TodoAsync(fleet));
    }

    [Fact]
    public async Task A_device_that_keeps_calling_stays_connected()
    {
        var receiver = new Receiver();
        await using var fleet = await EventFleet.StartAsync(azurite, receiver, "connect", "disconnect");
        var other = fleet.Scale();
        var token = await fleet.One.ActivateAsync("sn-1").Ok();
        for (var i = 0; i < 12; i++)
        {
            fleet.Time.Advance(TimeSpan.FromMinutes(2));
            await (i % 2 == 0 ? fleet.One : other).ReadAsync(token, "temp").Ok();
            await other.Sweeper.RunAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal([EventType.Connect], receiver.Types);
        Assert.Equal(["presence"], await EventFleet.TodoAsync(fleet));
        await EventFleet.SweepAsync(fleet);
        await EventFleet.SweepAsync(fleet);
        Assert.Equal([EventType.Connect, EventType.Disconnect], receiver.Types);
        Assert.Empty(await EventFleet.TodoAsync(fleet));
    }

    [Theory]
    [InlineData("lock")]
    [InlineData("revoke")]
    [InlineData("delete")]
    [InlineData("reprovision")]
    public async Task What_takes_the_fence_away_disconnects_at_once(string what)
    {
        var receiver = new Receiver();
        await using var fleet = await EventFleet.StartAsync(azurite, receiver, [.. All, "deleted", "provisioned"]);
        var other = fleet.Scale();
        var token = await fleet.One.ActivateAsync("sn-1").Ok();
        await fleet.One.WriteAsync(token, ("temp", "1")).Ok();
        await (what switch
        {
            "lock" => other.PatchAsync(fleet.Connector, "sn-1", new IdentityChange { Locked = true }).Ok(),
            "revoke" => other.PatchAsync(fleet.Connector, "sn-1", new IdentityChange { Expire = 0 }).Ok(),
            "delete" => other.DeleteAsync(fleet.Connector, "sn-1").Ok(),
            _ => AgainAsync(fleet, other),
        });

        await EventFleet.DrainedAsync(fleet);
        EventType[] after = what switch { "delete" => [EventType.Deleted], "reprovision" => [EventType.Provisioned, EventType.Connect], _ => [] };
        Assert.Equal([EventType.Provisioned, EventType.Connect, EventType.DataIn, EventType.Disconnect, .. after], receiver.Types);
        if (what is "lock")
        {
            await other.PatchAsync(fleet.Connector, "sn-1", new IdentityChange { Locked = false }).Ok();
            await fleet.One.WriteAsync(token, ("temp", "2")).Ok();
            await EventFleet.DrainedAsync(fleet);
            Assert.Equal([EventType.Connect, EventType.DataIn], receiver.Types.TakeLast(2));
            Assert.NotEqual(Ids(receiver)[1], Ids(receiver)[^1], StringComparer.Ordinal);
            Assert.Equal(Ids(receiver)[^2], Ids(receiver)[^1]);
        }

        receiver.AssertOrdered();
    }

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public async Task A_lock_ends_a_connection_now_or_tells_when_it_had_ended_before(int minutes)
    {
        var receiver = new Receiver();
        await using var fleet = await EventFleet.StartAsync(azurite, receiver, "connect", "disconnect");
        await fleet.One.ActivateAsync("sn-1").Ok();
        var seen = fleet.Time.GetUnixMicros();
        fleet.Time.Advance(TimeSpan.FromMinutes(minutes));

        await fleet.One.PatchAsync(fleet.Connector, "sn-1", new IdentityChange { Locked = true }).Ok();

        await EventFleet.DrainedAsync(fleet);
        Assert.Equal([EventType.Connect, EventType.Disconnect], receiver.Types);
        Assert.Equal(seen + (Math.Min(minutes, 5) * 60 * UnixTime.MicrosPerSecond), receiver.Taken[1].Time);
    }

    private static async Task<Done> AgainAsync(Fleet fleet, Instance instance)
    {
        await instance.PatchAsync(fleet.Connector, "sn-1", new IdentityChange { Reprovision = true }).Ok();
        await instance.ActivateAsync("sn-1").Ok();
        return Done.Instance;
    }

    private static List<string?> Ids(Receiver receiver) =>
        [.. receiver.Texts.Select(text => JsonDocument.Parse(text).RootElement.TryGetProperty("connection_id", out var id) ? id.GetString() : null)];
}
