using Azure.Core;
using Murano.Integration.Tests.Infrastructure;
using Murano.Shared.Access;
using Murano.Shared.Storage;

namespace Murano.Integration.Tests.Devices;

/// <summary>A device's delete takes its files, whenever it stops and whoever comes after.</summary>
public sealed class ContentDeletionTests(AzuriteFixture azurite)
{
    private const int Small = 1000;

    [Fact]
    public async Task A_delete_removes_the_device_s_files_and_no_others()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var token = await fleet.One.ActivateAsync("sn-1").Ok();
        var longer = await fleet.One.ActivateAsync("sn-10").Ok();
        foreach (var name in (string[])["a", "b/c", "d"])
        {
            await fleet.One.UploadAsync(token, name, new TestSource(1, Small)).Ok();
        }

        await fleet.One.UploadAsync(longer, "a", new TestSource(1, Small)).Ok();

        await fleet.One.DeleteAsync(fleet.Connector, "sn-1").Ok();

        Assert.Equal(["device2!sn-10!a!"], await fleet.BlobsAsync());
        Assert.DoesNotContain(await fleet.RowsAsync("devices"), row => row.PartitionKey.EndsWith("!sn-1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_delete_that_stops_at_any_step_is_finished_by_the_sweeper()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        for (var step = 1; ; step++)
        {
            var token = await fleet.One.ActivateAsync("sn-1").Ok();
            await fleet.One.UploadAsync(token, "a", new TestSource(1, Small)).Ok();
            await fleet.One.UploadAsync(token, "b", new TestSource(1, Small)).Ok();
            var instance = fleet.Scale();
            var last = step;
            instance.Probe.Interfere = (number, _) => number > last ? StorageFault.Refused : StorageFault.None;
            var stopped = false;
            try
            {
                await instance.DeleteAsync(fleet.Connector, "sn-1").Ok();
            }
            catch (StorageUnavailableException)
            {
                stopped = true;
            }

            await fleet.SweepAsync();
            await fleet.AssertConsistentAsync();
            if (!stopped)
            {
                Assert.Empty(await fleet.BlobsAsync());
                Assert.True(step > 10, "The delete had too few steps to stop at.");
                return;
            }

            // Either nothing has begun, or all of it is done.
            var rows = await fleet.RowsAsync("devices");
            Assert.Equal(rows.Count == 0 ? 0 : 2, (await fleet.BlobsAsync()).Count);
            Assert.Empty(await fleet.RowsAsync("todo"));
            await fleet.Scale().DeleteAsync(fleet.Connector, "sn-1");
        }
    }

    [Fact]
    public async Task A_delete_that_lags_behind_leaves_what_the_next_device_of_the_identity_uploads()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var token = await fleet.One.ActivateAsync("sn-1").Ok();
        await fleet.One.UploadAsync(token, "log", new TestSource(1, Small)).Ok();
        await fleet.One.UploadAsync(token, "old", new TestSource(1, Small)).Ok();
        var slow = fleet.Scale();
        var quick = fleet.Scale();
        DeviceToken? next = null;
        slow.Probe.Before = async (_, request) =>
        {
            if (next is null && request.Method == RequestMethod.Delete && request.Uri.ToString().Contains("log", StringComparison.Ordinal))
            {
                // The other finishes the same delete, and the device comes again.
                await quick.DeleteAsync(fleet.Connector, "sn-1").Ok();
                next = await quick.ActivateAsync("sn-1").Ok();
                await quick.UploadAsync(next, "log", new TestSource(2, Small)).Ok();
            }
        };

        await slow.DeleteAsync(fleet.Connector, "sn-1").Ok();

        Assert.NotNull(next);
        Assert.Equal(new byte[Small].Select(_ => (byte)2), await quick.FetchAsync(next, "device2/sn-1/log").Ok());
        Assert.Equal(["device2!sn-1!log!"], await fleet.BlobsAsync());
    }
}
