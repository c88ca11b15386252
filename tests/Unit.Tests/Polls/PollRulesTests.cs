using System.Text;
using CsCheck;
using Murano.Shared;
using Murano.Shared.Connectors;
using Murano.Shared.Polls;
using Murano.Shared.State;

namespace Murano.Unit.Tests.Polls;

public sealed class PollRulesTests
{
    private const long Second = UnixTime.MicrosPerSecond;
    private const long Now = 1_700_000_000_500_000;

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [Spec("a.8/4")]
    public void A_set_is_new_since_its_own_second(int seconds, bool isNew) =>
        Assert.Equal(isNew, PollRules.IsNewSince(Resource(), Row(stamp: Now, pending: "x"), (Now / Second) + seconds));

    [Fact]
    public void Without_a_time_nothing_that_is_there_is_new() =>
        Assert.False(PollRules.IsNewSince(Resource(), Row(stamp: Now, pending: "x"), null));

    [Fact, Spec("a.8/5")]
    public void Since_0_every_value_is_new()
    {
        Assert.True(PollRules.IsNewSince(Resource(sync: false), Row(reported: "x"), 0));
        Assert.True(PollRules.IsNewSince(Resource(settable: false), Row(reported: "x"), 0));
        Assert.True(PollRules.IsNewSince(Resource() with { Initial = "x" }, null, 0));
        Assert.False(PollRules.IsNewSince(Resource(), null, 0));
    }

    [Fact]
    public void Without_sync_nothing_is_new_since_any_other_time() =>
        Assert.False(PollRules.IsNewSince(Resource(sync: false), Row(reported: "x", stamp: Now), 1));

    [Fact]
    public void What_only_devices_write_is_new_by_the_time_of_its_report()
    {
        Assert.True(PollRules.IsNewSince(Resource(settable: false), Row(reported: "x"), Now / Second));
        Assert.False(PollRules.IsNewSince(Resource(settable: false), Row(reported: "x"), (Now / Second) + 1));
    }

    [Fact, Spec("a.8/8")]
    public void Only_the_clouds_sets_change_a_value_under_a_poll()
    {
        Assert.True(PollRules.IsChanged(Resource(), Row(stamp: Now + 1, pending: "x"), Now));
        Assert.True(PollRules.IsChanged(Resource(), Row(stamp: Now, pending: "x"), 0));
        Assert.False(PollRules.IsChanged(Resource(), Row(stamp: Now, reported: "x"), Now));
        Assert.False(PollRules.IsChanged(Resource(), Row(stamp: Now, reported: "x"), 0));
        Assert.False(PollRules.IsChanged(Resource(settable: false), Row(reported: "x"), 0));
        Assert.False(PollRules.IsChanged(Resource(sync: false), Row(reported: "x", stamp: Now), 0));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(10, 10)]
    [InlineData(300, 200)]
    [Spec("a.8/9")]
    public void Waits_are_clamped(int asked, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), PollRules.Wait(TimeSpan.FromSeconds(asked), TimeSpan.FromSeconds(200)));

    [Theory]
    [InlineData(PollSignals.None, 0, null)]
    [InlineData(PollSignals.Set, 0, 0.5)]
    [InlineData(PollSignals.Access, 1, 2.0)]
    [InlineData(PollSignals.Set | PollSignals.LookAgain, 2, 5.0)]
    [InlineData(PollSignals.Set, 3, null)]
    [InlineData(PollSignals.Set | PollSignals.End, 0, null)]
    [InlineData(PollSignals.LookAgain, 0, 5.0)]
    [InlineData(PollSignals.LookAgain, 1, 10.0)]
    [InlineData(PollSignals.LookAgain, 2, 20.0)]
    [InlineData(PollSignals.LookAgain, 3, 25.0)]
    [InlineData(PollSignals.LookAgain, 100, 25.0)]
    public void A_look_that_failed_is_made_again_or_ends_the_poll(object heard, int failed, double? seconds) =>
        Assert.Equal(seconds, PollRules.RestAfter((PollSignals)heard, failed, TimeSpan.FromSeconds(25))?.TotalSeconds);

    [Fact, Spec("a.8/4")]
    public void No_later_set_falls_into_a_second_that_was_named() =>
        Gen.Select(Gen.Long[1, 20 * Second], Gen.Long[0, 20 * Second], Gen.Long[0, 3 * Second], Gen.Long[0, 3 * Second]).Sample((newest, pollStamp, ago, later) =>
        {
            var now = Math.Max(0, Math.Max(newest, pollStamp) - ago); // stamps may run ahead of the clock
            var named = PollRules.LastModified(newest, pollStamp, now);

            Assert.True(StateRules.NextStamp(now + later, pollStamp) / Second > named || named == 0);
            Assert.True(named <= newest / Second);
        });

    [Fact]
    public void Of_the_cloud_s_own_stamps_the_second_is_named() =>
        Gen.Long[1, 20 * Second].Sample(stamp => Assert.Equal(stamp / Second, PollRules.LastModified(stamp, stamp, stamp)));

    private static ResourceDefinition Resource(bool settable = true, bool sync = true)
    {
        Assert.True(Alias.TryParse("led", out var alias));
        return new ResourceDefinition { Alias = alias, Settable = settable, Sync = sync };
    }

    private static StateRow Row(string? reported = null, string? pending = null, long stamp = 0) => new()
    {
        Alias = Resource().Alias,
        Reported = Value(reported),
        ReportedAt = reported is null ? 0 : Now,
        Pending = Value(pending),
        PendingAt = pending is null ? 0 : Now,
        Stamp = stamp,
    };

    private static StateValue? Value(string? text) => text is null ? null : new StateValue(Encoding.UTF8.GetBytes(text), ValueKind.Text);
}
