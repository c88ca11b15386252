using Murano.Integration.Tests.Infrastructure;
using Murano.Shared;
using Murano.Shared.Identities;
using Murano.Shared.Storage;

namespace Murano.Integration.Tests.Devices;

/// <summary>Lock, revoke and delete hold on every instance at once, and nothing comes back.</summary>
public sealed class FenceTests(AzuriteFixture azurite)
{
    [Fact, Spec("a.3/9"), Spec("b.4/7")]
    public async Task A_lock_refuses_the_very_next_write_on_a_warm_instance_and_an_unlock_gives_the_same_token_back()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var other = fleet.Scale();
        var token = await fleet.One.ActivateAsync("sn-1").Ok();
        await other.WriteAsync(token, ("temp", "1")).Ok();

        await fleet.One.PatchAsync(fleet.Connector, "sn-1", new IdentityChange { Locked = true }).Ok();
        var before = await fleet.RowsAsync("devices");

        Assert.Equal("locked", await other.WriteAsync(token, ("temp", "2")).FailedAsync());
        Assert.Equal("locked", await fleet.One.WriteAsync(token, ("temp", "2")).FailedAsync());
        Assert.Equal("locked", await other.ReadAsync(token, "temp").FailedAsync());
        Assert.Equal(before.Select(row => row.ETag), (await fleet.RowsAsync("devices")).Select(row => row.ETag));
        await fleet.One.PatchAsync(fleet.Connector, "sn-1", new IdentityChange { Locked = false }).Ok();
        Assert.Equal("temp=1", await other.ReadAsync(token, "temp").Ok());
    }

    [Fact]
    public async Task A_lock_keeps_last_seen()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var token = await fleet.One.ActivateAsync("sn-1").Ok();
        fleet.Time.Advance(TimeSpan.FromSeconds(30));
        await fleet.One.WriteAsync(token, ("temp", "1")).Ok();
        var seen = (await fleet.One.GetAsync(fleet.Connector, "sn-1").Ok()).LastSeen;

        await fleet.One.PatchAsync(fleet.Connector, "sn-1", new IdentityChange { Locked = true }).Ok();

        var locked = await fleet.One.GetAsync(fleet.Connector, "sn-1").Ok();
        Assert.Equal((fleet.Time.GetUnixMicros(), "192.0.2.7", true), (locked.LastSeen, locked.LastAddress, locked.Locked));
        Assert.Equal(seen, locked.LastSeen);
    }

    [Fact]
    public async Task An_unlock_gives_no_fence_to_a_device_that_was_never_activated()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        await fleet.One.PutAsync(fleet.Connector, "sn-1", new IdentityChange { Locked = true }).Ok();

        await fleet.One.PatchAsync(fleet.Connector, "sn-1", new IdentityChange { Locked = false }).Ok();

        Assert.DoesNotContain(await fleet.RowsAsync("devices"), row => row.RowKey.StartsWith("live!", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_delete_leaves_no_row_and_refuses_the_next_write()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var other = fleet.Scale();
        var token = await fleet.One.ActivateAsync("sn-1").Ok();
        await other.WriteAsync(token, ("temp", "1"), ("led", "on"), ("name", "x")).Ok();

        await fleet.One.DeleteAsync(fleet.Connector, "sn-1").Ok();

        Assert.Equal("unknown-identity", await other.WriteAsync(token, ("temp", "2")).FailedAsync());
        Assert.Equal("unknown-token", await other.WriteAsync(token, ("temp", "2")).FailedAsync());
        foreach (var table in (string[])["devices", "credentials", "directory", "todo"])
        {
            Assert.Empty(await fleet.RowsAsync(table));
        }
    }

    [Fact]
    public async Task Writes_and_cloud_sets_in_flight_never_undo_a_delete()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var other = fleet.Scale();
        for (var round = 0; round < 5; round++)
        {
            var token = await fleet.One.ActivateAsync("sn-1").Ok();
            var writers = Enumerable.Range(0, 6).Select(i => Task.Run(async () =>
            {
                for (var n = 0; n < 10; n++)
                {
                    _ = i % 3 == 0 ? await other.SetAsync(fleet.Connector, "sn-1", ("led", $"{n}")) : await other.WriteAsync(token, ("temp", $"{n}"), ("led", $"d{n}"));
                }
            })).ToList();

            await Outcomes.UntilDoneAsync(() => fleet.One.DeleteAsync(fleet.Connector, "sn-1"));
            await Task.WhenAll(writers);

            Assert.Empty(await fleet.RowsAsync("devices"));
            Assert.Empty(await fleet.RowsAsync("credentials"));
            Assert.Empty(await fleet.RowsAsync("directory"));
        }
    }

    /// <summary>From each storage request of a lock, revoke or delete on, everything fails, as when the process dies; then the sweeper runs.</summary>
    [Theory]
    [InlineData("lock")]
    [InlineData("revoke")]
    [InlineData("delete")]
    public async Task Ended_at_any_request_a_change_is_done_wholly_or_not_at_all_after_the_sweep(string change)
    {
        var reached = true;
        for (var at = 1; reached; at++)
        {
            await using var fleet = await Fleet.StartAsync(azurite);
            var token = await fleet.One.ActivateAsync("sn-1").Ok();
            await fleet.One.WriteAsync(token, ("temp", "1")).Ok();
            var other = fleet.Scale();
            await other.Connectors.FindAsync(fleet.Connector, TestContext.Current.CancellationToken);
            other.Probe.Reset();
            other.Probe.Interfere = (number, _) => number >= at ? StorageFault.Refused : StorageFault.None;
            var done = false;
            try
            {
                done = (await DoAsync(change, other, fleet)).TryGet(out _, out _);
            }
            catch (StorageUnavailableException)
            {
                // The process died here.
            }

            reached = other.Probe.Requests.Count >= at;
            await fleet.SweepAsync();

            Assert.Empty(await fleet.RowsAsync("todo"));
            var works = (await fleet.One.WriteAsync(token, ("temp", "2"))).TryGet(out _, out _);
            Assert.False(done && works, $"{change} was acknowledged and undone (request {at}).");
            var rows = await fleet.RowsAsync("devices");
            var directory = await fleet.RowsAsync("directory");
            var credentials = await fleet.RowsAsync("credentials");
            var expected = (change, works) switch
            {
                (_, true) => (true, 1, 1),
                ("lock", false) => (true, 1, 1),
                ("revoke", false) => (true, 1, 0),
                _ => (false, 0, 0),
            };
            Assert.Equal(expected, (rows.Count > 0, directory.Count, credentials.Count));
            Assert.Equal(change is "lock" && !works, directory.Count == 1 && directory[0].GetBoolean("Locked") == true);
        }
    }

    private static Task<Outcome<Done>> DoAsync(string change, Instance instance, Fleet fleet) => change switch
    {
        "lock" => instance.PatchAsync(fleet.Connector, "sn-1", new IdentityChange { Locked = true }),
        "revoke" => instance.PatchAsync(fleet.Connector, "sn-1", new IdentityChange { Expire = 0 }),
        _ => instance.DeleteAsync(fleet.Connector, "sn-1"),
    };
}
