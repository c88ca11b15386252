using System.Globalization;
using Murano.Integration.Tests.Infrastructure;
using Murano.Shared.Identities;
using Murano.Shared.State;
using Murano.Shared.Storage;
using Murano.Shared.Tags;
using static Murano.Integration.Tests.Infrastructure.TagTexts;

namespace Murano.Integration.Tests.Devices;

/// <summary>Devices by their tags: what is found, in which order, and at what cost.</summary>
public sealed class TagListTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("a b c", "site")]
    [InlineData("a b", "site=Taipei")]
    [InlineData("a b c", "site=T*")]
    [InlineData("c", "site=Tok*")]
    [InlineData("", "site=taipei")]
    [InlineData("", "site=Taipei2")]
    [InlineData("", "sit")]
    [InlineData("a", "site=Taipei", "floor=1")]
    [InlineData("a c", "floor", "site=T*")]
    [InlineData("c", "site=Tokyo", "site=Tainan")]
    [InlineData("d", "a!b")]
    [InlineData("d", "a!b=c*d*")]
    [InlineData("d", "a!b=c*d!")]
    public async Task A_name_a_value_or_its_beginning_finds_the_devices_in_both_orders(string expected, params string[] conditions)
    {
        await using var fleet = await FleetAsync();
        var filter = new IdentityFilter { Tags = Filter(conditions) };

        foreach (var order in Enum.GetValues<IdentityOrder>())
        {
            Assert.Equal(expected, await ListAsync(fleet, new IdentityQuery { Filter = filter, Order = order }));
            Assert.Equal(expected, await ListAsync(fleet, new IdentityQuery { Filter = filter, Order = order, Limit = 1 }));
        }

        Assert.Equal(expected.Length == 0 ? 0 : expected.Split(' ').Length, await fleet.One.Get<IdentityList>().CountAsync(await ConnectorAsync(fleet), filter, Token));
    }

    [Fact]
    public async Task Tags_go_with_all_other_filters()
    {
        await using var fleet = await FleetAsync();
        await fleet.One.PatchAsync(fleet.Connector, "b", new IdentityChange { Locked = true }).Ok();
        await fleet.One.ActivateAsync("c").Ok();
        var site = new IdentityFilter { Tags = Filter("site") };

        Assert.Equal("b", await BothAsync(fleet, site with { Locked = true }));
        Assert.Equal("c", await BothAsync(fleet, site with { Status = DeviceStatus.Provisioned }));
        Assert.Equal("c", await BothAsync(fleet, site with { Online = true }));
        Assert.Equal("c", await BothAsync(fleet, site with { Address = IdentityListTests.Pattern("192.0.2.*") }));
        Assert.Equal("a", await BothAsync(fleet, site with { Identity = IdentityListTests.Pattern("a*") }));
        Assert.Equal("a", await BothAsync(fleet, site with { Identity = IdentityListTests.Pattern("a") }));
        Assert.Equal("", await BothAsync(fleet, site with { Identity = IdentityListTests.Pattern("d") }));
        Assert.Equal("", await BothAsync(fleet, site with { Reprovision = true }));
    }

    /// <summary>What is in the index is only a hint.</summary>
    [Fact]
    public async Task An_index_row_that_the_device_does_not_bear_out_shows_nothing()
    {
        await using var fleet = await FleetAsync();
        var index = fleet.One.Get<TableTagStore>();
        await index.PutAsync(new DeviceKey(fleet.Connector, Instance.Id("d")), Tag("site=Taipei"), Token);
        await index.PutAsync(new DeviceKey(fleet.Connector, Instance.Id("gone")), Tag("site=Taipei"), Token);
        await index.PutAsync(new DeviceKey(fleet.Connector, Instance.Id("a")), Tag("site=A"), Token);

        Assert.Equal("a b", await BothAsync(fleet, new IdentityFilter { Tags = Filter("site=Taipei") }, count: false));
        Assert.Equal("a b c", await BothAsync(fleet, new IdentityFilter { Tags = Filter("site") }, count: false));
        Assert.Equal("a b c", await BothAsync(fleet, new IdentityFilter { Tags = Filter("site=T*") }, count: false));
    }

    [Theory]
    [InlineData(IdentityOrder.LastSeen)]
    [InlineData(IdentityOrder.Identity)]
    public async Task A_cursor_stays_right_while_devices_and_tags_come_and_go(IdentityOrder order)
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        for (var i = 0; i < 10; i++)
        {
            await AddAsync(fleet, string.Create(CultureInfo.InvariantCulture, $"d{i}"), "a=1", "b=2");
        }

        foreach (var condition in (string[])["a=1", "a"])
        {
            var query = new IdentityQuery { Filter = new IdentityFilter { Tags = Filter(condition) }, Order = order, Limit = 3 };
            var first = await IdentityListTests.PageAsync(fleet.One, fleet.Connector, query);
            await fleet.One.DeleteAsync(fleet.Connector, "d2").Ok();
            await ChangeAsync(fleet, fleet.One, "d4", new TagEdit { Drop = [Tag("a=1").Name] }).Ok();
            await AddAsync(fleet, "d00", "a=1");
            var second = await IdentityListTests.PageAsync(fleet.Scale(), fleet.Connector, query with { Cursor = first.Next });

            Assert.Equal("d0 d1 d2", Names(first.Devices));
            Assert.Equal("d3 d5 d6", Names(second.Devices));
            Assert.NotNull(second.Next);
            await fleet.One.DeleteAsync(fleet.Connector, "d00").Ok();
            await ChangeAsync(fleet, fleet.One, "d4", Add("a=1")).Ok();
            await fleet.One.PutAsync(fleet.Connector, "d2", new IdentityChange()).Ok();
            await ChangeAsync(fleet, fleet.One, "d2", Add("a=1")).Ok();
            if (order == IdentityOrder.LastSeen)
            {
                return; // d2 is the youngest now.
            }
        }
    }

    [Fact]
    public async Task A_page_costs_as_much_as_it_shows()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        for (var i = 0; i < 40; i++)
        {
            await AddAsync(fleet, string.Create(CultureInfo.InvariantCulture, $"d{i:D2}"), "all=1", string.Create(CultureInfo.InvariantCulture, $"one={i}"));
        }

        var (all, one) = (new IdentityFilter { Tags = Filter("all=1") }, new IdentityFilter { Tags = Filter("one=7") });
        var both = new IdentityFilter { Tags = Filter("all", "one=7") };

        // The index, then the header of each device, one device more than the page shows.
        Assert.Equal((5, 1 + 6), await CostAsync(new IdentityQuery { Order = IdentityOrder.Identity, Limit = 5, Filter = all }));
        Assert.Equal((1, 1 + 1), await CostAsync(new IdentityQuery { Order = IdentityOrder.Identity, Filter = one }));
        Assert.Equal((1, 1 + 1), await CostAsync(new IdentityQuery { Filter = one }));

        // A condition more is a look at the index.
        Assert.Equal((1, 2 + 1), await CostAsync(new IdentityQuery { Order = IdentityOrder.Identity, Filter = both with { Tags = Filter("all=1", "one=7") } }));
        Assert.Equal((1, 2 + 1), await CostAsync(new IdentityQuery { Filter = both with { Tags = Filter("one=7", "all=1") } }));

        // By last seen, all that the tags lead to are sorted.
        Assert.Equal((5, 1 + 40), await CostAsync(new IdentityQuery { Limit = 5, Filter = all }));

        Assert.Equal((40, 1), await CountAsync(all));
        Assert.Equal((1, 2), await CountAsync(both));
        Assert.Equal((40, 2), await CountAsync(all with { Locked = false }));

        async Task<(int Devices, int Cost)> CostAsync(IdentityQuery query)
        {
            var devices = 0;
            var cost = await fleet.One.CountAsync(async () => devices = (await IdentityListTests.PageAsync(fleet.One, fleet.Connector, query)).Devices.Count);
            return (devices, cost);
        }

        async Task<(long Devices, int Cost)> CountAsync(IdentityFilter filter)
        {
            var devices = 0L;
            var cost = await fleet.One.CountAsync(async () => devices = await fleet.One.Get<IdentityList>().CountAsync(await ConnectorAsync(fleet), filter, Token));
            return (devices, cost);
        }
    }

    [Fact]
    public async Task Tags_come_with_a_page_and_chosen_values_for_one_request_a_device()
    {
        await using var fleet = await FleetAsync();
        var token = await fleet.One.ActivateAsync("a").Ok();
        await fleet.One.WriteAsync(token, ("temp", "21"), ("led", "1")).Ok();
        await fleet.One.SetAsync(fleet.Connector, "b", ("led", "0")).Ok();
        var query = new IdentityQuery { Order = IdentityOrder.Identity };
        var plain = await fleet.One.CountAsync(() => fleet.One.ListAsync(fleet.Connector, query));
        IReadOnlyList<Device> page = [];

        Assert.Equal(plain, await fleet.One.CountAsync(async () => page = await fleet.One.ListAsync(fleet.Connector, query with { WithTags = true })));
        Assert.Equal("floor=1 site=Taipei|site=Taipei|floor=2 site=Tainan site=Tokyo|a!b=c*d!", string.Join('|', page.Select(device => string.Join(' ', Texts(device.Tags!)))));
        Assert.All(page, device => Assert.Null(device.State));
        Assert.Equal(plain + 4, await fleet.One.CountAsync(async () => page = await fleet.One.ListAsync(fleet.Connector, query with { WithState = [Named("led"), Named("temp"), Named("unknown")] })));
        Assert.Equal("led temp|led||", string.Join('|', page.Select(device => string.Join(' ', device.State!.Select(entry => entry.Alias.Value)))));
        Assert.All(page, device => Assert.Null(device.Tags));
        Assert.Equal(plain, await fleet.One.CountAsync(async () => page = await fleet.One.ListAsync(fleet.Connector, query with { WithState = [Named("unknown")] })));
        Assert.All(page, device => Assert.Empty(device.State!));

        static Alias Named(string text) => Alias.TryParse(text, out var alias) ? alias : throw new InvalidOperationException(text);
    }

    [Fact]
    public async Task Tags_that_are_too_long_for_the_header_are_found_and_shown_like_others()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        await fleet.One.ActivateAsync("a").Ok();
        string[] many = [.. Enumerable.Range(0, 10).Select(i => string.Create(CultureInfo.InvariantCulture, $"long{i}={i}{new string('x', 150)}"))];
        await ChangeAsync(fleet, fleet.One, "a", Add([.. many, "site=oslo"])).Ok();
        Assert.False(await IsKeptAsync());
        await AssertFoundAsync([.. many, "site=oslo"]);

        await ChangeAsync(fleet, fleet.One, "a", new TagEdit { Remove = [.. many[1..].Select(Tag)] }).Ok();
        Assert.True(await IsKeptAsync());
        await AssertFoundAsync([many[0], "site=oslo"]);
        Assert.Empty(await fleet.One.ListAsync(fleet.Connector, new IdentityQuery { Filter = new IdentityFilter { Tags = Filter("site", "long1") } }));

        async Task<bool> IsKeptAsync() => (await fleet.RowsAsync("devices")).Single(row => DeviceRows.IsHeader(row.RowKey)).ContainsKey("Tags");

        async Task AssertFoundAsync(string[] tags)
        {
            foreach (var condition in (string[])["site", "site=oslo", "site=o*", "long0", many[0]])
            {
                foreach (var order in Enum.GetValues<IdentityOrder>())
                {
                    var found = await fleet.One.ListAsync(fleet.Connector, new IdentityQuery { Order = order, WithTags = true, Filter = new IdentityFilter { Tags = Filter("site=oslo", condition) } });
                    Assert.Equal(tags, Texts(Assert.Single(found).Tags!), StringComparer.Ordinal);
                }
            }
        }
    }

    private static string Names(IEnumerable<Device> devices) => string.Join(' ', devices.Select(device => device.Identity.Value));

    // All pages, one after the other.
    private static async Task<string> ListAsync(Fleet fleet, IdentityQuery query)
    {
        List<Device> all = [];
        string? cursor = null;
        do
        {
            var page = await IdentityListTests.PageAsync(fleet.One, fleet.Connector, query with { Cursor = cursor });
            all.AddRange(page.Devices);
            cursor = page.Next;
        }
        while (cursor is not null);

        return Names(all);
    }

    private static async Task<string> BothAsync(Fleet fleet, IdentityFilter filter, bool count = true)
    {
        var names = await ListAsync(fleet, new IdentityQuery { Filter = filter });
        Assert.Equal(names, await ListAsync(fleet, new IdentityQuery { Filter = filter, Order = IdentityOrder.Identity }));
        if (count)
        {
            Assert.Equal(names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length, await fleet.One.Get<IdentityList>().CountAsync(await ConnectorAsync(fleet), filter, Token));
        }

        return names;
    }

    private static async Task AddAsync(Fleet fleet, string identity, params string[] tags)
    {
        await fleet.One.PutAsync(fleet.Connector, identity, new IdentityChange()).Ok();
        await ChangeAsync(fleet, fleet.One, identity, Add(tags)).Ok();
        fleet.Time.Advance(TimeSpan.FromSeconds(1));
    }

    private async Task<Fleet> FleetAsync()
    {
        var fleet = await Fleet.StartAsync(azurite);
        await AddAsync(fleet, "a", "site=Taipei", "floor=1");
        await AddAsync(fleet, "b", "site=Taipei");
        await AddAsync(fleet, "c", "site=Tokyo", "site=Tainan", "floor=2");
        await AddAsync(fleet, "d", "a!b=c*d!");
        return fleet;
    }
}
