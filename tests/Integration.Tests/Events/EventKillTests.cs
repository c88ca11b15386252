using System.Globalization;
using Murano.Integration.Tests.Infrastructure;

namespace Murano.Integration.Tests.Events;

/// <summary>
/// Real processes that end at any moment between commit and delivery, and the next ones on the same tables: each event that was committed arrives, none before its
/// commit, and those of a device in order.
/// </summary>
public sealed class EventKillTests(AzuriteFixture azurite)
{
    private const int Devices = 4;
    private const int MostBeforeHold = 60;
    private const int MostWhileHeld = 8;
    private const int FailEvery = 23;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static int Rounds => LongRun.Of(10, 100);

    [Fact]
    public async Task What_was_committed_when_the_process_was_killed_is_delivered_in_order()
    {
        await using var world = await EventProcesses.StartAsync(azurite);
        var folder = world.Folder();
        IReadOnlyList<(string Identity, string Token)> devices = [];
        var (left, cut) = (0, 0);
        for (var round = 0; round < Rounds; round++)
        {
            await using var process = world.Start(folder);
            var run = await process.ReadyAsync();
            if (devices.Count == 0)
            {
                devices = await world.PrepareAsync(run, Devices);
            }

            // In two of three rounds it is killed while deliveries are on their way, else wherever it is.
            var holds = round % 3 != 2;
            var enough = world.Journal.Acknowledged + Random.Shared.Next(5, 2 * MostBeforeHold);
            world.Trouble(holds ? Random.Shared.Next(1, MostBeforeHold) : int.MaxValue, FailEvery);
            using var client = new HttpClient { BaseAddress = new Uri(run.Http) };
            using var admin = SimulatedOperator.Of(run);
            List<Task> load = [.. devices.SelectMany(device => (Task[])[world.WriteAsync(client, run, device, CancellationToken.None), world.SetAsync(admin, device.Identity, CancellationToken.None)])];
            await Eventually.TrueAsync(() => holds ? world.IsHolding : world.Journal.Acknowledged >= enough, "There is enough to lose.", Patience);
            var more = world.Journal.Acknowledged + Random.Shared.Next(MostWhileHeld);
            await Eventually.TrueAsync(() => !holds || world.Journal.Acknowledged >= more, "Some more is acknowledged meanwhile.", Patience);
            await process.SignalGroupAsync("KILL");
            await Task.WhenAll(load);
            await process.ExitAsync();

            var now = await world.LeftAsync();
            (left, cut) = (left + now, now > 0 ? cut + 1 : cut);
            world.Calm();
            await (round % 2 == 0 ? world.AgeAsync() : world.SweepAsync());
            Assert.Equal(0, round % 2 == 0 ? 0 : await world.LeftAsync());
        }

        await using (var last = world.Start(folder))
        {
            var run = await last.ReadyAsync();
            await world.AgeAsync();
            foreach (var device in devices)
            {
                await world.WriteOnceAsync(run, device);
            }

            await Eventually.TrueAsync(async () => await world.LeftAsync() == 0 && await world.ClaimsAsync() == 0, "All events are delivered.");
        }

        await world.SweepAsync();
        await world.AssertKeptAsync();
        Assert.InRange(cut, Rounds / 2, Rounds);
        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{Rounds} kills, {cut} of them with events left, {left} in all; {world.Journal.Acknowledged} acknowledged, {world.Journal.Delivered} events delivered, {world.Journal.Again} of them again."));
    }
}
