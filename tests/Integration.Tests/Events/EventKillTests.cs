using System.Globalization;
using System.Net.Sockets;
using Murano.Integration.Tests.Infrastructure;
using Murano.LocalHost;

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
            await FinishAsync(world, run, devices);
        }

        await world.SweepAsync();
        await world.AssertKeptAsync();
        Assert.InRange(cut, Rounds / 2, Rounds);
        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{Rounds} kills, {cut} of them with events left, {left} in all; {world.Journal.Acknowledged} acknowledged, {world.Journal.Delivered} events delivered, {world.Journal.Again} of them again."));
    }

    [Fact]
    public async Task Two_processes_that_tell_of_the_same_devices_have_each_event_delivered_in_order()
    {
        const int Enough = 150;
        await using var world = await EventProcesses.StartAsync(azurite);
        await using var first = world.Start(world.Folder());
        var one = await first.ReadyAsync();
        var devices = await world.PrepareAsync(one, Devices);
        await using var second = world.Start(world.Folder());
        var two = await second.ReadyAsync();
        using var here = new HttpClient { BaseAddress = new Uri(one.Http) };
        using var there = new HttpClient { BaseAddress = new Uri(two.Http) };
        using var admin = SimulatedOperator.Of(one);
        using var otherAdmin = SimulatedOperator.Of(two);
        world.Trouble(int.MaxValue, FailEvery);
        using var enough = new CancellationTokenSource();

        List<Task> load = [.. devices.SelectMany((device, i) => (Task[])[
            i % 2 == 0 ? world.WriteAsync(here, one, device, enough.Token) : world.WriteAsync(there, two, device, enough.Token),
            world.SetAsync(i % 2 == 0 ? otherAdmin : admin, device.Identity, enough.Token)])];
        await Eventually.TrueAsync(() => world.Journal.Acknowledged >= Enough, "There is enough to tell.", Patience);
        await enough.CancelAsync();
        await Task.WhenAll(load);

        await FinishAsync(world, two, devices);
        await world.AssertKeptAsync();
    }

    [Fact]
    public async Task A_process_that_is_to_stop_lets_the_attempt_end_and_leaves_the_rest_to_the_next_one()
    {
        await using var world = await EventProcesses.StartAsync(azurite);
        var folder = world.Folder();
        IReadOnlyList<(string Identity, string Token)> devices;
        await using (var process = world.Start(folder))
        {
            var run = await process.ReadyAsync();
            devices = await world.PrepareAsync(run, 1);
            world.Trouble(holdAfter: 1, failEvery: int.MaxValue);
            await world.WriteOnceAsync(run, devices[0]);
            await Eventually.TrueAsync(() => world.IsHolding, "It is being delivered.");
            await process.SignalAsync("TERM");
            await Eventually.TrueAsync(() => IsClosedAsync(run), "It takes no requests any more.");
            world.Calm();
            Assert.Equal(0, await process.ExitAsync());
        }

        Assert.Equal((0, 0, 0), (await world.LeftAsync(), await world.ClaimsAsync(), world.Journal.Again));
        world.Journal.AssertKept();

        await using (var process = world.Start(folder))
        {
            var run = await process.ReadyAsync();
            world.Trouble(int.MaxValue, failEvery: 1);
            await world.WriteOnceAsync(run, devices[0]);
            await world.WriteOnceAsync(run, devices[0]);
            await process.SignalAsync("TERM");
            Assert.Equal(0, await process.ExitAsync());
        }

        // It would have tried again; the claim is nobody's, so that the next one need not wait.
        Assert.Equal((2, 0), (await world.LeftAsync(), await world.ClaimsAsync()));
        await using var next = world.Start(folder);
        await FinishAsync(world, await next.ReadyAsync(), devices);
        await world.AssertKeptAsync();
    }

    // What is left of a device goes with its next event.
    private static async Task FinishAsync(EventProcesses world, RunInfo run, IReadOnlyList<(string Identity, string Token)> devices)
    {
        world.Calm();
        foreach (var device in devices)
        {
            await world.WriteOnceAsync(run, device);
        }

        await Eventually.TrueAsync(async () => await world.LeftAsync() == 0 && await world.ClaimsAsync() == 0, "All events are delivered.", Patience);
    }

    private static async Task<bool> IsClosedAsync(RunInfo run)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(new Uri(run.Http).Host, new Uri(run.Http).Port, TestContext.Current.CancellationToken);
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }
}
