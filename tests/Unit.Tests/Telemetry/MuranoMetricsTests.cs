using System.Diagnostics.Metrics;
using Murano.Shared.Telemetry;

namespace Murano.Unit.Tests.Telemetry;

/// <summary>Each instrument by itself: what moves it, with which tags; and what it costs.</summary>
public sealed class MuranoMetricsTests
{
    [Theory]
    [InlineData("murano.requests", "operation=Device_State_Read status=200", 1)]
    [InlineData("murano.requests", "operation=Health_Ready status=503", 1)]
    [InlineData("murano.requests", "operation=Odd status=999", 1)]
    [InlineData("murano.requests.duration", "operation=Device_State_Read", 0.25)]
    [InlineData("murano.refusals", "api=device reason=locked", 1)]
    [InlineData("murano.refusals", "api=operator reason=role", 1)]
    [InlineData("murano.logons.failed", "api=device", 2)]
    [InlineData("murano.logons.failed", "api=operator", 1)]
    [InlineData("murano.storage.requests", "service=table outcome=ok", 1)]
    [InlineData("murano.storage.requests", "service=blob outcome=throttled", 1)]
    [InlineData("murano.storage.duration", "service=table", 0.5)]
    [InlineData("murano.polls.held", "", 1)]
    [InlineData("murano.wakes.sent", "", 1)]
    [InlineData("murano.wakes.heard", "", 1)]
    [InlineData("murano.wakes.waiting", "", 2)]
    [InlineData("murano.events.delivered", "", 1)]
    [InlineData("murano.events.failed", "", 1)]
    [InlineData("murano.events.dead_letters", "", 1)]
    [InlineData("murano.log.dropped", "", 7)]
    public void Each_instrument_is_moved_by_what_it_is_for(string instrument, string tags, double expected)
    {
        using var probe = new MetricProbe();
        MoveAll(probe.NewMetrics());

        Assert.Equal(expected, probe.Sum(instrument, tags));
    }

    [Fact]
    public void No_instrument_is_left_unmoved()
    {
        using var probe = new MetricProbe();
        MoveAll(probe.NewMetrics());

        Assert.Equal(probe.Instruments.Select(one => one.Name).Order(StringComparer.Ordinal), probe.All.Select(one => one.Instrument).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Each_has_a_unit_and_a_meaning()
    {
        using var probe = new MetricProbe();
        _ = probe.NewMetrics();

        Assert.NotEmpty(probe.Instruments);
        Assert.All(probe.Instruments, one => Assert.Matches("^(s|\\{[a-z]+\\})$", one.Unit));
        Assert.All(probe.Instruments, one => Assert.EndsWith(".", one.Description, StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_is_put_on_the_heap_whether_anybody_listens_or_not()
    {
        using var listener = new MeterListener();
        var heard = 0;
        var metrics = MetricProbe.Unheard;
        listener.InstrumentPublished = (instrument, all) =>
        {
            if (instrument.Meter.Name.Equals("Murano", StringComparison.Ordinal))
            {
                all.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, _, _, _) => heard++);
        listener.SetMeasurementEventCallback<double>((_, _, _, _) => heard++);

        Assert.Equal(0, Allocated(metrics));
        Assert.Equal(0, heard);
        listener.Start();
        Assert.Equal(0, Allocated(metrics));
        Assert.NotEqual(0, heard);
    }

    [Fact]
    public void Who_asks_hears_whether_anybody_listens()
    {
        var unheard = MetricProbe.Unheard;
        using var probe = new MetricProbe();
        var heard = probe.NewMetrics();

        Assert.True(heard.CountsRequests && heard.CountsStorage);
        Assert.False(unheard.CountsRequests || unheard.CountsStorage);
    }

    private static long Allocated(MuranoMetrics metrics)
    {
        MoveAll(metrics); // the first time makes what is kept
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            metrics.Answered("Device_State_Write", 204, TimeSpan.FromMilliseconds(3));
            metrics.Refused(ApiSide.Device, "locked");
            metrics.LogOnFailed(ApiSide.Device);
            metrics.AskedStorage("table", "ok", TimeSpan.FromMilliseconds(2));
            metrics.PollsChanged(1);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static void MoveAll(MuranoMetrics metrics)
    {
        metrics.Answered("Device_State_Read", 200, TimeSpan.FromSeconds(0.25));
        metrics.Answered("Health_Ready", 503, TimeSpan.Zero);
        metrics.Answered("Odd", 999, TimeSpan.Zero);
        metrics.Refused(ApiSide.Device, "locked");
        metrics.Refused(ApiSide.Operator, "role");
        metrics.LogOnFailed(ApiSide.Device);
        metrics.LogOnFailed(ApiSide.Device);
        metrics.LogOnFailed(ApiSide.Operator);
        metrics.AskedStorage("table", "ok", TimeSpan.FromSeconds(0.5));
        metrics.AskedStorage("blob", "throttled", TimeSpan.FromSeconds(0.25));
        metrics.PollsChanged(2);
        metrics.PollsChanged(-1);
        metrics.WakeSent();
        metrics.WakeHeard();
        metrics.WakesWaitingChanged(3);
        metrics.WakesWaitingChanged(-1);
        metrics.EventDelivered();
        metrics.EventFailed();
        metrics.EventBuried();
        metrics.LogDropped(7);
    }
}
