using Azure.Data.Tables;
using Murano.Integration.Tests.Infrastructure;

namespace Murano.Integration.Tests.Devices;

public sealed class SweeperTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_row_that_it_cannot_read_stays_and_keeps_nothing_else_from_being_done()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        await fleet.One.ActivateAsync("sn-1").Ok();
        var work = new TableEntity("15", "000000000001!f0") { ["Kind"] = "repair", ["Device"] = $"{fleet.Connector}!sn-1", ["Credentials"] = "" };
        var strange = new TableEntity("00", "000000000001!00") { ["Kind"] = "of a later version" };
        await fleet.One.Tables.Todo.AddEntityAsync(work, TestContext.Current.CancellationToken);
        await fleet.One.Tables.Todo.AddEntityAsync(strange, TestContext.Current.CancellationToken);

        await fleet.SweepAsync();

        Assert.Equal(strange.RowKey, Assert.Single(await fleet.RowsAsync("todo")).RowKey);
    }

    [Fact]
    public async Task What_is_not_due_is_left_to_its_request()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var due = fleet.Time.GetUtcNow().ToUnixTimeSeconds() + 1;
        await fleet.One.Tables.Todo.AddEntityAsync(new TableEntity("00", $"{due:D12}!00") { ["Kind"] = "repair", ["Device"] = $"{fleet.Connector}!sn-1" }, TestContext.Current.CancellationToken);

        await fleet.One.Sweeper.RunAsync(TestContext.Current.CancellationToken);

        Assert.Single(await fleet.RowsAsync("todo"));
    }
}
