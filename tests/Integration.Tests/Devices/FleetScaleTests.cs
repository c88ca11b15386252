using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Murano.Integration.Tests.Infrastructure;
using Murano.Shared.Identities;
using static Murano.Integration.Tests.Infrastructure.TagTexts;

namespace Murano.Integration.Tests.Devices;

/// <summary>
/// Page, search by tag and exact identity in a large fleet: what is found, and for how many requests. How long it takes is printed beside what is wanted of 100,000
/// devices, and decides nothing.
/// </summary>
public sealed class FleetScaleTests(AzuriteFixture azurite)
{
    private const int Site = 100;

    private static readonly int Many = LongRun.Of(2_000, 100_000);
    private static readonly int Rounds = LongRun.Of(5, 50);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_page_a_tag_and_an_identity_are_found_at_the_cost_of_the_page()
    {
        await using var fleet = await Fleet.StartAsync(azurite, FleetSeed.PatienceWithEmulator);
        var identities = await fleet.SeedAsync(Many);
        var random = new Random(7);

        await FloorAsync("directory", 101, query => fleet.One.Tables.Directory.QueryAsync<TableEntity>(query, 101, ["PartitionKey"], Token), fleet);
        await FloorAsync("recency", 1000, query => fleet.One.Tables.Recency.QueryAsync<TableEntity>(query, 1000, ["PartitionKey"], Token), fleet);
        await FloorAsync("tagindex", 1000, query => fleet.One.Tables.TagIndex.QueryAsync<TableEntity>($"{query} and PartitionKey lt '{fleet.Connector}!site!s0001!'", 1000, ["PartitionKey"], Token), fleet);

        // A walk asks whether a fleet is small, and one request in a thousand rows; then header and fence.
        await MeasureAsync(fleet, "page by last seen", 150, 100, (2 * 101) + 6, () => new IdentityQuery());
        await MeasureAsync(fleet, "page by identity", 150, 100, (2 * 101) + 2, () => new IdentityQuery { Order = IdentityOrder.Identity });
        await MeasureAsync(fleet, "page of 20 by last seen", 150, 20, (2 * 21) + 6, () => new IdentityQuery { Limit = 20 });
        await MeasureAsync(fleet, "value of a tag by last seen", 300, 20, (2 * Site) + 1, () => new IdentityQuery { Limit = 20, Filter = Tagged($"site={SiteOf(random)}") });
        await MeasureAsync(fleet, "value of a tag by identity", 300, 20, (2 * 21) + 1, () => new IdentityQuery { Limit = 20, Order = IdentityOrder.Identity, Filter = Tagged($"site={SiteOf(random)}") });
        await MeasureAsync(fleet, "beginning of a value by identity", 300, 20, (2 * 21) + 2, () => new IdentityQuery { Limit = 20, Order = IdentityOrder.Identity, Filter = Tagged($"site={SiteOf(random)[..^1]}*") });
        await MeasureAsync(fleet, "name of a tag by last seen", 300, 20, (2 * 21) + 11, () => new IdentityQuery { Limit = 20, Filter = Tagged("site") });
        await MeasureAsync(fleet, "exact identity", 20, 1, 2, () => new IdentityQuery { Filter = new IdentityFilter { Identity = IdentityListTests.Pattern(random.GetItems([.. identities], 1)[0]) } });

        var site = SiteOf(random);
        Assert.Equal(
            identities.Where(identity => string.Equals(FleetSeed.SiteOf(identity), site, StringComparison.Ordinal)).Order(StringComparer.Ordinal),
            (await fleet.One.ListAsync(fleet.Connector, new IdentityQuery { Order = IdentityOrder.Identity, Filter = Tagged($"site={site}") })).Select(device => device.Identity.Value),
            StringComparer.Ordinal);
        Assert.Equal(Many, await fleet.One.Get<IdentityList>().CountAsync(await ConnectorAsync(fleet), Tagged("site"), Token));
    }

    private static IdentityFilter Tagged(string condition) => new() { Tags = Filter(condition) };

    private static string SiteOf(Random random) => string.Create(CultureInfo.InvariantCulture, $"s{random.Next(Many / Site):D4}");

    // What the emulator itself takes for one page of a range.
    private static async Task FloorAsync(string table, int rows, Func<string, AsyncPageable<TableEntity>> ask, Fleet fleet)
    {
        List<double> times = [];
        for (var i = 0; i < Rounds; i++)
        {
            var began = TimeProvider.System.GetTimestamp();
            await using var pages = ask($"PartitionKey gt '{fleet.Connector}!'").AsPages().GetAsyncEnumerator(Token);
            Assert.True(await pages.MoveNextAsync());
            Assert.NotEmpty(pages.Current.Values);
            times.Add(TimeProvider.System.GetElapsedTime(began).TotalMilliseconds);
        }

        times.Sort();
        await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{Many} devices, floor: a bare request for {rows} rows of {table}: p50 {times[times.Count / 2]:F0} ms, p95 {times[times.Count * 95 / 100]:F0} ms"));
    }

    private static async Task MeasureAsync(Fleet fleet, string what, int target, int rows, int requests, Func<IdentityQuery> query)
    {
        List<double> times = [];
        for (var i = 0; i < Rounds; i++)
        {
            var asked = query();
            var began = TimeProvider.System.GetTimestamp();
            var cost = await fleet.One.CountAsync(async () => Assert.Equal(rows, (await fleet.One.ListAsync(fleet.Connector, asked)).Count));
            times.Add(TimeProvider.System.GetElapsedTime(began).TotalMilliseconds);
            Assert.True(cost <= requests, $"{what}: {cost} requests, expected {requests} at most");
        }

        times.Sort();
        await Console.Error.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"{Many} devices, {what}: p50 {times[times.Count / 2]:F0} ms, p95 {times[times.Count * 95 / 100]:F0} ms, wanted {target} ms, {fleet.One.Probe.Requests.Count} requests"));
    }
}
