using System.Text;
using Murano.Integration.Tests.Infrastructure;
using Murano.Shared;
using Murano.Shared.Events;
using Murano.Shared.Storage;

namespace Murano.Integration.Tests.Events;

/// <summary>Storage fails at each request of a write, its delivery and a sweep in turn: what is stored is told at least once, in order; what is not is not told.</summary>
public sealed class DeliveryFaultTests(AzuriteFixture azurite)
{
    private const int SdkTries = 3;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<StorageFault, int> Faults => new()
    {
        { StorageFault.LostReply, 1 },
        { StorageFault.LostReply, SdkTries },
        { StorageFault.Refused, 1 },
        { StorageFault.Refused, SdkTries },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_write_and_its_delivery(StorageFault fault, int times)
    {
        var receiver = new Receiver();
        await using var fleet = await EventFleet.StartAsync(azurite, receiver, "data_in", "connect", "disconnect");
        for (var n = 1; ; n++)
        {
            var identity = $"sn-{n}";
            var token = await fleet.One.ActivateAsync(identity).Ok();
            var instance = fleet.Scale();
            var hit = await BreakAsync(instance, fault, n, times, async () =>
            {
                var outcome = await TryAsync(() => instance.WriteAsync(token, ("led", "1")));
                return outcome && await TryAsync(() => instance.WriteAsync(token, ("led", "2")));
            });
            var stored = await fleet.One.StateAsync(fleet.Connector, identity).Ok();
            await EventFleet.SweepAsync(fleet);

            Assert.Equal(0, await EventFleet.LeftAsync(fleet));
            receiver.AssertOrderedAgain();
            var told = receiver.Texts.Where(text => text.Contains($"\"{identity}\"", StringComparison.Ordinal) && text.Contains("\"led\"", StringComparison.Ordinal)).ToList();
            if (stored.SingleOrDefault() is { Reported: { } value })
            {
                Assert.Contains($"\"led\":\"{Encoding.UTF8.GetString(value.Text.Span)}\"", told[^1], StringComparison.Ordinal);
            }
            else
            {
                Assert.Empty(told);
            }

            if (!hit)
            {
                Assert.InRange(n, 6, 40);
                return;
            }
        }
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_sweep(StorageFault fault, int times)
    {
        var receiver = new Receiver { Answer = _ => new DeliveryResult.Failed("down") };
        await using var fleet = await EventFleet.StartAsync(azurite, receiver, "data_in", "deleted");
        for (var n = 1; ; n++)
        {
            var identity = $"sn-{n}";
            var writer = fleet.Scale();
            receiver.Answer = _ => new DeliveryResult.Failed("down");
            var token = await writer.ActivateAsync(identity).Ok();
            await writer.WriteAsync(token, ("temp", "1")).Ok();
            await writer.WriteAsync(token, ("temp", "2")).Ok();
            await writer.DeleteAsync(fleet.Connector, identity).Ok();
            await writer.Get<OutboxDelivery>().StopAsync(Token);
            receiver.Answer = null;
            var before = receiver.Taken.Count;
            fleet.Time.Advance(EventFleet.PastDue);
            var sweeper = fleet.Scale();

            // Requests for what is due come first; those of the shards alone are of no interest.
            var hit = await BreakAsync(sweeper, fault, n, times, () => TryAsync(async () =>
            {
                await sweeper.Sweeper.RunAsync(Token);
                return Done.Instance;
            }), skip: "todo()");
            await EventFleet.SweepAsync(fleet);
            await EventFleet.SweepAsync(fleet);

            Assert.Equal(0, await EventFleet.LeftAsync(fleet));
            receiver.AssertOrderedAgain();
            Assert.Equal(3, receiver.Taken.Skip(before).Where(taken => string.Equals(taken.Device.Identity.Value, identity, StringComparison.Ordinal)).Select(taken => taken.Sequence).Distinct().Count());
            if (!hit)
            {
                Assert.InRange(n, 6, 40);
                Assert.Empty(await fleet.RowsAsync("devices"));
                return;
            }
        }
    }

    // Whether there was such a request.
    private static async Task<bool> BreakAsync(Instance instance, StorageFault fault, int first, int times, Func<Task<bool>> action, string? skip = null)
    {
        await instance.Connectors.FindOnlyAsync(Token);
        var counted = 0;
        var hit = false;
        instance.Probe.Interfere = (_, request) =>
        {
            var path = request.Uri.ToString();
            if (path.Contains("connectors", StringComparison.Ordinal) || (skip is not null && path.Contains(skip, StringComparison.Ordinal)))
            {
                return StorageFault.None;
            }

            var number = Interlocked.Increment(ref counted);
            var isHit = number >= first && number < first + times;
            hit |= isHit;
            return isHit ? fault : StorageFault.None;
        };
        await action();
        await instance.Get<OutboxDelivery>().StopAsync(Token);
        instance.Probe.Reset();
        return hit;
    }

    private static async Task<bool> TryAsync(Func<Task<Outcome<Done>>> action)
    {
        try
        {
            return (await action()).TryGet(out _, out _);
        }
        catch (StorageUnavailableException)
        {
            return false;
        }
    }
}
