using System.Globalization;
using Azure.Core;
using Murano.Integration.Tests.Infrastructure;
using Murano.Shared.Identities;
using Murano.Shared.Jobs;
using Murano.Shared.Storage;
using static Murano.Integration.Tests.Infrastructure.TagTexts;

namespace Murano.Integration.Tests.Devices;

/// <summary>Rows of an import that are done together: for how few requests, and beside others who change the same devices.</summary>
public sealed class ImportStepTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task New_identities_cost_a_transaction_and_their_rows_and_known_ones_nothing()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        JobRow[] rows = [.. Enumerable.Range(0, 50).Select(i => Row(Name(i), "site=x", "floor=1"))];

        // Of each: transaction, directory and two tags (recency is not counted). Of all: 16 for changes that broke off, a look before and one after, the todo row and its end.
        Assert.Equal((50 * 4) + 16 + 4, await fleet.One.CountAsync(async () => Assert.Equal(50, await ImportAsync(fleet, rows))));
        Assert.Equal(16 + 1, await fleet.One.CountAsync(async () => Assert.Equal(0, await ImportAsync(fleet, rows))));

        await AssertWholeAsync(fleet, 100);
        Assert.Equal(rows.Select(row => row.Identity), (await fleet.One.ListAsync(fleet.Connector, new IdentityQuery { Limit = 100 })).Select(device => device.Identity.Value), StringComparer.Ordinal);
        Assert.Equal("", await fleet.CheckAsync());
    }

    [Fact]
    public async Task Rows_of_one_identity_are_done_one_after_the_other()
    {
        await using var fleet = await Fleet.StartAsync(azurite);

        Assert.Equal(2, await ImportAsync(fleet, Row("a", "site=x"), Row("a", "site=y")));

        Assert.Equal(["site=y"], await TagsAsync(fleet, "a"));
        Assert.Equal(1, await ImportAsync(fleet, Row("a", "site=y"), Row("a", "site=z")));
        Assert.Equal(["site=z"], await TagsAsync(fleet, "a"));
        await AssertWholeAsync(fleet, 1);
    }

    [Fact]
    public async Task Identities_among_very_many_are_looked_at_one_by_one()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var identities = await fleet.SeedAsync(2_000);
        var last = identities.Max(StringComparer.Ordinal)!;

        Assert.Equal(0, await ImportAsync(fleet, Row("dev-000000"), Row("dev-000001"), Row(last)));
        Assert.Equal(3, await ImportAsync(fleet, Row("dev-000000", "site=x"), Row("dev-000001-b", "site=x"), Row(last + "-b", "site=x")));

        Assert.Equal(3, (await fleet.One.ListAsync(fleet.Connector, new IdentityQuery { Filter = new IdentityFilter { Tags = Filter("site=x") } })).Count);
        Assert.Equal("", await fleet.CheckAsync());
    }

    [Fact]
    public async Task As_many_devices_as_do_not_go_into_one_row_of_work_are_made_and_repaired()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        string[] tags = [.. Enumerable.Range(0, 99).Select(i => string.Create(CultureInfo.InvariantCulture, $"{new string('n', 78)}{i:D2}={new string('v', 200)}"))];
        JobRow[] rows = [Row(new string('i', 200), tags), Row("b", tags), Row("c")];
        fleet.One.Probe.Interfere = (_, request) => IsTransaction(request) ? StorageFault.LostReply : StorageFault.None;

        await Assert.ThrowsAnyAsync<StorageUnavailableException>(() => ImportAsync(fleet, rows));

        fleet.One.Probe.Reset();
        Assert.Equal(2, (await fleet.RowsAsync("todo")).Count(row => row.ContainsKey("Devices")));
        await fleet.SweepAsync();
        Assert.Equal("", await fleet.CheckAsync());
        Assert.InRange(await ImportAsync(fleet, rows), 0, 3);
        await AssertWholeAsync(fleet, 2 * 99);
        Assert.Equal("", await fleet.CheckAsync());
    }

    [Theory]
    [InlineData("made")]
    [InlineData("locked")]
    [InlineData("tagged")]
    [InlineData("deleted")]
    public async Task What_others_do_with_the_same_identity_meanwhile_stays(string what)
    {
        for (var at = 1; ; at++)
        {
            await using var fleet = await Fleet.StartAsync(azurite);
            var (other, connector, done, last) = (fleet.Scale(), await ConnectorAsync(fleet), false, at);
            fleet.One.Probe.Reset();
            fleet.One.Probe.Before = async (number, _) =>
            {
                if (number == last)
                {
                    done = true;
                    var identities = other.Get<IdentityService>();
                    await identities.PutAsync(connector, Instance.Id("a"), new IdentityChange { Locked = what is "locked" ? true : null }, Token).Ok();
                    if (what is "tagged")
                    {
                        await ChangeAsync(fleet, other, "a", new() { Add = [Tag("k=1")], Drop = [Tag("site=x").Name] }).Ok();
                    }
                    else if (what is "deleted")
                    {
                        await identities.DeleteAsync(connector, Instance.Id("a"), Token).Ok();
                    }
                }
            };

            await ImportAsync(fleet, Row("a", "site=x"), Row("b", "site=x"));

            fleet.One.Probe.Reset();
            Assert.Empty(await fleet.RowsAsync("todo"));
            Assert.Equal((at, ""), (at, await fleet.CheckAsync()));
            Assert.Equal(["site=x"], await TagsAsync(fleet, "b"));
            if (!done)
            {
                Assert.InRange(at, 8, 40);
                break;
            }
        }
    }

    private static bool IsTransaction(Request request) => request.Uri.ToString().EndsWith("$batch", StringComparison.Ordinal);

    private static string Name(int i) => string.Create(CultureInfo.InvariantCulture, $"device-{i:D3}");

    private static JobRow Row(string identity, params string[] tags) => new()
    {
        Identity = identity,
        TagNames = [.. tags.Select(tag => Tag(tag).Name.Value).Distinct(StringComparer.Ordinal)],
        Tags = [.. tags.Select(tag => new JobTag(Tag(tag).Name.Value, Tag(tag).Value.Value))],
    };

    // How many rows changed something; none may fail.
    private static async Task<int> ImportAsync(Fleet fleet, params JobRow[] rows)
    {
        var job = new Job { Id = OperationId.New(), Kind = JobKind.Import, By = "test", Created = 1, Total = rows.Length, Due = DateTimeOffset.UnixEpoch };
        var results = await fleet.One.Get<JobRunner>().RunAsync(await ConnectorAsync(fleet), job, rows, 0, Token);
        Assert.Equal(rows.Select(row => row.Identity), results.Select(result => result.Identity), StringComparer.Ordinal);
        Assert.DoesNotContain(results, result => result.Outcome == JobOutcome.Failed);
        return results.Count(result => result.Outcome == JobOutcome.Changed);
    }
}
