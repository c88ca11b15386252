using System.Text.Json;
using Murano.Integration.Tests.Infrastructure;
using Murano.Shared;
using Murano.Shared.Connectors;
using Murano.Shared.Events;
using Murano.Shared.Identities;

namespace Murano.Integration.Tests.Events;

/// <summary>Who delivers, in which order, and what becomes of what cannot be delivered.</summary>
public sealed class DeliveryTests(AzuriteFixture azurite)
{
    private static readonly DeliveryResult Down = new DeliveryResult.Failed("down");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Writers_on_two_instances_have_each_event_delivered_once_and_in_order()
    {
        const int Writers = 3;
        const int Writes = 10;
        var receiver = new Receiver();
        await using var fleet = await EventFleet.StartAsync(azurite, receiver, "data_in");
        var token = await fleet.One.ActivateAsync("sn-1").Ok();
        var instances = (Instance[])[fleet.One, fleet.Scale()];
        var stored = 0;

        await Task.WhenAll(instances.SelectMany(instance => Enumerable.Range(0, Writers).Select(async writer =>
        {
            for (var i = 0; i < Writes; i++)
            {
                if ((await instance.WriteAsync(token, ("temp", $"{writer}-{i}"))).TryGet(out _, out _))
                {
                    Interlocked.Increment(ref stored);
                }
            }
        })));

        await EventFleet.DrainedAsync(fleet);
        Assert.Equal(stored, receiver.Taken.Count);
        receiver.AssertOrdered();
    }

    [Fact]
    public async Task What_cannot_be_delivered_holds_up_what_comes_after_it_and_is_tried_again_after_1_5_30_and_60_seconds()
    {
        var receiver = new Receiver { Answer = _ => Down };
        await using var fleet = await EventFleet.StartAsync(azurite, receiver, "data_in");
        var token = await fleet.One.ActivateAsync("sn-1").Ok();
        await fleet.One.WriteAsync(token, ("temp", "1")).Ok();
        await fleet.One.WriteAsync(token, ("temp", "2")).Ok();
        Assert.Equal(1, receiver.Attempts);

        foreach (var (rest, attempts) in ((int, int)[])[(1, 2), (5, 3), (30, 4)])
        {
            await ClaimedForAsync(fleet, rest);
            fleet.Time.Advance(TimeSpan.FromSeconds(rest));
            await Eventually.TrueAsync(() => receiver.Attempts == attempts, $"It is tried after {rest} s.");
        }

        await fleet.Scale().WriteAsync(token, ("temp", "3")).Ok();
        Assert.Equal(4, receiver.Attempts);
        Assert.Empty(receiver.Taken);
        await ClaimedForAsync(fleet, 60);
        receiver.Answer = null;
        fleet.Time.Advance(TimeSpan.FromSeconds(60));

        await EventFleet.DrainedAsync(fleet);
        Assert.Equal(3, receiver.Taken.Count);
        receiver.AssertOrdered();
    }

    [Fact]
    public async Task The_sweeper_tries_less_and_less_often_and_in_the_end_puts_it_to_the_dead_letters()
    {
        var receiver = new Receiver { Answer = _ => Down };
        await using var fleet = await EventFleet.StartAsync(azurite, receiver, "data_in");
        await using var writer = new Holder(fleet.Scale());
        await LeaveAsync(writer.One, 1, 2);
        await Eventually.TrueAsync(async () => (await EventFleet.HeadAsync(fleet, "sn-1"))!.ClaimedUntil == 0, "The claim is given back.");
        var began = fleet.Time.GetUtcNow();
        var sweeper = fleet.Scale();

        while (fleet.Time.GetUtcNow() - began < TimeSpan.FromHours(23))
        {
            await EventFleet.SweepAsync(fleet, sweeper);
        }

        Assert.InRange(receiver.Attempts, 20, 40);
        Assert.Empty(await EventFleet.DeadAsync(fleet));
        Assert.Equal(["deliver"], await EventFleet.TodoAsync(fleet));
        var first = (await EventFleet.HeadAsync(fleet, "sn-1"))!.Sequence - 1;
        fleet.Time.Advance(TimeSpan.FromHours(2));
        receiver.Answer = happened => happened.Sequence == first ? Down : null;
        await EventFleet.SweepAsync(fleet, sweeper);

        Assert.Single(await EventFleet.DeadAsync(fleet));
        Assert.Contains("\"temp\":\"2\"", Assert.Single(receiver.Texts), StringComparison.Ordinal);
        Assert.Equal(0, await EventFleet.LeftAsync(fleet));
        Assert.Empty(await EventFleet.TodoAsync(fleet));
    }

    [Fact]
    public async Task A_receiver_that_is_left_alone_loses_nothing_however_old_it_gets()
    {
        var receiver = new Receiver { Answer = _ => Down };
        await using var fleet = await EventFleet.StartAsync(azurite, receiver, "data_in");
        await using var writer = new Holder(fleet.Scale());
        await LeaveAsync(writer.One, 1, 2);
        fleet.Time.Advance(TimeSpan.FromHours(25));
        receiver.Answer = _ => new DeliveryResult.Failed("left alone", IsTried: false);
        await EventFleet.SweepAsync(fleet);
        Assert.Equal(2, receiver.Attempts);
        Assert.Equal(2, await EventFleet.LeftAsync(fleet));

        receiver.Answer = null;
        fleet.Time.Advance(TimeSpan.FromHours(1));
        await EventFleet.SweepAsync(fleet);

        Assert.Equal(2, receiver.Taken.Count);
        Assert.Empty(await EventFleet.DeadAsync(fleet));
    }

    [Fact]
    public async Task What_is_refused_goes_to_the_dead_letters_at_once_and_holds_up_nothing()
    {
        var receiver = new Receiver();
        await using var fleet = await EventFleet.StartAsync(azurite, receiver, "data_in");
        var token = await fleet.One.ActivateAsync("sn-1").Ok();
        await fleet.One.WriteAsync(token, ("temp", "1")).Ok();
        receiver.Answer = _ => new DeliveryResult.Refused("no");
        await fleet.One.WriteAsync(token, ("temp", "2")).Ok();
        receiver.Answer = null;
        await fleet.One.WriteAsync(token, ("temp", "3")).Ok();

        await EventFleet.DrainedAsync(fleet);
        Assert.Equal(2, receiver.Taken.Count);
        Assert.Single(await EventFleet.DeadAsync(fleet));
        receiver.AssertOrdered();
    }

    [Fact]
    public async Task What_is_under_way_when_its_type_is_switched_off_is_delivered_and_writes_cost_nothing_from_then_on()
    {
        var receiver = new Receiver { Answer = _ => Down };
        await using var fleet = await EventFleet.StartAsync(azurite, receiver, "data_in");
        var token = await fleet.One.ActivateAsync("sn-1").Ok();
        await fleet.One.WriteAsync(token, ("temp", "1")).Ok();
        await EventFleet.SwitchAsync(fleet);
        Assert.Equal(1, await fleet.One.CountAsync(() => fleet.One.WriteAsync(token, ("temp", "2")).Ok()));
        await fleet.One.Get<OutboxDelivery>().StopAsync(Token);
        receiver.Answer = null;

        await EventFleet.SweepAsync(fleet);

        Assert.Equal(0, await EventFleet.LeftAsync(fleet));
        Assert.Contains("\"temp\":\"1\"", Assert.Single(receiver.Texts), StringComparison.Ordinal);
        Assert.Empty(await EventFleet.DeadAsync(fleet));
    }

    [Fact]
    public async Task What_is_under_way_when_the_destination_is_removed_goes_to_the_dead_letters()
    {
        var receiver = new Receiver { Answer = _ => Down };
        await using var fleet = await EventFleet.StartAsync(azurite, receiver, "data_in");
        var token = await fleet.One.ActivateAsync("sn-1").Ok();
        await fleet.One.WriteAsync(token, ("temp", "1")).Ok();
        await fleet.One.WriteAsync(token, ("temp", "2")).Ok();
        await fleet.PatchAsync("""{"events":{"destination":null}}""");
        await fleet.One.Get<OutboxDelivery>().StopAsync(Token);

        await EventFleet.SweepAsync(fleet);

        Assert.Equal(0, await EventFleet.LeftAsync(fleet));
        Assert.Equal(1, receiver.Attempts);
        Assert.Equal(2, (await EventFleet.DeadAsync(fleet)).Count);
    }

    [Fact]
    public async Task A_claim_that_nobody_uses_passes_to_the_next_commit_once_it_has_run_out()
    {
        var receiver = new Receiver { Before = static (_, cancelled) => Task.Delay(Timeout.Infinite, cancelled) };
        await using var fleet = await EventFleet.StartAsync(azurite, receiver, "data_in");
        var token = await fleet.One.ActivateAsync("sn-1").Ok();
        var stuck = fleet.Scale();
        var written = stuck.WriteAsync(token, ("temp", "1"));
        await Eventually.TrueAsync(() => receiver.Attempts == 1, "It is being delivered.");
        receiver.Before = null;
        await fleet.One.WriteAsync(token, ("temp", "2")).Ok();
        Assert.Empty(receiver.Taken);
        stuck.Probe.Interfere = static (_, _) => StorageFault.Refused;

        fleet.Time.Advance(TimeSpan.FromSeconds(61));
        await written.Ok();
        await fleet.One.WriteAsync(token, ("temp", "3")).Ok();

        await EventFleet.DrainedAsync(fleet);
        receiver.AssertOrdered();
        Assert.Equal(3, receiver.Taken.Count);
    }

    [Fact]
    public async Task A_delete_answers_and_lets_the_identity_be_used_again_while_nothing_can_be_delivered()
    {
        var receiver = new Receiver { Answer = _ => Down };
        await using var fleet = await EventFleet.StartAsync(azurite, receiver, "data_in", "provisioned", "deleted");
        await using var first = new Holder(fleet.Scale());
        var token = await first.One.ActivateAsync("sn-1").Ok();
        await TagTexts.ChangeAsync(fleet, first.One, "sn-1", TagTexts.Add("a=1")).Ok();
        await first.One.WriteAsync(token, ("temp", "1")).Ok();

        await first.One.DeleteAsync(fleet.Connector, "sn-1").Ok();
        Assert.False((await first.One.WriteAsync(token, ("temp", "2"))).TryGet(out _, out _));
        var other = await fleet.Scale().ActivateAsync("sn-1").Ok();
        await fleet.Scale().WriteAsync(other, ("temp", "3")).Ok();
        await first.One.Get<OutboxDelivery>().StopAsync(Token);
        Assert.Empty(receiver.Taken);
        receiver.Answer = null;
        await EventFleet.SweepAsync(fleet);

        await EventFleet.DrainedAsync(fleet);
        Assert.Equal([EventType.Provisioned, EventType.DataIn, EventType.Deleted, EventType.Provisioned, EventType.DataIn], receiver.Types);
        Assert.Contains("\"tags\":[]", receiver.Texts[^1], StringComparison.Ordinal);
        receiver.AssertOrdered();
        await fleet.One.DeleteAsync(fleet.Connector, "sn-1").Ok();
        await EventFleet.SweepAsync(fleet);
        Assert.Empty(await fleet.RowsAsync("devices"));
        Assert.Empty(await fleet.RowsAsync("todo"));
    }

    [Fact]
    public async Task What_a_deleted_device_left_goes_with_its_last_event()
    {
        var receiver = new Receiver { Answer = _ => Down };
        await using var fleet = await EventFleet.StartAsync(azurite, receiver, "deleted");
        await fleet.One.PutAsync(fleet.Connector, "sn-1", new IdentityChange()).Ok();
        await fleet.One.DeleteAsync(fleet.Connector, "sn-1").Ok();
        Assert.Equal(2, (await fleet.RowsAsync("devices")).Count);
        await fleet.AssertConsistentAsync();
        receiver.Answer = null;
        await ClaimedForAsync(fleet, 1);

        fleet.Time.Advance(TimeSpan.FromSeconds(1));

        await Eventually.TrueAsync(async () => (await fleet.RowsAsync("devices")).Count == 0, "Nothing is left.");
        Assert.Equal([EventType.Deleted], receiver.Types);
    }

    [Fact]
    public async Task A_connector_that_is_deleted_tells_nothing_and_leaves_nothing()
    {
        var receiver = new Receiver { Answer = _ => Down };
        await using var fleet = await EventFleet.StartAsync(azurite, receiver, "data_in", "deleted", "connect", "disconnect", "expired");
        await using var first = new Holder(fleet.Scale());
        var token = await first.One.ActivateAsync("sn-1").Ok();
        await TagTexts.ChangeAsync(fleet, first.One, "sn-1", TagTexts.Add("a=1")).Ok();
        await first.One.WriteAsync(token, ("temp", "1")).Ok();
        await first.One.PutAsync(fleet.Connector, "sn-2", new IdentityChange { Expire = fleet.Time.GetUnixMicros() + 1 }).Ok();
        await first.One.Get<OutboxDelivery>().StopAsync(Token);
        receiver.Answer = null;

        await fleet.One.Get<ConnectorDeletion>().DeleteAsync(fleet.Connector, Token).Ok();
        for (var i = 0; i < 4; i++)
        {
            await EventFleet.SweepAsync(fleet);
        }

        Assert.Empty(receiver.Taken);
        Assert.Empty(await fleet.RowsAsync("devices"));
        Assert.Empty(await fleet.RowsAsync("todo"));
    }

    [Fact]
    public async Task Devices_whose_receiver_does_not_answer_hold_up_no_sweep_of_those_of_which_nothing_is_left()
    {
        const int Stuck = 10;
        var receiver = new Receiver { Answer = _ => Down };
        await using var fleet = await EventFleet.StartAsync(azurite, receiver, "data_in");
        await using var writer = new Holder(fleet.Scale());
        for (var i = 0; i < 2 * Stuck; i++)
        {
            var token = await writer.One.ActivateAsync($"sn-{i}").Ok();
            receiver.Answer = i < Stuck ? _ => Down : null;
            await writer.One.WriteAsync(token, ("temp", "1")).Ok();
        }

        await writer.One.Get<OutboxDelivery>().StopAsync(Token);
        Assert.Equal(2 * Stuck, (await EventFleet.TodoAsync(fleet)).Count);
        var answers = new TaskCompletionSource();
        receiver.Before = (_, _) => answers.Task;

        var sweep = EventFleet.SweepAsync(fleet);

        await Eventually.TrueAsync(async () => (await EventFleet.TodoAsync(fleet)).Count == Stuck, "Rows of which nothing is left go.");
        Assert.InRange(receiver.Attempts, 2 * Stuck, (2 * Stuck) + 8);
        answers.SetResult();
        await sweep;
        Assert.Empty(await EventFleet.TodoAsync(fleet));
        Assert.Equal(2 * Stuck, receiver.Taken.Count);
    }

    [Fact]
    public async Task A_run_of_the_sweeper_ends_after_four_minutes_however_much_a_device_has_left_and_the_next_one_goes_on()
    {
        var receiver = new Receiver { Answer = _ => Down };
        await using var fleet = await EventFleet.StartAsync(azurite, receiver, "data_in");
        await using var writer = new Holder(fleet.Scale());
        await LeaveAsync(writer.One, 0, 1, 2, 3, 4);
        receiver.Answer = null;
        receiver.Before = (_, _) =>
        {
            fleet.Time.Advance(TimeSpan.FromMinutes(2));
            return Task.CompletedTask;
        };

        await EventFleet.SweepAsync(fleet);

        Assert.Equal(2, receiver.Taken.Count);
        Assert.Equal(3, await EventFleet.LeftAsync(fleet));
        Assert.Equal(["deliver"], await EventFleet.TodoAsync(fleet));
        Assert.Equal(0, (await EventFleet.HeadAsync(fleet, "sn-1"))!.ClaimedUntil);
        receiver.Before = null;
        fleet.Time.Advance(TimeSpan.FromMinutes(1));
        await fleet.Scale().Sweeper.RunAsync(Token);
        Assert.Equal(5, receiver.Taken.Count);
        receiver.AssertOrdered();
        Assert.Empty(await EventFleet.TodoAsync(fleet));
    }

    [Fact]
    public async Task A_write_whose_reply_was_lost_is_told_once_and_at_once_although_another_one_came_between()
    {
        var receiver = new Receiver();
        await using var fleet = await EventFleet.StartAsync(azurite, receiver, "data_in");
        var other = fleet.Scale();
        var token = await fleet.One.ActivateAsync("sn-1").Ok();
        await fleet.One.WriteAsync(token, ("temp", "1")).Ok();
        await other.WriteAsync(token, ("temp", "2")).Ok();
        await fleet.One.WriteAsync(token, ("temp", "3")).Ok();
        await EventFleet.DrainedAsync(fleet);
        fleet.One.Probe.After = async (_, request) =>
        {
            if (request.Uri.ToString().Contains("$batch", StringComparison.Ordinal))
            {
                fleet.One.Probe.After = null;
                await other.WriteAsync(token, ("temp", "5")).Ok();
                throw new IOException("The reply was lost (injected).");
            }
        };

        await fleet.One.WriteAsync(token, ("temp", "4")).Ok();

        await EventFleet.DrainedAsync(fleet);
        var told = receiver.Texts.Select(text => JsonDocument.Parse(text).RootElement.GetProperty("payload")[0].GetProperty("values").GetProperty("temp").GetString());
        Assert.Equal("1 2 3 4 5", string.Join(' ', told));
        receiver.AssertOrdered();
    }

    // Whoever waits to try again has said so on the head by then.
    private static Task ClaimedForAsync(Fleet fleet, int seconds) => Eventually.TrueAsync(
        async () => (await EventFleet.HeadAsync(fleet, "sn-1"))!.ClaimedUntil == fleet.Time.GetUnixMicros() + ((seconds + 60) * UnixTime.MicrosPerSecond), $"The claim holds {seconds} s longer.");

    // A device writes values, and the instance that took them stops with their events left.
    private static async Task LeaveAsync(Instance writer, params int[] values)
    {
        var token = await writer.ActivateAsync("sn-1").Ok();
        foreach (var value in values)
        {
            await writer.WriteAsync(token, ("temp", $"{value}")).Ok();
        }

        await writer.Get<OutboxDelivery>().StopAsync(Token);
    }

    private sealed class Holder(Instance instance) : IAsyncDisposable
    {
        public Instance One => instance;

        public async ValueTask DisposeAsync() => await instance.Get<OutboxDelivery>().StopAsync(CancellationToken.None);
    }
}
