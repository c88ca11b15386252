using Murano.Integration.Tests.Infrastructure;
using Murano.Shared.Connectors;
using Murano.Shared.Content;
using Murano.Shared.Identities;
using Murano.Shared.Storage;

namespace Murano.Integration.Tests.Devices;

/// <summary>A connector is deleted: nothing of it is left in any table, wherever the work was interrupted.</summary>
public sealed class ConnectorDeletionTests(AzuriteFixture azurite)
{
    private static readonly int Devices = LongRun.Of(300, 10_000);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_is_left_of_many_devices()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        await AddAsync(fleet, Devices);
        var token = await fleet.One.ActivateAsync("sn-1").Ok();
        await fleet.One.UploadAsync(token, "log", new TestSource(1, 1000)).Ok();
        await fleet.One.Get<TableRecencyStore>().PutAsync(RecencyKey.Of(new DeviceKey(fleet.Connector, Instance.Id("sn-gone")), 1, 1), Token);

        await fleet.One.Get<ConnectorDeletion>().DeleteAsync(fleet.Connector, Token).Ok();

        Assert.DoesNotContain(await fleet.One.Connectors.ListAsync(Token), summary => !summary.Deleting);
        await SweepUntilDoneAsync(fleet);
        await AssertNothingIsLeftAsync(fleet);
    }

    [Fact]
    public async Task What_a_late_request_still_makes_is_deleted_too()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var late = fleet.Scale();
        Assert.NotNull(await late.Connectors.FindOnlyAsync(Token));

        await fleet.One.Get<ConnectorDeletion>().DeleteAsync(fleet.Connector, Token).Ok();
        await late.ActivateAsync("sn-late").Ok();
        fleet.Time.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal("unknown-connector", await late.ActivateAsync("sn-later").FailedAsync());

        await SweepUntilDoneAsync(fleet);
        await AssertNothingIsLeftAsync(fleet);
    }

    [Fact]
    public async Task The_settings_stay_until_no_request_can_make_anything()
    {
        await using var fleet = await Fleet.StartAsync(azurite, new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase) { ["Devices:SettingsCache"] = "00:09:00", ["Devices:CommandGuard"] = "00:10:00" });
        await fleet.One.Get<ConnectorDeletion>().DeleteAsync(fleet.Connector, Token).Ok();

        await fleet.SweepAsync();
        Assert.Contains(await fleet.RowsAsync("connectors"), row => row.RowKey is "settings");
        fleet.Time.Advance(TimeSpan.FromMinutes(8));
        await fleet.SweepAsync();

        await AssertNothingIsLeftAsync(fleet);
    }

    [Fact]
    public async Task Another_connector_is_left_alone()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var other = await fleet.One.Connectors.CreateAsync("Other", [], Token).Ok();
        await AddAsync(fleet, 3);
        Assert.True(IdentityId.TryParse("sn-1", out var identity));
        await fleet.One.Identities.AddAsync(other, identity, new IdentityChange(), Token).Ok();

        await fleet.One.Get<ConnectorDeletion>().DeleteAsync(fleet.Connector, Token).Ok();
        await SweepUntilDoneAsync(fleet);

        Assert.All(await fleet.RowsAsync("connectors"), row => Assert.Equal(other.Id.Value, row.PartitionKey));
        Assert.StartsWith(other.Id.Value, Assert.Single(await fleet.RowsAsync("directory")).PartitionKey, StringComparison.Ordinal);
        Assert.StartsWith(other.Id.Value, Assert.Single(await fleet.RowsAsync("devices")).PartitionKey, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_deletion_finds_nothing_and_does_no_harm()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        await fleet.One.Get<ConnectorDeletion>().DeleteAsync(fleet.Connector, Token).Ok();

        Assert.Equal("unknown-connector", await fleet.Scale().Get<ConnectorDeletion>().DeleteAsync(fleet.Connector, Token).FailedAsync());
        Assert.Single(await fleet.RowsAsync("todo"));
        await SweepUntilDoneAsync(fleet);
        await AssertNothingIsLeftAsync(fleet);
    }

    [Fact]
    public async Task A_crash_after_any_storage_request_of_the_deletion_is_made_good()
    {
        var stopped = 0;
        for (var stop = 1; ; stop++)
        {
            await using var fleet = await Fleet.StartAsync(azurite);
            await AddAsync(fleet, 1);
            await fleet.One.UploadAsync(await fleet.One.ActivateAsync("sn-x").Ok(), "log", new TestSource(1, 1000)).Ok();
            var last = stop;
            fleet.One.Probe.Reset();
            fleet.One.Probe.Interfere = (number, _) => number > last ? StorageFault.Refused : StorageFault.None;
            try
            {
                await fleet.One.Get<ConnectorDeletion>().DeleteAsync(fleet.Connector, Token);
            }
            catch (Exception fault) when (fault is not Xunit.Sdk.XunitException)
            {
                stopped++;
            }

            var asked = fleet.One.Probe.Requests.Count;
            fleet.One.Probe.Reset();
            var marked = (await fleet.RowsAsync("connectors")).Any(row => row.GetBoolean("Deleting") is true);
            await SweepUntilDoneAsync(fleet);
            if (marked)
            {
                await AssertNothingIsLeftAsync(fleet);
            }
            else
            {
                Assert.Equal(2, (await fleet.RowsAsync("directory")).Count);
                Assert.Empty(await fleet.RowsAsync("todo"));
            }

            if (asked <= last)
            {
                break; // All of it was done.
            }
        }

        Assert.InRange(stopped, 1, int.MaxValue);
    }

    [Fact]
    public async Task A_crash_after_any_storage_request_of_the_sweeper_is_made_good()
    {
        for (var stop = 1; ; stop++)
        {
            await using var fleet = await Fleet.StartAsync(azurite);
            fleet.One.Probe.Reset();
            fleet.One.Probe.Interfere = (number, _) => number > 5 ? StorageFault.Refused : StorageFault.None;
            var other = fleet.Scale();
            await AddAsync(other, fleet, 1);
            await other.UploadAsync(await other.ActivateAsync("sn-x").Ok(), "log", new TestSource(1, 1000)).Ok();
            await fleet.One.Get<ConnectorDeletion>().DeleteAsync(fleet.Connector, Token).Ok();
            fleet.Time.Advance(TimeSpan.FromMinutes(3));
            var sweeping = fleet.Scale();
            var last = stop;
            sweeping.Probe.Interfere = (number, _) => number > last ? StorageFault.Refused : StorageFault.None;
            try
            {
                await sweeping.Sweeper.RunAsync(Token);
            }
            catch (StorageUnavailableException)
            {
                // The list of work itself could not be had.
            }

            var asked = sweeping.Probe.Requests.Count;
            sweeping.Probe.Reset();
            fleet.One.Probe.Reset();
            await SweepUntilDoneAsync(fleet);
            await AssertNothingIsLeftAsync(fleet);
            if (asked <= last)
            {
                break;
            }
        }
    }

    [Fact]
    public async Task An_upload_that_outlasts_the_deletion_leaves_nothing()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var token = await fleet.One.ActivateAsync("sn-1").Ok();
        var late = fleet.Scale();
        var source = new TestSource(1, 3 * 1024 * 1024)
        {
            BeforeEnd = async () =>
            {
                await fleet.One.Get<ConnectorDeletion>().DeleteAsync(fleet.Connector, Token).Ok();
                await SweepUntilDoneAsync(fleet);
            },
        };

        Assert.Equal("unknown-identity", await late.UploadAsync(token, "log", source).FailedAsync());

        await AssertNothingIsLeftAsync(fleet);
        Assert.True(ContentId.TryParse("late", out var id));
        var store = late.Get<BlobContentStore>();
        await Assert.ThrowsAsync<StorageUnavailableException>(() => store.PutAsync(fleet.Connector, id, [1], 1, new ContentFacts(MediaType.Unknown, "", 1, ContentTags.None), Token));
        await AssertNothingIsLeftAsync(fleet);
    }

    private static Task AddAsync(Fleet fleet, int count) => AddAsync(fleet.One, fleet, count);

    private static async Task AddAsync(Instance instance, Fleet fleet, int count)
    {
        var connector = await instance.Connectors.GetAsync(fleet.Connector, Token).Ok();
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Token }, async (i, token) =>
        {
            Assert.True(IdentityId.TryParse($"many-{i}", out var identity));
            await instance.Identities.AddAsync(connector, identity, new IdentityChange(), token).Ok();
        });
    }

    private static async Task SweepUntilDoneAsync(Fleet fleet)
    {
        for (var i = 0; i < 100 && (await fleet.RowsAsync("todo")).Count > 0; i++)
        {
            await fleet.SweepAsync();
        }
    }

    private static async Task AssertNothingIsLeftAsync(Fleet fleet)
    {
        Assert.False((await fleet.One.Get<Containers>().Content(fleet.Connector).ExistsAsync(Token)).Value, "The container is left.");
        foreach (var table in (string[])["connectors", "devices", "credentials", "directory", "tagindex", "recency", "todo"])
        {
            Assert.Empty((await fleet.RowsAsync(table)).Select(row => $"{table} {row.PartitionKey} {row.RowKey}"));
        }

        Assert.Empty(await fleet.BlobsAsync());
        await fleet.AssertConsistentAsync();
    }
}
