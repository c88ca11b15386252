using System.Globalization;
using System.Text.Json;
using Azure.Data.Tables;
using Murano.Integration.Tests.Infrastructure;
using Murano.Shared.Connectors;
using Murano.Shared.State;
using Murano.Shared.Storage;

namespace Murano.Integration.Tests.Storage;

public sealed class ConnectorStoreTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static JsonElement Json(string text) => JsonSerializer.Deserialize<JsonElement>(text);

    private static JsonElement Map(IEnumerable<string> aliases, string unit = "") =>
        Json($$$"""{"resources":{{{{string.Join(',', aliases.Select(alias => $$"""{{JsonSerializer.Serialize(alias)}}:{"unit":"{{unit}}"}"""))}}}}}""");

    private static Alias Name(string text)
    {
        Assert.True(Alias.TryParse(text, out var alias));
        return alias;
    }

    private static async Task<Connector> FindAsync(Fleet fleet) => (await fleet.Scale().Connectors.FindAsync(fleet.Connector, Token))!;

    [Fact]
    public async Task Hundreds_of_resources_are_written_in_several_transactions_and_read_back()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var aliases = Enumerable.Range(0, ResourceRules.MaxResources).Select(i => string.Create(CultureInfo.InvariantCulture, $"r/{i} ü")).ToArray();

        await fleet.One.Connectors.PatchAsync(fleet.Connector, Map(aliases, "K"), Token).Ok();
        var many = await FindAsync(fleet);
        await fleet.One.Connectors.PatchAsync(fleet.Connector, Map(aliases[..3]), Token).Ok();
        var few = await FindAsync(fleet);

        Assert.Equal(aliases.Order(StringComparer.Ordinal), many.Resources.Keys.Select(alias => alias.Value).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.All(many.Resources.Values, definition => Assert.Equal("K", definition.Unit));
        Assert.Equal(3, few.Resources.Count);
        Assert.All(few.Resources.Values, definition => Assert.Equal("", definition.Unit));
        Assert.Equal("MyConnector", few.Settings.Name);
    }

    [Fact]
    public async Task One_query_reads_settings_and_resources_and_no_other_rows()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        await fleet.One.Tables.Connectors.AddEntityAsync(new TableEntity(fleet.Connector.Value, "tagname!x"), Token);
        await fleet.One.Tables.Connectors.AddEntityAsync(new TableEntity(fleet.Connector.Value, "watch!x"), Token);
        var instance = fleet.Scale();

        Assert.Equal(4, (await instance.Connectors.FindAsync(fleet.Connector, Token))!.Resources.Count);
        Assert.Single(instance.Probe.Requests);
        Assert.NotNull(await instance.Connectors.FindAsync(fleet.Connector, Token));
        Assert.Single(instance.Probe.Requests);
        fleet.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.NotNull(await instance.Connectors.FindAsync(fleet.Connector, Token));
        Assert.Equal(2, instance.Probe.Requests.Count);
    }

    [Fact]
    public async Task Absence_is_remembered_and_many_at_once_cost_one_query()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var instance = fleet.Scale();
        var unknown = ConnectorId.New();

        var found = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => instance.Connectors.FindAsync(unknown, Token)));

        Assert.All(found, Assert.Null);
        Assert.Single(instance.Probe.Requests);
    }

    [Fact]
    public async Task The_only_connector_is_found_and_none_when_there_are_two()
    {
        await using var fleet = await Fleet.StartAsync(azurite);

        Assert.Equal(fleet.Connector, (await fleet.One.Connectors.FindOnlyAsync(Token))!.Id);
        var second = await fleet.One.Connectors.CreateAsync("Second", [], Token).Ok();
        Assert.Null(await fleet.One.Connectors.FindOnlyAsync(Token));
        Assert.Equal(
            new[] { (fleet.Connector, "MyConnector"), (second.Id, "Second") }.ToHashSet(),
            (await fleet.One.Connectors.ListAsync(Token)).Select(summary => (summary.Id, summary.Name)).ToHashSet());
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("1abc")]
    [InlineData("with blank")]
    [InlineData("abc\n")]
    public async Task A_connector_with_a_bad_name_is_not_made(string name)
    {
        await using var fleet = await Fleet.StartAsync(azurite);

        Assert.Equal("bad-name", await fleet.One.Connectors.CreateAsync(name, [], Token).FailedAsync());
        Assert.Single(await fleet.One.Connectors.ListAsync(Token));
    }

    [Fact]
    [Spec("b.3/3")]
    public async Task Single_resources_are_added_updated_and_removed()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var connectors = fleet.One.Connectors;

        await connectors.AddResourceAsync(fleet.Connector, Name("new"), Json("""{"unit":"A"}"""), Token).Ok();
        Assert.Equal("resource-exists", await connectors.AddResourceAsync(fleet.Connector, Name("new"), Json("{}"), Token).FailedAsync());
        Assert.Equal("A", (await FindAsync(fleet)).Resources[Name("new")].Unit);
        await connectors.UpdateResourceAsync(fleet.Connector, Name("new"), Json("""{"unit":"B"}"""), Token).Ok();
        Assert.Equal("enum-mismatch", await connectors.UpdateResourceAsync(fleet.Connector, Name("new"), Json("""{"format":"x"}"""), Token).FailedAsync());
        Assert.Equal("B", (await FindAsync(fleet)).Resources[Name("new")].Unit);
        await connectors.RemoveResourceAsync(fleet.Connector, Name("new"), Token).Ok();
        Assert.Equal("unknown-resource", await connectors.RemoveResourceAsync(fleet.Connector, Name("new"), Token).FailedAsync());
        Assert.Equal("unknown-resource", await connectors.UpdateResourceAsync(fleet.Connector, Name("new"), Json("{}"), Token).FailedAsync());
        Assert.Equal("unknown-connector", await connectors.RemoveResourceAsync(ConnectorId.New(), Name("new"), Token).FailedAsync());
        Assert.Equal(4, (await FindAsync(fleet)).Resources.Count);
    }

    [Fact]
    public async Task Writers_at_once_lose_nothing()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var instances = Enumerable.Range(0, 6).Select(_ => fleet.Scale()).ToArray();

        await Task.WhenAll(instances.Select((instance, i) =>
            Outcomes.UntilDoneAsync(() => instance.Connectors.AddResourceAsync(fleet.Connector, Name(string.Create(CultureInfo.InvariantCulture, $"r{i}")), Json("{}"), Token))));

        Assert.Equal(10, (await FindAsync(fleet)).Resources.Count);
    }

    [Fact]
    public async Task A_change_whose_reply_is_lost_is_done_once()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var instance = fleet.Scale();
        instance.Probe.Interfere = (number, _) => number == 2 ? StorageFault.LostReply : StorageFault.None;

        await instance.Connectors.AddResourceAsync(fleet.Connector, Name("new"), Json("{}"), Token).Ok();

        Assert.Equal(5, (await FindAsync(fleet)).Resources.Count);
        instance.Probe.Reset();
        instance.Probe.Interfere = (number, _) => number == 2 ? StorageFault.LostReply : StorageFault.None;
        await instance.Connectors.RemoveResourceAsync(fleet.Connector, Name("new"), Token).Ok();
        Assert.Equal(4, (await FindAsync(fleet)).Resources.Count);
    }

    [Fact]
    public async Task The_own_cache_forgets_before_the_reply()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        Assert.NotNull(await fleet.One.Connectors.FindAsync(fleet.Connector, Token));

        await fleet.One.Connectors.RemoveResourceAsync(fleet.Connector, Name("led"), Token).Ok();

        Assert.False((await fleet.One.Connectors.FindAsync(fleet.Connector, Token))!.Resources.ContainsKey(Name("led")));
    }

    [Fact]
    public async Task Without_storage_nothing_is_believed_and_nothing_is_kept()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var instance = fleet.Scale();
        instance.Probe.Interfere = (_, _) => StorageFault.Busy;

        await Assert.ThrowsAsync<StorageUnavailableException>(() => instance.Connectors.FindAsync(fleet.Connector, Token));
        instance.Probe.Reset();

        Assert.NotNull(await instance.Connectors.FindAsync(fleet.Connector, Token));
    }

    [Fact]
    public async Task Many_pages_are_followed_to_the_end()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var instance = fleet.Scale();
        instance.Probe.Interfere = OneRowAPage;

        Assert.Equal(4, (await instance.Connectors.FindAsync(fleet.Connector, Token))!.Resources.Count);
        Assert.InRange(instance.Probe.Requests.Count, 10, 12);
    }

    [Fact]
    public async Task A_change_between_two_pages_is_not_read_half()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var instance = fleet.Scale();
        instance.Probe.Interfere = (number, request) =>
        {
            if (number == 3)
            {
                // The first two of four resources have been read by now.
                Definitions.ReplaceAsync(fleet.One.Connectors, fleet.Connector, """{"new":{}}""").GetAwaiter().GetResult();
            }

            return OneRowAPage(number, request);
        };

        Assert.Equal("new", Assert.Single((await instance.Connectors.FindAsync(fleet.Connector, Token))!.Resources).Key.Value);
    }

    private static StorageFault OneRowAPage(int number, Azure.Core.Request request)
    {
        if (request.Method == Azure.Core.RequestMethod.Get)
        {
            request.Uri.AppendQuery("$top", "1");
        }

        return StorageFault.None;
    }
}
