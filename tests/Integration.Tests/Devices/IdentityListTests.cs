using Murano.Integration.Tests.Infrastructure;
using Murano.Shared.Access;
using Murano.Shared.Connectors;
using Murano.Shared.Identities;
using Murano.Shared.Storage;

namespace Murano.Integration.Tests.Devices;

public sealed class IdentityListTests(AzuriteFixture azurite)
{
    private const int Many = 2000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact, Spec("b.4/13"), Spec("b.4/14")]
    public async Task The_last_seen_comes_first_and_those_never_seen_come_last_as_they_were_made()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        foreach (var identity in (string[])["1236", "1234", "1235"])
        {
            await fleet.One.PutAsync(fleet.Connector, identity, new IdentityChange()).Ok();
            fleet.Time.Advance(TimeSpan.FromSeconds(1));
        }

        var a = await fleet.One.ActivateAsync("a").Ok();
        fleet.Time.Advance(TimeSpan.FromHours(3));
        var b = await fleet.One.ActivateAsync("b").Ok();
        Assert.Equal("b a 1236 1234 1235", await ListAsync(fleet.One, fleet.Connector));
        fleet.Time.Advance(TimeSpan.FromMinutes(2));
        await fleet.Scale().WriteAsync(a, ("temp", "1")).Ok();
        Assert.Equal("a b 1236 1234 1235", await ListAsync(fleet.One, fleet.Connector));
        fleet.Time.Advance(TimeSpan.FromMinutes(2));
        await fleet.Scale().ReadAsync(b, "temp").Ok();
        Assert.Equal("b a 1236 1234 1235", await ListAsync(fleet.One, fleet.Connector));
        Assert.Equal("1234 1235 1236 a b", await ListAsync(fleet.One, fleet.Connector, new IdentityQuery { Order = IdentityOrder.Identity }));
        Assert.Equal(5, (await fleet.RowsAsync("recency")).Count);
    }

    [Theory]
    [InlineData(IdentityOrder.LastSeen)]
    [InlineData(IdentityOrder.Identity)]
    public async Task A_cursor_stays_right_while_devices_come_and_go(IdentityOrder order)
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        for (var i = 0; i < 10; i++)
        {
            await fleet.One.PutAsync(fleet.Connector, $"d{i}", new IdentityChange()).Ok();
            fleet.Time.Advance(TimeSpan.FromSeconds(1));
        }

        var query = new IdentityQuery { Order = order, Limit = 3 };
        var first = await PageAsync(fleet.One, fleet.Connector, query);
        await fleet.One.DeleteAsync(fleet.Connector, "d2").Ok();
        await fleet.One.DeleteAsync(fleet.Connector, "d4").Ok();
        await fleet.One.PutAsync(fleet.Connector, "d00", new IdentityChange()).Ok();
        var second = await PageAsync(fleet.Scale(), fleet.Connector, query with { Cursor = first.Next });

        Assert.Equal("d0 d1 d2", Names(first));
        Assert.Equal("d3 d5 d6", Names(second));
        Assert.NotNull(second.Next);
    }

    [Fact]
    public async Task A_cursor_of_another_connector_another_order_or_no_list_at_all_is_refused()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        await using var other = await Fleet.StartAsync(azurite);
        foreach (var identity in (string[])["a", "b"])
        {
            await fleet.One.PutAsync(fleet.Connector, identity, new IdentityChange()).Ok();
            await other.One.PutAsync(other.Connector, identity, new IdentityChange()).Ok();
        }

        var foreign = (await PageAsync(other.One, other.Connector, new IdentityQuery { Limit = 1 })).Next;
        var byIdentity = (await PageAsync(fleet.One, fleet.Connector, new IdentityQuery { Limit = 1, Order = IdentityOrder.Identity })).Next;
        foreach (var cursor in (string?[])[foreign, byIdentity, "", "x", "AAAA", new string('A', 3000), "!"])
        {
            Assert.Equal("bad-cursor", await fleet.One.Get<IdentityList>().ListAsync(await ConnectorAsync(fleet), new IdentityQuery { Cursor = cursor }, Token).FailedAsync());
        }
    }

    /// <summary>A device must not fall out of the list because a request broke off between the rows that it moves.</summary>
    [Theory]
    [InlineData(StorageFault.Refused)]
    [InlineData(StorageFault.LostReply)]
    public async Task However_a_first_contact_of_an_hour_breaks_off_the_device_is_listed_once(StorageFault fault)
    {
        for (var broken = 1; ; broken++)
        {
            await using var fleet = await Fleet.StartAsync(azurite);
            var token = await fleet.One.ActivateAsync("a").Ok();
            fleet.Time.Advance(TimeSpan.FromHours(2));
            var instance = fleet.Scale();
            await instance.Connectors.FindOnlyAsync(Token);
            instance.Probe.Reset();
            var hit = false;
            instance.Probe.Interfere = (number, _) =>
            {
                // Broken for good from here on, as if the process had ended.
                hit |= number >= broken;
                return number == broken ? fault : number > broken ? StorageFault.Refused : StorageFault.None;
            };
            try
            {
                await instance.WriteAsync(token, ("temp", "1"));
            }
            catch (StorageUnavailableException)
            {
                // What is left is what counts.
            }

            instance.Probe.Reset();
            Assert.Equal("a", await ListAsync(fleet.One, fleet.Connector));
            Assert.Equal("a", await WalkAsync(fleet.One, fleet));
            fleet.Time.Advance(TimeSpan.FromHours(1));
            await fleet.Scale().WriteAsync(token, ("temp", "2")).Ok();
            Assert.Equal("a", await WalkAsync(fleet.One, fleet));
            Assert.Single(await fleet.RowsAsync("recency"));
            if (!hit)
            {
                Assert.True(broken > 4);
                return;
            }
        }
    }

    [Fact]
    public async Task The_first_contact_of_an_hour_moves_the_row_and_no_other_request_asks_for_it()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var token = await fleet.One.ActivateAsync("a").Ok();
        var instance = fleet.Scale();
        await instance.WriteAsync(token, ("temp", "1")).Ok();
        Assert.Equal(1, instance.Probe.Requests.Count(request => request.Contains("recency", StringComparison.Ordinal)));
        instance.Probe.Reset();
        await instance.WriteAsync(token, ("temp", "2")).Ok();
        Assert.DoesNotContain(instance.Probe.Requests, request => request.Contains("recency", StringComparison.Ordinal));

        fleet.Time.Advance(TimeSpan.FromHours(1));
        instance.Probe.Reset();
        await instance.WriteAsync(token, ("temp", "3")).Ok();
        Assert.Equal("GET PUT DELETE", string.Join(' ', instance.Probe.Requests.Where(request => request.Contains("recency", StringComparison.Ordinal)).Select(request => request.Split(' ')[0])));
    }

    [Fact]
    public async Task Deleted_and_made_again_it_is_listed_once()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var token = await fleet.One.ActivateAsync("a").Ok();
        await fleet.One.WriteAsync(token, ("temp", "1")).Ok();
        await fleet.One.DeleteAsync(fleet.Connector, "a").Ok();
        Assert.Empty(await fleet.RowsAsync("recency"));

        await fleet.One.PutAsync(fleet.Connector, "a", new IdentityChange { AuthType = AuthType.Token, Key = new string('b', 40) }).Ok();
        Assert.True(DeviceToken.TryParse(new string('b', 40), out var again));
        await fleet.One.WriteAsync(again, ("temp", "1")).Ok();

        Assert.Equal("a", await WalkAsync(fleet.One, fleet));
        Assert.Single(await fleet.RowsAsync("recency"));
    }

    /// <summary>More than are sorted exactly: pages follow the hours, and each page is in order.</summary>
    [Fact]
    public async Task A_large_fleet_is_listed_by_the_hour_and_costs_as_much_as_the_page()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var seeded = await fleet.SeedAsync(Many);

        List<Device> all = [];
        string? cursor = null;
        do
        {
            fleet.One.Probe.Reset();
            var page = await PageAsync(fleet.One, fleet.Connector, new IdentityQuery { Limit = 150, Cursor = cursor });
            Assert.InRange(fleet.One.Probe.Requests.Count, 1, (2 * 151) + 6);
            Assert.Equal(page.Devices.Where(device => device.LastSeen > 0).Select(device => device.LastSeen).OrderDescending(), page.Devices.Where(device => device.LastSeen > 0).Select(device => device.LastSeen));
            all.AddRange(page.Devices);
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal<IEnumerable<string>>(seeded.Order(StringComparer.Ordinal), all.Select(device => device.Identity.Value).Order(StringComparer.Ordinal));
        var hours = all.Select(device => device.LastSeen / 3_600_000_000).ToList();
        Assert.Equal(hours.OrderDescending(), hours);
        var never = all.Where(device => device.LastSeen == 0).Select(device => device.Created).ToList();
        Assert.Equal(never.Order(), never);
        Assert.NotEmpty(never);
        Assert.Equal(Many, await fleet.One.Get<IdentityList>().CountAsync(await ConnectorAsync(fleet), new IdentityFilter(), Token));
        fleet.One.Probe.Reset();
        Assert.Equal(seeded[5], Names(await PageAsync(fleet.One, fleet.Connector, new IdentityQuery { Filter = new IdentityFilter { Identity = Pattern(seeded[5]) } })));
        Assert.InRange(fleet.One.Probe.Requests.Count, 1, 2);
    }

    internal static TextPattern Pattern(string text)
    {
        Assert.True(TextPattern.TryParse(text, out var pattern));
        return pattern;
    }

    internal static async Task<IdentityPage> PageAsync(Instance instance, ConnectorId connector, IdentityQuery query) =>
        await instance.Get<IdentityList>().ListAsync((await instance.Connectors.FindAsync(connector, Token))!, query, Token).Ok();

    private static async Task<string> ListAsync(Instance instance, ConnectorId connector, IdentityQuery? query = null) => Names(await PageAsync(instance, connector, query ?? new IdentityQuery()));

    // The walk that large fleets get, from its beginning.
    private static async Task<string> WalkAsync(Instance instance, Fleet fleet)
    {
        var start = new IdentityCursor($"{fleet.Connector}!", IdentityOrder.LastSeen).ToString();
        return await ListAsync(instance, fleet.Connector, new IdentityQuery { Cursor = start });
    }

    private static string Names(IdentityPage page) => string.Join(' ', page.Devices.Select(device => device.Identity.Value));

    private static async Task<Connector> ConnectorAsync(Fleet fleet) => (await fleet.One.Connectors.FindAsync(fleet.Connector, Token))!;
}
