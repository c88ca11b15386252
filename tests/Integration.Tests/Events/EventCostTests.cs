using Murano.Integration.Tests.Infrastructure;
using Murano.Shared.Identities;

namespace Murano.Integration.Tests.Events;

/// <summary>What events cost, in requests to storage, as docs/storage-schema.md says.</summary>
public sealed class EventCostTests(AzuriteFixture azurite)
{
    private static readonly string[] All = ["connect", "disconnect", "data_in", "data_out", "provisioned", "deleted", "expired", "content_in"];

    [Fact]
    public async Task A_write_costs_one_more_for_its_delivery_and_one_in_five_minutes_for_the_note()
    {
        await using var fleet = await EventFleet.StartAsync(azurite, new Receiver(), "data_in");
        var token = await fleet.One.ActivateAsync("sn-1").Ok();

        // The device's first event: whose token, the note, a look for the head, a look at header and tags, the head, the write, its striking off.
        Assert.Equal(7, await fleet.One.CountAsync(() => fleet.One.WriteAsync(token, ("temp", "1")).Ok()));
        Assert.Equal(2, await fleet.One.CountAsync(() => fleet.One.WriteAsync(token, ("temp", "2")).Ok()));
        fleet.Time.Advance(TimeSpan.FromSeconds(301));
        Assert.Equal(3, await fleet.One.CountAsync(() => fleet.One.WriteAsync(token, ("temp", "3")).Ok()));

        var other = fleet.Scale();
        Assert.Equal(5, await other.CountAsync(() => other.WriteAsync(token, ("temp", "4")).Ok()));
        Assert.Equal(4, await fleet.One.CountAsync(() => fleet.One.WriteAsync(token, ("temp", "5")).Ok()));
    }

    [Fact]
    public async Task Connections_cost_a_look_every_five_minutes_and_with_each_that_begins_three_more()
    {
        await using var fleet = await EventFleet.StartAsync(azurite, new Receiver(), "connect", "disconnect");
        var token = await fleet.One.ActivateAsync("sn-1").Ok();
        await fleet.One.ReadAsync(token, "temp").Ok();

        Assert.Equal(1, await fleet.One.CountAsync(() => fleet.One.WriteAsync(token, ("temp", "1")).Ok()));
        fleet.Time.Advance(TimeSpan.FromSeconds(290));
        Assert.Equal(1, await fleet.One.CountAsync(() => fleet.One.WriteAsync(token, ("temp", "2")).Ok()));
        fleet.Time.Advance(TimeSpan.FromSeconds(290));
        Assert.Equal(2, await fleet.One.CountAsync(() => fleet.One.WriteAsync(token, ("temp", "3")).Ok()));
        Assert.Equal(1, await fleet.One.CountAsync(() => fleet.One.WriteAsync(token, ("temp", "4")).Ok()));
    }

    [Fact]
    public async Task What_is_not_delivered_costs_nothing()
    {
        await using var fleet = await EventFleet.StartAsync(azurite, new Receiver(), "expired");
        var token = await fleet.One.ActivateAsync("sn-1").Ok();
        await fleet.One.WriteAsync(token, ("temp", "1")).Ok();

        Assert.Equal(1, await fleet.One.CountAsync(() => fleet.One.WriteAsync(token, ("temp", "2")).Ok()));
        Assert.Equal(7, await fleet.One.CountAsync(() => fleet.One.PatchAsync(fleet.Connector, "sn-1", new IdentityChange { Locked = true }).Ok()));
        Assert.DoesNotContain(await fleet.RowsAsync("devices"), row => row.RowKey.StartsWith("events!", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_set_an_upload_and_a_lock()
    {
        await using var fleet = await EventFleet.StartAsync(azurite, new Receiver(), All);
        var token = await fleet.One.ActivateAsync("sn-1").Ok();
        await fleet.One.WriteAsync(token, ("temp", "1")).Ok();
        await fleet.One.UploadAsync(token, "a", new TestSource(1, 5)).Ok();

        Assert.Equal(2 + 1, await fleet.One.CountAsync(() => fleet.One.SetAsync(fleet.Connector, "sn-1", ("led", "1")).Ok()));
        Assert.Equal(3 + 1, await fleet.One.CountAsync(() => fleet.One.UploadAsync(token, "a", new TestSource(1, 5)).Ok()));
        Assert.Equal(7 + 1, await fleet.One.CountAsync(() => fleet.One.PatchAsync(fleet.Connector, "sn-1", new IdentityChange { Locked = true }).Ok()));
    }
}
