using Murano.Integration.Tests.Infrastructure;
using Murano.Shared;
using Murano.Shared.Events;
using Murano.Shared.Identities;
using Murano.Shared.Storage;

namespace Murano.Integration.Tests.Events;

/// <summary>Activation windows that pass.</summary>
public sealed class WindowTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_window_that_passes_is_told_once_and_one_that_was_used_or_moved_is_not()
    {
        var receiver = new Receiver();
        await using var fleet = await EventFleet.StartAsync(azurite, receiver, "expired");
        var end = fleet.Time.GetUnixMicros() + (60 * UnixTime.MicrosPerSecond);
        foreach (var identity in (string[])["sn-1", "sn-2", "sn-3"])
        {
            await fleet.One.PutAsync(fleet.Connector, identity, new IdentityChange { Expire = end }).Ok();
        }

        await fleet.One.PutAsync(fleet.Connector, "sn-4", new IdentityChange()).Ok();
        await fleet.One.ActivateAsync("sn-2").Ok();
        await fleet.One.PatchAsync(fleet.Connector, "sn-3", new IdentityChange { Expire = end + (3600 * UnixTime.MicrosPerSecond) }).Ok();

        await EventFleet.SweepAsync(fleet);
        await EventFleet.SweepAsync(fleet);

        await EventFleet.DrainedAsync(fleet);
        Assert.Equal([$$"""{"type":"expired","identity":"sn-1","timestamp":{{end}},"tags":[]}"""], receiver.Texts);
        fleet.Time.Advance(TimeSpan.FromHours(1));
        await fleet.Scale().Sweeper.RunAsync(Token);
        await EventFleet.SweepAsync(fleet);
        Assert.Equal(2, receiver.Taken.Count);
        Assert.Empty(await EventFleet.TodoAsync(fleet));
    }

    [Fact]
    public async Task Windows_that_end_together_are_one_row_of_work_and_each_is_told_once_even_if_the_row_is_done_again()
    {
        var receiver = new Receiver();
        await using var fleet = await EventFleet.StartAsync(azurite, receiver, "expired");
        var connector = await TagTexts.ConnectorAsync(fleet);
        var change = new IdentityChange { Expire = fleet.Time.GetUnixMicros() + UnixTime.MicrosPerSecond };
        List<NewDevice> devices = [.. Enumerable.Range(0, 20).Select(i => new NewDevice(IdentityService.Draft(connector, Instance.Id($"sn-{i}"), change).TryGet(out var header, out _) ? header : throw new InvalidOperationException(), []))];
        await fleet.One.Get<WindowEvents>().NoteAsync(connector, devices.Select(device => device.Header), Token);
        await fleet.One.Get<DeviceCreation>().AddAsync(devices, Token);
        var row = Assert.Single(await fleet.RowsAsync("todo"));

        await EventFleet.SweepAsync(fleet);
        await fleet.One.Tables.Todo.AddEntityAsync(row, Token);
        await EventFleet.SweepAsync(fleet);

        await EventFleet.DrainedAsync(fleet);
        Assert.Equal(20, receiver.Taken.Count);
        Assert.Equal(20, receiver.Taken.Select(taken => taken.Device).Distinct().Count());
    }
}
