using System.Text;
using Murano.Shared;
using Murano.Shared.Connectors;
using Murano.Shared.State;

namespace Murano.Unit.Tests.State;

public sealed class StateRulesTests
{
    private const long Now = 1_700_000_000_500_000;
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(60);

    private static ResourceDefinition Resource(bool settable = true, bool sync = true, string? initial = null)
    {
        Assert.True(Alias.TryParse("led", out var alias));
        return new ResourceDefinition { Alias = alias, Settable = settable, Sync = sync, Initial = initial };
    }

    private static StateValue Text(string text) => new(Encoding.UTF8.GetBytes(text), ValueKind.Text);

    private static string? Read(StateValue? value) => value is null ? null : Encoding.UTF8.GetString(value.Text.Span);

    /// <summary>Plays writes against one row as the store would apply them.</summary>
    private sealed class Row(ResourceDefinition definition)
    {
        private int _version;

        public StateRow? Stored { get; private set; }

        public long Clock { get; set; } = Now;

        public Row Device(string value, TimeSpan? guard = null) =>
            Apply(StateRules.DeviceWrites(definition, Stored?.ToHead(), Encoding.UTF8.GetBytes(value), Clock, guard ?? Guard));

        public Row Cloud(string value) =>
            Apply(StateRules.CloudSets(definition, Stored, Text(value), Clock, StateRules.NextStamp(Clock, Stored?.Stamp ?? 0)));

        public Row After(TimeSpan time)
        {
            Clock += (long)time.TotalMicroseconds;
            return this;
        }

        public long WaitsSince => StateRules.WaitsSince(definition, Stored);

        public string? Set => Read(StateRules.Present(definition, Stored));

        public string? Reported => Read(Stored?.Reported);

        public string? Pending => Read(Stored?.Pending);

        private Row Apply(StateWrite write)
        {
            Assert.Equal(Stored is null, write.Mode == StateWriteMode.Create || (write.Mode is StateWriteMode.Blind or StateWriteMode.Overwrite && Stored is null));
            var etag = $"{++_version}";
            Stored = write.Mode switch
            {
                StateWriteMode.ReportOnly => Stored! with { Reported = write.Row.Reported, ReportedAt = write.Row.ReportedAt, ETag = etag },
                StateWriteMode.Blind when Stored is not null => Stored with { Reported = write.Row.Reported, ReportedAt = write.Row.ReportedAt, ETag = etag },
                StateWriteMode.SetOnly => write.Row with { Reported = Stored!.Reported, ReportedAt = Stored.ReportedAt, ETag = etag },
                _ => write.Row with { ETag = etag },
            };
            return this;
        }
    }

    public sealed class A_device_writes
    {
        [Fact, Spec("a.7/6")]
        public void The_acknowledge_makes_both_equal()
        {
            var row = new Row(Resource()).Cloud("on").Device("on");

            Assert.Equal(("on", "on", null), (row.Set, row.Reported, row.Pending));
        }

        [Fact]
        public void A_late_acknowledge_of_the_command_before_leaves_the_new_command()
        {
            var row = new Row(Resource()).Cloud("A").Cloud("B").Device("A");

            Assert.Equal(("B", "A", "B"), (row.Set, row.Reported, row.Pending));
            Assert.Equal(("B", "B", null), (row.Device("B").Set, row.Reported, row.Pending));
        }

        [Fact]
        public void A_periodic_report_of_the_old_value_leaves_the_command()
        {
            var row = new Row(Resource()).Device("20").Cloud("25").Device("20");

            Assert.Equal(("25", "20"), (row.Set, row.Reported));
        }

        [Fact]
        public void A_late_report_of_the_initial_value_leaves_the_command()
        {
            var row = new Row(Resource(initial: "20")).Cloud("25").Device("20");

            Assert.Equal("25", row.Set);
        }

        [Fact]
        public void A_value_never_seen_before_wins_over_the_command()
        {
            var row = new Row(Resource()).Cloud("25").Device("30");

            Assert.Equal(("30", "30", null), (row.Set, row.Reported, row.Pending));
        }

        [Fact]
        public void The_old_value_wins_once_the_guard_has_passed()
        {
            var row = new Row(Resource()).Device("20").Cloud("25").After(Guard).Device("20");

            Assert.Equal(("20", null), (row.Set, row.Pending));
        }

        [Fact]
        public void Without_a_guard_the_device_always_wins()
        {
            var row = new Row(Resource()).Device("20").Cloud("25").Device("20", TimeSpan.Zero);

            Assert.Equal(("20", null), (row.Set, row.Pending));
        }

        [Fact]
        public void All_of_the_last_sixteen_replaced_values_are_recognised()
        {
            for (var late = 1; late <= StateRow.MaxReplaced; late++)
            {
                var row = new Row(Resource());
                for (var i = 0; i <= StateRow.MaxReplaced; i++)
                {
                    row.Cloud($"v{i}");
                }

                Assert.Equal($"v{StateRow.MaxReplaced}", row.Device($"v{StateRow.MaxReplaced - late}").Set);
            }
        }

        [Fact]
        public void Its_own_write_does_not_move_the_stamp_that_the_cloud_gave()
        {
            var row = new Row(Resource()).Cloud("on");
            var stamp = row.Stored!.Stamp;

            Assert.Equal(stamp, row.After(TimeSpan.FromSeconds(5)).Device("on").Stored!.Stamp);
            Assert.Equal(stamp, row.After(TimeSpan.FromSeconds(5)).Device("other").Stored!.Stamp);
        }

        [Fact]
        public void A_first_write_without_a_stamp_gets_the_present_one() => Assert.Equal(Now, new Row(Resource()).Device("on").Stored!.Stamp);

        [Fact]
        public void A_value_that_only_devices_write_is_written_whatever_is_there() =>
            Assert.Equal(StateWriteMode.Blind, StateRules.DeviceWrites(Resource(settable: false), null, "1"u8.ToArray(), Now, Guard).Mode);
    }

    public sealed class The_cloud_sets
    {
        [Fact, Spec("a.7/5")]
        public void A_settable_resource_reads_as_it_was_set()
        {
            var row = new Row(Resource()).Device("1").Cloud("2");

            Assert.Equal(("2", "1"), (row.Set, row.Reported));
        }

        [Fact, Spec("a.7/5")]
        public void Another_resource_reads_as_it_was_reported() => Assert.Equal("1", new Row(Resource(settable: false)).Device("1").Set);

        [Fact, Spec("a.7/7")]
        public void Without_sync_set_and_reported_are_always_equal()
        {
            var row = new Row(Resource(sync: false)).Device("1").Cloud("2");

            Assert.Equal(("2", "2", null), (row.Set, row.Reported, row.Pending));
        }

        [Fact]
        public void What_is_not_acknowledged_waits_since_it_was_set()
        {
            var row = new Row(Resource()).Device("1").After(TimeSpan.FromSeconds(1)).Cloud("2");

            Assert.Equal(Now + UnixTime.MicrosPerSecond, row.WaitsSince);
            Assert.Equal(0, row.After(TimeSpan.FromSeconds(1)).Device("2").WaitsSince);
        }

        [Fact]
        public void Nothing_waits_without_sync_or_where_nothing_is_settable_or_set()
        {
            var left = new StateRow { Alias = Resource().Alias, Reported = Text("1"), ReportedAt = Now, Pending = Text("2"), PendingAt = Now - 1 };

            Assert.Equal(0, new Row(Resource(sync: false)).Device("1").Cloud("2").WaitsSince);
            Assert.Equal(0, StateRules.WaitsSince(Resource(sync: false), left));
            Assert.Equal(0, StateRules.WaitsSince(Resource(settable: false), left));
            Assert.Equal(Now - 1, StateRules.WaitsSince(Resource(), left));
            Assert.Equal(0, StateRules.WaitsSince(Resource(initial: "7"), null));
        }

        [Fact]
        public void Nothing_set_reads_as_the_initial_value() => Assert.Equal("7", Read(StateRules.Present(Resource(initial: "7"), null)));
    }

    public sealed class A_poll_stamp
    {
        [Fact]
        public void Is_now_when_the_last_is_older_than_this_second() => Assert.Equal(Now, StateRules.NextStamp(Now, Now - UnixTime.MicrosPerSecond));

        [Fact]
        public void Of_ten_sets_in_one_second_differs_in_whole_seconds()
        {
            long stamp = 0;
            List<long> seconds = [];
            for (var i = 0; i < 10; i++)
            {
                stamp = StateRules.NextStamp(Now + i, stamp);
                seconds.Add(stamp / UnixTime.MicrosPerSecond);
            }

            Assert.Equal(10, seconds.Distinct().Count());
            Assert.Equal(seconds.Order(), seconds);
        }
    }
}
