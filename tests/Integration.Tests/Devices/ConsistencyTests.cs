using Azure;
using Azure.Data.Tables;
using Murano.Integration.Tests.Infrastructure;
using Murano.Shared.Access;
using Murano.Shared.Connectors;
using Murano.Shared.Identities;
using Murano.Shared.Storage;
using Murano.Shared.Storage.Checks;
using static Murano.Integration.Tests.Infrastructure.TagTexts;

namespace Murano.Integration.Tests.Devices;

/// <summary>The check finds each kind of damage, mends it, and finds nothing where nothing is wrong.</summary>
public sealed class ConsistencyTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_is_wrong_with_what_the_product_makes_itself()
    {
        await using var fleet = await FleetAsync();
        await fleet.SeedAsync(150);
        await fleet.One.PatchAsync(fleet.Connector, "a", new IdentityChange { Locked = true }).Ok();
        fleet.Time.Advance(TimeSpan.FromHours(3));
        var before = await fleet.One.DumpAsync();

        await fleet.AssertConsistentAsync();

        Assert.Equal("", await fleet.CheckAsync(mend: true));
        Assert.Equal(before, await fleet.One.DumpAsync());
    }

    [Theory]
    [InlineData("directory removed", "Directory 1")]
    [InlineData("directory changed", "Directory 1")]
    [InlineData("directory of none", "Directory 1")]
    [InlineData("recency removed", "Recency 1")]
    [InlineData("recency of none", "Recency 1")]
    [InlineData("recency of an earlier hour", "Recency 1")]
    [InlineData("recency of a later hour", "Recency 1")]
    [InlineData("index removed", "TagIndex 1")]
    [InlineData("index of no tag", "TagIndex 1")]
    [InlineData("index of none", "TagIndex 1")]
    [InlineData("credential removed", "Credentials 1")]
    [InlineData("credential of none", "Credentials 1")]
    [InlineData("credential of an older token", "Credentials 1")]
    [InlineData("fence removed", "Fence 1")]
    [InlineData("fence of another", "Fence 1")]
    [InlineData("rows without header", "Rows 1")]
    [InlineData("file of none", "Content 1")]
    [InlineData("todo forgotten", "Todo 1")]
    [InlineData("delete forgotten", "Delete 1")]
    [InlineData("rows of no connector", "Connector 5")]
    [InlineData("content of no connector", "Connector 1")]
    public async Task Each_kind_of_damage_is_found_and_mended(string damage, string expected)
    {
        await using var fleet = await FleetAsync();
        await DamageAsync(fleet, damage);
        var dump = await fleet.One.DumpAsync();

        Assert.Equal(expected, await fleet.CheckAsync());
        Assert.Equal(dump, await fleet.One.DumpAsync());
        Assert.Equal(expected, await fleet.CheckAsync(mend: true));
        await fleet.AssertConsistentAsync();

        Assert.Equal(damage is "delete forgotten" ? "b" : "a b", string.Join(' ', (await fleet.One.ListAsync(fleet.Connector, new IdentityQuery { Order = IdentityOrder.Identity })).Select(device => device.Identity.Value)));
    }

    [Fact]
    public async Task What_is_under_way_is_passed_over()
    {
        await using var fleet = await FleetAsync();
        var other = fleet.Scale();
        List<string> found = [];
        var checking = false;
        other.Probe.After = async (_, _) =>
        {
            if (!checking)
            {
                checking = true;
                found.Add(await fleet.CheckAsync());
                checking = false;
            }
        };

        await other.ActivateAsync("new").Ok();
        await ChangeAsync(fleet, other, "a", Replace("site=Rome", "floor=3")).Ok();
        await other.PatchAsync(fleet.Connector, "a", new IdentityChange { Expire = 0 }).Ok();
        await other.DeleteAsync(fleet.Connector, "a").Ok();

        other.Probe.Reset();
        Assert.True(found.Count > 20);
        Assert.All(found, text => Assert.Equal("", text));
    }

    [Fact]
    public async Task A_check_goes_on_where_its_time_ran_out()
    {
        await using var fleet = await FleetAsync();
        await fleet.SeedAsync(150);
        var index = fleet.One.Get<TableTagStore>();
        for (var i = 0; i < 70; i++)
        {
            await index.PutAsync(Key(fleet, $"gone-{i}"), Tag("site=Rome"), Token);
        }

        var slow = fleet.Scale();
        slow.Probe.Before = (_, _) =>
        {
            fleet.Time.Advance(TimeSpan.FromSeconds(1));
            return Task.CompletedTask;
        };
        var (steps, count, looked) = (0, 0, 0L);
        string? cursor = null;
        do
        {
            var report = await slow.Get<ConsistencyChecker>().CheckAsync(fleet.Connector, cursor, mend: false, Token).Ok();
            (steps, count, looked, cursor) = (steps + 1, count + report.Found.Values.Sum(found => found.Count), looked + report.Checked, report.Next);
        }
        while (cursor is not null);

        Assert.True(steps > 5);
        Assert.Equal(70, count);
        Assert.Equal((152 * 4) + 70 + 101 + 1, looked); // Devices, directory, recency, tags, tokens and the file, each once.
        Assert.Equal("bad-cursor", await slow.Get<ConsistencyChecker>().CheckAsync(fleet.Connector, "x", mend: false, Token).FailedAsync());
    }

    /// <summary>Each request to storage fails for good from some point on; then the sweeper runs.</summary>
    [Theory]
    [InlineData("provision")]
    [InlineData("provision again")]
    [InlineData("lock")]
    [InlineData("unlock")]
    [InlineData("revoke")]
    [InlineData("token")]
    [InlineData("tags")]
    [InlineData("delete")]
    public async Task Ended_at_any_request_a_change_leaves_nothing_wrong_after_the_sweep(string change)
    {
        var (stopped, reached) = (0, true);
        for (var at = 1; reached; at++)
        {
            await using var fleet = await FleetAsync();
            if (change is "unlock" or "provision again")
            {
                await fleet.One.PatchAsync(fleet.Connector, "a", change is "unlock" ? new IdentityChange { Locked = true } : new IdentityChange { Reprovision = true }).Ok();
            }

            var other = fleet.Scale();
            await other.Connectors.FindOnlyAsync(Token);
            other.Probe.Reset();
            other.Probe.Interfere = (number, _) => number >= at ? at % 2 == 0 && number == at ? StorageFault.LostReply : StorageFault.Refused : StorageFault.None;
            try
            {
                _ = change switch
                {
                    "provision" => (object)await other.ActivateAsync("new"),
                    "provision again" => await other.ActivateAsync("a"),
                    "lock" => await other.PatchAsync(fleet.Connector, "a", new IdentityChange { Locked = true }),
                    "unlock" => await other.PatchAsync(fleet.Connector, "a", new IdentityChange { Locked = false }),
                    "revoke" => await other.PatchAsync(fleet.Connector, "a", new IdentityChange { Expire = 0 }),
                    "token" => await other.PutAsync(fleet.Connector, "a", new IdentityChange { AuthType = AuthType.Token, Key = new string('c', 40) }),
                    "tags" => await ChangeAsync(fleet, other, "a", Replace("site=Rome", "floor=3")),
                    _ => await other.DeleteAsync(fleet.Connector, "a"),
                };
            }
            catch (StorageUnavailableException)
            {
                stopped++;
            }

            reached = other.Probe.Requests.Count >= at;
            await fleet.SweepAsync();
            Assert.Equal((at, ""), (at, await fleet.CheckAsync()));
            Assert.Empty(await fleet.RowsAsync("todo"));
        }

        Assert.True(stopped > 0);
    }

    /// <summary>Whoever gets 503 asks again, and does not wait for the sweeper.</summary>
    [Theory]
    [InlineData("make")]
    [InlineData("lock")]
    [InlineData("token")]
    [InlineData("tags")]
    [InlineData("delete")]
    public async Task Asked_for_again_after_it_ended_at_any_request_a_change_is_whole_at_once(string change)
    {
        var (stopped, reached) = (0, true);
        for (var at = 1; reached; at++)
        {
            await using var fleet = await FleetAsync();
            var other = fleet.Scale();
            await other.Connectors.FindOnlyAsync(Token);
            other.Probe.Reset();
            other.Probe.Interfere = (number, _) => number >= at ? at % 2 == 0 && number == at ? StorageFault.LostReply : StorageFault.Refused : StorageFault.None;
            try
            {
                await ChangeAsync(other);
            }
            catch (StorageUnavailableException)
            {
                stopped++;
            }

            reached = other.Probe.Requests.Count >= at;
            await ChangeAsync(fleet.One);
            Assert.Equal((at, ""), (at, await fleet.CheckAsync()));

            async Task ChangeAsync(Instance instance) => _ = change switch
            {
                "make" => (object)await instance.PutAsync(fleet.Connector, "made", new IdentityChange { Locked = true }),
                "lock" => await instance.PatchAsync(fleet.Connector, "a", new IdentityChange { Locked = true }),
                "token" => await instance.PutAsync(fleet.Connector, "a", new IdentityChange { AuthType = AuthType.Token, Key = new string('c', 40) }),
                "tags" => await TagTexts.ChangeAsync(fleet, instance, "a", Replace("site=Rome", "floor=3")),
                _ => await instance.DeleteAsync(fleet.Connector, "a"),
            };
        }

        Assert.True(stopped > 0);
    }

    [Fact]
    public async Task A_delete_leaves_no_row_and_no_blob_of_the_device()
    {
        await using var fleet = await FleetAsync();
        var (rows, blobs) = ((await fleet.One.DumpAsync()).Count(IsOfA), (await fleet.BlobsAsync()).Count);

        await fleet.One.DeleteAsync(fleet.Connector, "a").Ok();

        Assert.Equal((9, 1), (rows, blobs)); // Header, fence, value, two tags; directory, recency, two of the index.
        Assert.Equal(0, (await fleet.One.DumpAsync()).Count(IsOfA));
        Assert.Empty(await fleet.RowsAsync("credentials"));
        Assert.Empty(await fleet.BlobsAsync());
        await fleet.AssertConsistentAsync();

        bool IsOfA(string row) => row.Split('|')[1].EndsWith("!a", StringComparison.Ordinal) && row.Contains(fleet.Connector.Value, StringComparison.Ordinal);
    }

    private static DeviceKey Key(Fleet fleet, string identity) => new(fleet.Connector, Instance.Id(identity));

    private static async Task DamageAsync(Fleet fleet, string damage)
    {
        var tables = fleet.One.Tables;
        var (a, none) = (Key(fleet, "a"), Key(fleet, "none"));
        var (record, index, recency, credentials) = ((await fleet.One.Get<TableDeviceStore>().FindAsync(a, Token))!, fleet.One.Get<TableTagStore>(), fleet.One.Get<TableRecencyStore>(), fleet.One.Get<TableCredentialStore>());
        var (header, now) = (record.Header, fleet.Time.GetUtcNow());
        var other = new DeviceKey(ConnectorId.New(), none.Identity);
        switch (damage)
        {
            case "directory removed":
                await fleet.One.Get<TableDirectoryStore>().RemoveAsync(a, Token);
                break;
            case "directory changed":
                await tables.Directory.UpdateEntityAsync(new TableEntity(a.Partition, a.Partition) { ["Locked"] = true }, ETag.All, cancellationToken: Token);
                break;
            case "directory of none":
                await fleet.One.Get<TableDirectoryStore>().PutAsync(header with { Key = none }, Token);
                break;
            case "recency removed":
                await recency.RemoveAsync(RecencyKey.Of(record), Token);
                break;
            case "recency of none":
                await recency.PutAsync(RecencyKey.Of(none, record.LastSeen.At, 0), Token);
                break;
            case "recency of an earlier hour":
                await recency.PutAsync(RecencyKey.Of(a, record.LastSeen.At - 7_200_000_000, 0), Token);
                break;
            case "recency of a later hour":
                fleet.Time.Advance(TimeSpan.FromHours(5));
                await recency.PutAsync(RecencyKey.Of(a, record.LastSeen.At + 7_200_000_000, 0), Token);
                break;
            case "index removed":
                await index.RemoveAsync(a, Tag("floor=1"), Token);
                break;
            case "index of no tag":
                await index.PutAsync(a, Tag("floor=2"), Token);
                break;
            case "index of none":
                await index.PutAsync(none, Tag("floor=2"), Token);
                break;
            case "credential removed":
                await credentials.RemoveAsync(header.TokenHash, new CredentialHint(a, header.Credential!.Value), Token);
                break;
            case "credential of none":
                await credentials.AddAsync(new string('d', 64), new CredentialHint(none, CredentialId.New()), 0, Token);
                break;
            case "credential of an older token":
                await credentials.AddAsync(new string('d', 64), new CredentialHint(a, CredentialId.New()), 0, Token);
                break;
            case "fence removed":
                await tables.Devices.DeleteEntityAsync(a.Partition, DeviceRows.Fence(record.Fence!.Value), cancellationToken: Token);
                break;
            case "fence of another":
                await tables.Devices.AddEntityAsync(DeviceEntities.From(a, CredentialId.New(), record.LastSeen), Token);
                break;
            case "rows without header":
                await tables.Devices.AddEntityAsync(new TableEntity(none.Partition, DeviceRows.Tag(Tag("floor=1"))), Token);
                break;
            case "file of none":
                await fleet.One.Get<Containers>().Content(fleet.Connector).UploadBlobAsync("device2!none!x!", new BinaryData("x"), Token);
                break;
            case "todo forgotten":
                await fleet.One.Get<TableTodoStore>().PutAsync(new TodoItem { Due = now - TimeSpan.FromHours(1), OperationId = OperationId.New(), Device = a }, Token);
                break;
            case "delete forgotten":
                await fleet.One.Get<TableDeviceStore>().ChangeAsync(header with { Status = DeviceStatus.Deleting, LastSeen = record.LastSeen }, record, [], null, Token);
                break;
            case "rows of no connector":
                await tables.Devices.AddEntityAsync(new TableEntity(other.Partition, DeviceRows.Tag(Tag("floor=1"))), Token);
                await fleet.One.Get<TableDirectoryStore>().PutAsync(header with { Key = other }, Token);
                await recency.PutAsync(RecencyKey.Of(other, 0, 1), Token);
                await index.PutAsync(other, Tag("floor=1"), Token);
                await credentials.AddAsync(new string('d', 64), new CredentialHint(other, CredentialId.New()), 0, Token);
                break;
            default:
                await fleet.One.Get<Containers>().Content(other.Connector).CreateAsync(cancellationToken: Token);
                break;
        }
    }

    // One device with all that a device has, and one that has next to nothing.
    private async Task<Fleet> FleetAsync()
    {
        var fleet = await Fleet.StartAsync(azurite);
        var token = await fleet.One.ActivateAsync("a").Ok();
        await fleet.One.WriteAsync(token, ("temp", "1")).Ok();
        await fleet.One.UploadAsync(token, "log", new TestSource(1, 10)).Ok();
        await ChangeAsync(fleet, fleet.One, "a", Add("site=Taipei", "floor=1")).Ok();
        await fleet.One.PutAsync(fleet.Connector, "b", new IdentityChange()).Ok();
        return fleet;
    }
}
