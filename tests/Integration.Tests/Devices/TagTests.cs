using System.Globalization;
using Murano.Integration.Tests.Infrastructure;
using Murano.Shared;
using Murano.Shared.Identities;
using Murano.Shared.Storage;
using Murano.Shared.Tags;
using static Murano.Integration.Tests.Infrastructure.TagTexts;

namespace Murano.Integration.Tests.Devices;

/// <summary>Tags in the devices' partitions and the index that is made from them.</summary>
public sealed class TagTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_change_shows_in_the_index_at_once_and_raises_the_version_of_the_header()
    {
        await using var fleet = await FleetAsync("sn-1");
        var before = Assert.Single(await fleet.RowsAsync("devices"));

        await ChangeAsync(fleet, fleet.One, "sn-1", Add("a=1", "a=2", "b=1")).Ok();
        await ChangeAsync(fleet, fleet.One, "sn-1", Replace("a=2", "a=3")).Ok();

        Assert.Equal(["a=2", "a=3", "b=1"], await TagsAsync(fleet, "sn-1"));
        await AssertWholeAsync(fleet, 3);
        var after = (await fleet.RowsAsync("devices")).Single(row => DeviceRows.IsHeader(row.RowKey));
        Assert.Equal(before.GetInt64("Version") + 2, after.GetInt64("Version"));
    }

    [Fact]
    public async Task A_change_that_changes_nothing_or_is_refused_writes_nothing()
    {
        await using var fleet = await FleetAsync("sn-1");
        await ChangeAsync(fleet, fleet.One, "sn-1", Add([.. Enumerable.Range(0, 99).Select(i => string.Create(CultureInfo.InvariantCulture, $"a={i}"))])).Ok();
        var before = (await fleet.RowsAsync("devices")).Select(row => row.ETag).ToList();

        await ChangeAsync(fleet, fleet.One, "sn-1", Add("a=7")).Ok();
        await ChangeAsync(fleet, fleet.One, "sn-1", Replace()).Ok();
        await ChangeAsync(fleet, fleet.One, "sn-1", new TagEdit { Remove = [Tag("a=x"), Tag("b=1")], Drop = [Tag("c=1").Name] }).Ok();
        Assert.Equal("too-many-tags", await ChangeAsync(fleet, fleet.One, "sn-1", Add("b=1")).FailedAsync());
        Assert.Equal("too-many-changes", await ChangeAsync(fleet, fleet.One, "sn-1", Replace("a=x")).FailedAsync());
        Assert.Equal("unknown-identity", await ChangeAsync(fleet, fleet.One, "sn-2", Add("a=7")).FailedAsync());

        Assert.Equal(before, (await fleet.RowsAsync("devices")).Select(row => row.ETag));
        await AssertWholeAsync(fleet, 99);
        await ChangeAsync(fleet, fleet.One, "sn-1", new TagEdit { Drop = [Tag("a=1").Name] }).Ok();
        await AssertWholeAsync(fleet, 0);
    }

    [Fact]
    public async Task A_device_goes_on_writing_while_its_tags_change()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var token = await fleet.One.ActivateAsync("sn-1").Ok();
        var other = fleet.Scale();
        await other.WriteAsync(token, ("temp", "1"), ("led", "1")).Ok();

        await ChangeAsync(fleet, other, "sn-1", Add("a=1")).Ok();

        Assert.Equal(1, await other.CountAsync(() => other.WriteAsync(token, ("temp", "2"), ("led", "2")).Ok()));
        Assert.Equal(["a=1"], await TagsAsync(fleet, "sn-1"));
    }

    [Fact]
    public async Task The_longest_parts_fit_the_keys_of_the_emulator()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var identity = new string('汉', 22); // 198 characters, escaped
        await fleet.One.PutAsync(fleet.Connector, identity, new IdentityChange()).Ok();
        string[] tags = [.. Enumerable.Range(10, 99).Select(i => $"{new string('n', 80)}={new string('v', 196)}{i:D4}")];

        await ChangeAsync(fleet, fleet.One, identity, Add(tags)).Ok();

        Assert.Equal(tags, await TagsAsync(fleet, identity));
        await AssertWholeAsync(fleet, 99);
        await fleet.One.DeleteAsync(fleet.Connector, identity).Ok();
        await AssertWholeAsync(fleet, 0);
    }

    [Fact]
    public async Task A_delete_leaves_no_tag_and_no_row_of_the_index()
    {
        await using var fleet = await FleetAsync("sn-1", "sn-10");
        await ChangeAsync(fleet, fleet.One, "sn-1", Add("a=1", "a!b=c!d", "*=\"")).Ok();
        await ChangeAsync(fleet, fleet.One, "sn-10", Add("a=1")).Ok();

        await fleet.One.DeleteAsync(fleet.Connector, "sn-1").Ok();

        await AssertWholeAsync(fleet, 1);
        Assert.EndsWith("!sn-10", Assert.Single(await fleet.RowsAsync("tagindex")).PartitionKey, StringComparison.Ordinal);
        await fleet.One.PutAsync(fleet.Connector, "sn-1", new IdentityChange()).Ok();
        Assert.Empty(await TagsAsync(fleet, "sn-1"));
    }

    [Fact]
    public async Task Two_instances_that_change_one_device_at_once_lose_nothing()
    {
        await using var fleet = await FleetAsync("sn-1");
        var other = fleet.Scale();

        var adds = Enumerable.Range(0, 24).Select(i => Task.Run(() => UntilDoneAsync(fleet, i % 2 == 0 ? fleet.One : other, Add($"n{i % 3}={i}", "all=1"))));
        var swaps = Enumerable.Range(0, 8).Select(i => Task.Run(() => UntilDoneAsync(fleet, i % 2 == 0 ? other : fleet.One, Replace($"one={i}"))));
        await Task.WhenAll(adds.Concat(swaps));

        var tags = await TagsAsync(fleet, "sn-1");
        Assert.Equal(24 + 2, tags.Count);
        Assert.Single(tags, tag => tag.StartsWith("one=", StringComparison.Ordinal));
        await AssertWholeAsync(fleet, 26);
    }

    [Fact]
    public async Task Tags_that_change_while_their_device_is_deleted_leave_nothing()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var other = fleet.Scale();
        for (var round = 0; round < 5; round++)
        {
            await fleet.One.PutAsync(fleet.Connector, "sn-1", new IdentityChange()).Ok();
            var changes = Enumerable.Range(0, 4).Select(i => Task.Run(async () =>
            {
                for (var n = 0; n < 5; n++)
                {
                    _ = await ChangeAsync(fleet, i % 2 == 0 ? other : fleet.One, "sn-1", n % 2 == 0 ? Add($"a={i}", $"b={n}") : Replace($"a={n}"));
                }
            })).ToList();

            await Outcomes.UntilDoneAsync(() => fleet.One.DeleteAsync(fleet.Connector, "sn-1"));

            await Task.WhenAll(changes);
            Assert.Empty(await fleet.RowsAsync("devices"));
            await AssertWholeAsync(fleet, 0);
        }
    }

    /// <summary>Another instance changes the tags between each two storage requests of a change.</summary>
    [Fact]
    public async Task A_change_placed_between_any_two_requests_of_another_leaves_the_index_right()
    {
        var reached = true;
        for (var at = 1; reached; at++)
        {
            await using var fleet = await FleetAsync("sn-1");
            await ChangeAsync(fleet, fleet.One, "sn-1", Add("a=1", "b=1")).Ok();
            var other = fleet.Scale();
            var inside = false;
            fleet.One.Probe.Reset();
            fleet.One.Probe.Before = async (number, _) =>
            {
                if (number == at && !inside)
                {
                    inside = true;
                    await ChangeAsync(fleet, other, "sn-1", new TagEdit { Remove = [Tag("a=2"), Tag("b=1")], Add = [Tag("a=1"), Tag("c=1")] }).Ok();
                }
            };

            await ChangeAsync(fleet, fleet.One, "sn-1", Replace("a=2")).Ok();

            reached = inside;
            fleet.One.Probe.Reset();
            var tags = await TagsAsync(fleet, "sn-1");
            Assert.Contains(string.Join(' ', tags), (string[])["a=1 c=1", "a=2 c=1", "a=2 b=1"], StringComparer.Ordinal);
            await AssertWholeAsync(fleet, tags.Count);
        }
    }

    /// <summary>Each storage request of a change loses its reply once, or fails for good from there on; then the sweeper runs.</summary>
    [Theory]
    [InlineData("change", StorageFault.LostReply, false)]
    [InlineData("change", StorageFault.Refused, true)]
    [InlineData("change", StorageFault.LostReply, true)]
    [InlineData("delete", StorageFault.Refused, true)]
    [InlineData("delete", StorageFault.LostReply, true)]
    public async Task Ended_at_any_request_a_change_is_done_wholly_or_not_at_all_after_the_sweep(string what, StorageFault fault, bool forGood)
    {
        var (reached, broken) = (true, 0);
        for (var at = 1; reached; at++)
        {
            await using var fleet = await FleetAsync("sn-1");
            await ChangeAsync(fleet, fleet.One, "sn-1", Add("a=1", "a=2", "b=1")).Ok();
            var other = fleet.Scale();
            await other.Connectors.FindAsync(fleet.Connector, Token);
            other.Probe.Reset();
            other.Probe.Interfere = (number, _) => number == at || (forGood && number > at) ? fault : StorageFault.None;
            var done = false;
            try
            {
                await (what is "change" ? ChangeAsync(fleet, other, "sn-1", Replace("a=2", "a=3", "a=4")) : other.DeleteAsync(fleet.Connector, "sn-1")).Ok();
                done = true;
            }
            catch (StorageUnavailableException)
            {
                broken++; // The process died here.
            }

            reached = other.Probe.Requests.Count >= at;
            await fleet.SweepAsync();

            var found = await fleet.One.Get<TagService>().GetAsync(await ConnectorAsync(fleet), Instance.Id("sn-1"), Token);
            var tags = found.TryGet(out var left, out _) ? Texts(left) : ["gone"];
            var after = what is "change" ? "a=2 a=3 a=4 b=1" : "gone";
            Assert.Contains(string.Join(' ', tags), (string[])[after, .. done ? (string[])[] : ["a=1 a=2 b=1"]], StringComparer.Ordinal);
            await AssertWholeAsync(fleet, tags.Count(tag => tag is not "gone"));
            await fleet.AssertConsistentAsync();
        }

        Assert.Equal(forGood, broken > 0);
    }

    [Fact]
    public async Task A_change_costs_what_the_documents_say()
    {
        await using var fleet = await FleetAsync("sn-1", "sn-2");
        var instance = fleet.Scale();
        var connector = await ConnectorAsync(fleet);
        var tags = instance.Get<TagService>();

        Assert.Equal(8, await instance.CountAsync(() => ChangeAsync(fleet, instance, "sn-1", Add("a=1")).Ok()));
        Assert.Equal(10, await instance.CountAsync(() => ChangeAsync(fleet, instance, "sn-1", Replace("a=2", "a=3")).Ok()));
        Assert.Equal(2, await instance.CountAsync(() => ChangeAsync(fleet, instance, "sn-1", Add("a=2")).Ok()));
        Assert.Equal(1, await instance.CountAsync(() => tags.GetAsync(connector, Instance.Id("sn-1"), Token).Ok()));
        Assert.Equal(1, await instance.CountAsync(() => instance.GetAsync(fleet.Connector, "sn-1").Ok()));
        await ChangeAsync(fleet, instance, "sn-2", Add("a=2", "b=1")).Ok();
        Assert.Equal(1, await instance.CountAsync(() => tags.ListNamesAsync(connector, new TagQuery(), Token)));
        Assert.Equal(3, await instance.CountAsync(() => tags.ListNamesAsync(connector, new TagQuery { Counts = false }, Token)));
        Assert.Equal(1, await instance.CountAsync(() => tags.ListValuesAsync(connector, Tag("a=1").Name, new TagQuery(), Token)));
        var token = await instance.ActivateAsync("sn-2").Ok();
        await instance.WriteAsync(token, ("temp", "1")).Ok();
        Assert.Equal(19, await instance.CountAsync(() => instance.DeleteAsync(fleet.Connector, "sn-2").Ok()));
    }

    [Fact]
    public async Task Names_and_tags_of_other_connectors_are_not_counted()
    {
        await using var fleet = await FleetAsync("sn-1");
        await ChangeAsync(fleet, fleet.One, "sn-1", Add("a=1")).Ok();
        var other = await fleet.One.Connectors.CreateAsync("Other", [], Token).Ok();
        await fleet.One.PutAsync(other.Id, "sn-1", new IdentityChange()).Ok();
        await fleet.One.Get<TagService>().ChangeAsync(other, Instance.Id("sn-1"), Add("a=1", "b=1"), Token).Ok();

        var page = await fleet.One.Get<TagService>().ListNamesAsync(await ConnectorAsync(fleet), new TagQuery(), Token);

        Assert.Equal([new TagCount("a", 1)], page.Counts);
        Assert.False(page.MayLoadMore);
    }

    private static Task<Done> UntilDoneAsync(Fleet fleet, Instance instance, TagEdit edit) => Outcomes.UntilDoneAsync(() => ChangeAsync(fleet, instance, "sn-1", edit));

    private async Task<Fleet> FleetAsync(params string[] identities)
    {
        var fleet = await Fleet.StartAsync(azurite);
        foreach (var identity in identities)
        {
            await fleet.One.PutAsync(fleet.Connector, identity, new IdentityChange()).Ok();
        }

        return fleet;
    }
}
