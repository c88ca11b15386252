using System.Text;
using CsCheck;
using Murano.Shared.Connectors;
using Murano.Shared.State;

namespace Murano.Unit.Tests.State;

public sealed class RecordRulesTests
{
    private const long Now = 1_700_000_000_500_000;
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(60);

    [Fact, Spec("a.9/3")]
    public void A_future_time_is_clamped_to_now() => Assert.Equal(Now, Record(null, Now + 5)!.Value.Row.ReportedAt);

    [Fact, Spec("a.9/5")]
    public void What_is_older_than_the_report_is_not_written() =>
        Gen.Select(Gen.Long[0, 100], Gen.Long[0, 100]).Sample((stored, time) =>
            Assert.Equal(time < stored, Record(Row(reportedAt: Now - 100 + stored), Now - 100 + time) is null));

    [Fact, Spec("a.9/5")]
    public void A_point_from_before_a_command_never_touches_it() =>
        Gen.Select(Gen.Long[1, 1_000_000_000], Gen.Bool).Sample((before, equal) =>
            Assert.Equal(StateWriteMode.ReportOnly, Record(Row(pendingAt: Now), Now - before, equal ? "command" : "other")!.Value.Mode));

    [Fact]
    public void A_later_point_acknowledges_a_command() =>
        Assert.Equal(StateWriteMode.Replace, Record(Row(pendingAt: Now - 10), Now - 5, "command")!.Value.Mode);

    [Fact]
    public void Every_write_is_under_a_condition() =>
        Gen.Select(Gen.Bool, Gen.Bool, Gen.Long[0, 100]).Sample((settable, exists, time) =>
            Assert.NotEqual(StateWriteMode.Blind, Record(exists ? Row() : null, Now - time, settable: settable)!.Value.Mode));

    private static StateWrite? Record(StateRow? row, long time, string value = "x", bool settable = true) =>
        RecordRules.DeviceRecords(new ResourceDefinition { Alias = Name, Settable = settable }, row, new RecordedValue("led", time, Encoding.UTF8.GetBytes(value)), Now, Guard);

    private static Alias Name => Alias.TryParse("led", out var alias) ? alias : throw new InvalidOperationException();

    private static StateRow Row(long reportedAt = 0, long pendingAt = 0) => new()
    {
        Alias = Name,
        ETag = "1",
        Reported = reportedAt == 0 ? null : new StateValue("old"u8.ToArray(), ValueKind.Text),
        ReportedAt = reportedAt,
        Pending = pendingAt == 0 ? null : new StateValue("command"u8.ToArray(), ValueKind.Text),
        PendingAt = pendingAt,
        Stamp = pendingAt,
    };
}
