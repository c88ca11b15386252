using Murano.Integration.Tests.Infrastructure;
using Murano.Shared.Identities;

namespace Murano.Integration.Tests.Devices;

/// <summary>Whether a device is there, as every instance tells it from storage.</summary>
public sealed class PresenceTests(AzuriteFixture azurite)
{
    private static readonly Dictionary<string, string?> ShortOnline = new(StringComparer.Ordinal) { ["Devices:OnlineFor"] = "00:02:00" };

    [Fact]
    public async Task A_device_is_never_online_late_and_silent_in_turn()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var other = fleet.Scale();
        await fleet.One.PutAsync(fleet.Connector, "sn-1", new IdentityChange()).Ok();
        Assert.Equal(PresenceState.Never, await StateAsync(fleet, other));

        var token = await fleet.One.ActivateAsync("sn-1").Ok();
        Assert.Equal(PresenceState.Online, await StateAsync(fleet, other));
        fleet.Time.Advance(TimeSpan.FromSeconds(299));
        await fleet.One.WriteAsync(token, ("temp", "1")).Ok();
        Assert.Equal("https", (await other.GetAsync(fleet.Connector, "sn-1").Ok()).LastProtocol);

        fleet.Time.Advance(TimeSpan.FromSeconds(299));
        Assert.Equal(PresenceState.Online, await StateAsync(fleet, other));
        fleet.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(PresenceState.Late, await StateAsync(fleet, other));
        fleet.Time.Advance(TimeSpan.FromMinutes(55));
        Assert.Equal(PresenceState.Silent, await StateAsync(fleet, other));
        await other.ReadAsync(token, "temp").Ok();
        Assert.Equal(PresenceState.Online, await StateAsync(fleet, fleet.One));
    }

    [Fact]
    public async Task An_open_poll_is_online_on_every_instance_until_it_runs_out()
    {
        await using var fleet = await Fleet.StartAsync(azurite, ShortOnline);
        var other = fleet.Scale();
        var token = await fleet.One.ActivateAsync("sn-1").Ok();
        fleet.Time.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(PresenceState.Late, await StateAsync(fleet, other));

        var poll = fleet.One.PollAsync(token, TimeSpan.FromSeconds(200), "led");
        await AdvanceAsync(fleet, 199);
        Assert.Equal(PresenceState.Online, await StateAsync(fleet, other));
        fleet.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("", await poll.Ok());
        Assert.Equal(PresenceState.Late, await StateAsync(fleet, other));
    }

    /// <summary>Last seen was written a moment before the poll began, and does not bear it to its end: the poll is noted once the minute is over, by one request.</summary>
    [Fact]
    public async Task A_poll_that_outlasts_last_seen_is_noted_once()
    {
        await using var fleet = await Fleet.StartAsync(azurite, ShortOnline);
        var other = fleet.Scale();
        var token = await fleet.One.ActivateAsync("sn-1").Ok();
        await fleet.One.WriteAsync(token, ("temp", "1")).Ok();
        fleet.One.Probe.Reset();

        var poll = fleet.One.PollAsync(token, TimeSpan.FromSeconds(200), "led");
        for (var second = 0; second < 190; second += 10)
        {
            Assert.Equal(PresenceState.Online, await StateAsync(fleet, other));
            await AdvanceAsync(fleet, 10);
        }

        Assert.Equal(PresenceState.Online, await StateAsync(fleet, other));
        fleet.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("", await poll.Ok());
        Assert.Equal(PresenceState.Late, await StateAsync(fleet, other));
        Assert.Single(Writes(fleet.One));
    }

    [Fact]
    public async Task A_poll_that_last_seen_bears_to_its_end_costs_no_write()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var token = await fleet.One.ActivateAsync("sn-1").Ok();
        await fleet.One.WriteAsync(token, ("temp", "1")).Ok();
        fleet.One.Probe.Reset();

        var poll = fleet.One.PollAsync(token, TimeSpan.FromSeconds(200), "led");
        await AdvanceAsync(fleet, 100);
        await AdvanceAsync(fleet, 99);

        Assert.Equal(PresenceState.Online, await StateAsync(fleet, fleet.Scale()));
        fleet.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("", await poll.Ok());
        Assert.Empty(Writes(fleet.One));
    }

    [Fact]
    public async Task A_shorter_poll_does_not_hide_a_longer_one()
    {
        await using var fleet = await Fleet.StartAsync(azurite, ShortOnline);
        var other = fleet.Scale();
        var token = await fleet.One.ActivateAsync("sn-1").Ok();
        var longer = fleet.One.PollAsync(token, TimeSpan.FromSeconds(200), "led");
        await AdvanceAsync(fleet, 61);

        var shorter = other.PollAsync(token, TimeSpan.FromSeconds(5), "mode");
        await other.HeldAsync(1);
        await AdvanceAsync(fleet, 5);
        Assert.Equal("", await shorter.Ok());

        // Last seen, 61 s after the beginning, would end at 181 s.
        await AdvanceAsync(fleet, 133);
        Assert.Equal(PresenceState.Online, await StateAsync(fleet, other));
        fleet.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("", await longer.Ok());
        Assert.Equal(PresenceState.Late, await StateAsync(fleet, other));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_device_that_is_shut_out_is_not_online_from_that_moment(bool locks)
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var other = fleet.Scale();
        var token = await fleet.One.ActivateAsync("sn-1").Ok();
        var poll = fleet.One.PollAsync(token, TimeSpan.FromSeconds(200), "led");
        await fleet.One.HeldAsync(1);
        Assert.Equal(PresenceState.Online, await StateAsync(fleet, other));

        await fleet.One.PatchAsync(fleet.Connector, "sn-1", locks ? new IdentityChange { Locked = true } : new IdentityChange { Expire = 0 }).Ok();

        Assert.Equal(locks ? "locked" : "revoked", await poll.FailedAsync());
        Assert.Equal(PresenceState.Late, await StateAsync(fleet, other));
        if (locks)
        {
            await fleet.One.PatchAsync(fleet.Connector, "sn-1", new IdentityChange { Locked = false }).Ok();
            Assert.Equal(PresenceState.Online, await StateAsync(fleet, other));
        }
    }

    // The device as it is shown by itself, in the list, and in a filtered list, which is read in another way.
    private static async Task<PresenceState> StateAsync(Fleet fleet, Instance instance)
    {
        var shown = (await instance.GetAsync(fleet.Connector, "sn-1").Ok()) with { Tags = null };
        Assert.Equal([shown], await instance.ListAsync(fleet.Connector, new IdentityQuery()));
        Assert.Equal([shown], await instance.ListAsync(fleet.Connector, new IdentityQuery { Filter = new IdentityFilter { Status = shown.Status } }));
        return shown.Presence;
    }

    // Moves the clock once the first instance's poll sleeps, and waits until it does again.
    private static async Task AdvanceAsync(Fleet fleet, int seconds)
    {
        await fleet.One.HeldAsync(1);
        fleet.Time.Advance(TimeSpan.FromSeconds(seconds));
        await fleet.One.HeldAsync(1);
    }

    private static IEnumerable<string> Writes(Instance instance) => instance.Probe.Requests.Where(request => !request.StartsWith("GET", StringComparison.Ordinal));
}
