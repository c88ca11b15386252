using Azure.Core;
using Murano.Integration.Tests.Infrastructure;
using Murano.Shared.Storage;

namespace Murano.Integration.Tests.Devices;

/// <summary>A command that was acknowledged to the operator reaches the device.</summary>
public sealed class CommandTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_late_acknowledge_of_A_leaves_B_on_every_instance()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var other = fleet.Scale();
        var token = await fleet.One.ActivateAsync("sn-1").Ok();
        await fleet.One.SetAsync(fleet.Connector, "sn-1", ("led", "A")).Ok();
        Assert.Equal("led=A", await other.ReadAsync(token, "led").Ok());
        await fleet.One.SetAsync(fleet.Connector, "sn-1", ("led", "B")).Ok();

        await other.WriteAsync(token, ("led", "A")).Ok();

        Assert.Equal("led=B", await other.ReadAsync(token, "led").Ok());
        await other.WriteAsync(token, ("led", "B")).Ok();
        Assert.Equal("led=B", await fleet.One.ReadAsync(token, "led").Ok());
    }

    [Fact]
    public async Task A_set_between_a_device_writes_look_and_its_transaction_is_not_lost()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var other = fleet.Scale();
        var token = await fleet.One.ActivateAsync("sn-1").Ok();
        await other.WriteAsync(token, ("led", "old")).Ok(); // other knows the row's ETag now

        await fleet.One.SetAsync(fleet.Connector, "sn-1", ("led", "new")).Ok();
        await other.WriteAsync(token, ("led", "old")).Ok(); // periodic report under a stale ETag

        Assert.Equal("led=new", await other.ReadAsync(token, "led").Ok());
    }

    /// <summary>A look at the row from before the command ends, and is remembered, between the transaction of a periodic report and its reply.</summary>
    [Fact]
    public async Task A_slow_look_at_a_row_never_lends_what_it_saw_to_a_newer_ETag()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var (one, other) = (fleet.One, fleet.Scale());
        var token = await one.ActivateAsync("sn-1").Ok();
        await other.WriteAsync(token, ("led", "old"), ("mode", "m")).Ok();
        TaskCompletionSource looked = new(), remembers = new(), writes = new(), goesOn = new();
        var transactions = 0;
        one.Probe.Before = async (_, request) =>
        {
            if (request.Method == RequestMethod.Post && Interlocked.Increment(ref transactions) == 2)
            {
                writes.SetResult(); // The slow writer: it has remembered what it saw.
                await goesOn.Task;
            }
        };
        one.Probe.After = async (_, request) =>
        {
            if (request.Method == RequestMethod.Post && transactions == 1)
            {
                remembers.SetResult();
                await writes.Task;
            }
            else if (Uri.UnescapeDataString(request.Uri.PathAndQuery).Contains("state!mode", StringComparison.Ordinal) && looked.TrySetResult())
            {
                await remembers.Task;
            }
        };
        var slow = one.WriteAsync(token, ("led", "old"), ("mode", "m"));
        await looked.Task;
        await other.SetAsync(fleet.Connector, "sn-1", ("led", "new")).Ok();

        await one.WriteAsync(token, ("led", "old")).Ok();
        await one.WriteAsync(token, ("led", "old")).Ok();

        goesOn.SetResult();
        await slow.Ok();
        Assert.Equal("led=new", await other.ReadAsync(token, "led").Ok());
    }

    [Fact]
    public async Task Writers_on_both_sides_at_once_lose_no_command()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var other = fleet.Scale();
        var token = await fleet.One.ActivateAsync("sn-1").Ok();
        await other.WriteAsync(token, ("led", "report")).Ok();

        var reports = Task.Run(async () =>
        {
            for (var i = 0; i < 30; i++)
            {
                await Outcomes.UntilDoneAsync(() => other.WriteAsync(token, ("led", "report"), ("temp", $"{i}")));
            }
        }, TestContext.Current.CancellationToken);
        for (var i = 0; i < 15; i++)
        {
            await Outcomes.UntilDoneAsync(() => fleet.One.SetAsync(fleet.Connector, "sn-1", ("led", $"c{i}")));
        }

        await reports;
        Assert.Equal("led=c14&temp=29", await other.ReadAsync(token, "led", "temp").Ok());
    }

    [Fact]
    public async Task Twenty_operators_at_once_all_settle_and_one_value_of_theirs_is_set()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var token = await fleet.One.ActivateAsync("sn-1").Ok();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => fleet.One.SetAsync(fleet.Connector, "sn-1", ("led", $"v{i}")))));

        var stored = Enumerable.Range(0, 20).Where(i => outcomes[i].TryGet(out _, out _)).Select(i => $"led=v{i}").ToList();
        Assert.Contains(await fleet.One.ReadAsync(token, "led").Ok(), stored, StringComparer.Ordinal);
        Assert.All(outcomes.Where(outcome => !outcome.TryGet(out _, out _)), outcome => Assert.Equal("contention", outcome.Failed().Reason));
    }

    [Theory]
    [InlineData("write")]
    [InlineData("set")]
    public async Task A_lost_reply_at_any_request_never_loses_what_was_acknowledged(string side)
    {
        var reached = true;
        for (var at = 1; reached; at++)
        {
            await using var fleet = await Fleet.StartAsync(azurite);
            var token = await fleet.One.ActivateAsync("sn-1").Ok();
            var other = fleet.Scale();
            await other.Connectors.FindAsync(fleet.Connector, TestContext.Current.CancellationToken);
            other.Probe.Reset();
            other.Probe.Interfere = (number, _) => number == at ? StorageFault.LostReply : StorageFault.None;

            _ = side is "write" ? await other.WriteAsync(token, ("led", "1"), ("temp", "1")).Ok() : await other.SetAsync(fleet.Connector, "sn-1", ("led", "1")).Ok();

            reached = other.Probe.Requests.Count >= at;
            Assert.Equal("led=1", await fleet.One.ReadAsync(token, "led").Ok());
        }
    }

    [Fact]
    public async Task Storage_that_is_not_to_be_had_is_said_so()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var token = await fleet.One.ActivateAsync("sn-1").Ok();
        await fleet.One.WriteAsync(token, ("temp", "1")).Ok();
        foreach (var fault in (StorageFault[])[StorageFault.Busy, StorageFault.Refused])
        {
            fleet.One.Probe.Interfere = (_, _) => fault;

            await Assert.ThrowsAsync<StorageUnavailableException>(() => fleet.One.WriteAsync(token, ("temp", "2")));
            await Assert.ThrowsAsync<StorageUnavailableException>(() => fleet.One.ReadAsync(token, "temp"));
        }

        fleet.One.Probe.Reset();
        Assert.Equal("temp=1", await fleet.One.ReadAsync(token, "temp").Ok());
    }
}
