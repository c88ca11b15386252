using Murano.Bench;

namespace Murano.Unit.Tests.Deployment;

public static class CostModelTests
{
    public sealed class OneInstance
    {
        [Theory]
        [InlineData("0.5", "33.696", "25.92", "5.184")]
        [InlineData(2, "134.784", "103.68", "20.736")]
        public void Costs_by_memory_and_time(decimal gb, decimal demand, decimal ready, decimal rest)
        {
            Assert.Equal(demand, CostModel.OnDemand(gb));
            Assert.Equal(ready, CostModel.AlwaysReady(gb, 1));
            Assert.Equal(rest, CostModel.AlwaysReady(gb, 0));
        }

        [Fact]
        public void Is_cheaper_always_ready_from_a_share_of_time_on()
        {
            Assert.Equal(0.4m, CostModel.BreakEven);
            Assert.Equal(CostModel.OnDemand(2) * CostModel.BreakEven, CostModel.AlwaysReady(2, CostModel.BreakEven));
        }
    }

    public sealed class InstanceSeconds
    {
        [Theory]
        [InlineData("0.000001")]
        [InlineData("0.01")]
        [InlineData(1)]
        [InlineData(500)]
        [InlineData(100000)]
        public void Never_exceed_the_month_of_the_instances(decimal rate)
        {
            var instances = CostModel.Instances(rate, 2);

            Assert.InRange(CostModel.InstanceSeconds(rate, 2), 0, instances * CostFigures.Month);
        }

        [Fact]
        public void Are_a_second_for_each_request_that_comes_alone()
        {
            var requests = 30m; // one a day

            Assert.InRange(CostModel.InstanceSeconds(requests / CostFigures.Month, 2), 0.999m * requests, requests);
        }

        [Fact]
        public void Grow_with_requests_and_instances_with_load()
        {
            decimal[] rates = [0.01m, 0.1m, 1, 10, 100, 1_000, 10_000];
            var seconds = rates.Select(rate => CostModel.InstanceSeconds(rate, 2)).ToList();

            Assert.Equal(seconds.Order(), seconds);
            Assert.Equal(1, CostModel.Instances(100, 2));
            Assert.InRange(CostModel.Instances(10_000, 0.5m), 4 * CostModel.Instances(10_000, 2) - 4, 4 * CostModel.Instances(10_000, 2));
        }
    }

    public sealed class Fleet
    {
        [Fact]
        public void That_does_nothing_costs_what_an_idle_installation_costs()
        {
            var fleet = CostModel.Fleet(1, CostFigures.Month, 2);

            Assert.Equal((0, 0, 0), (fleet.Compute, fleet.Executions, fleet.Traffic));
            Assert.InRange(fleet.Total, CostModel.TimerTables + CostModel.TimerBlobs + CostModel.Alerts, CostModel.TimerTables + CostModel.TimerBlobs + CostModel.Alerts + 0.001m);
        }

        [Fact]
        public void Pays_executions_beyond_the_free_ones()
        {
            var fleet = CostModel.Fleet(10, 60, 2);

            Assert.Equal(432_000, fleet.Writes);
            Assert.Equal((432_000 + 8_640 - 250_000) * 0.4m / 1_000_000, fleet.Executions);
        }

        [Fact]
        public void Is_the_sum_of_its_parts()
        {
            var fleet = CostModel.Fleet(100_000, 60, 2);

            Assert.Equal(fleet.Compute + fleet.Executions + fleet.Storage + fleet.Traffic + fleet.Alerts, fleet.Total);
            Assert.True(fleet.TotalAnew > fleet.Total);
        }
    }

    public sealed class WriteRequests
    {
        [Theory]
        [InlineData(60, 1, "1.05")]
        [InlineData(60, 3, "1.15")]
        [InlineData(600, 1, "1.5")]
        [InlineData(601, 1, "2.500833333333333333333333333")]
        [InlineData(300, 3, "2.75")]
        [InlineData(3600, 1, 5)]
        [InlineData(86400, 5, 5)]
        public void Are_more_for_devices_that_an_instance_seldom_meets(decimal interval, decimal instances, decimal requests) =>
            Assert.Equal(requests, CostModel.WriteRequests(interval, instances), precision: 6);
    }

    public sealed class Listening
    {
        [Fact]
        public void Looks_at_the_beginning_and_after_each_interval() => Assert.Equal((9, 12_960), (CostModel.PollLooks, CostModel.PollsPerMonth));

        [Fact]
        public void Costs_as_much_as_asking_in_the_interval_that_is_told()
        {
            var interval = CostModel.ListeningInterval(2, 400);
            var asking = CostFigures.Month / interval * CostModel.BusyWrites.Total / 1_000_000;

            Assert.Equal(CostModel.OnDemand(2) / 400 + CostModel.ListeningOwn, asking, precision: 6);
        }
    }

    public sealed class Others
    {
        [Theory]
        [InlineData(1, 25)]
        [InlineData(12_000_000, 25)]
        [InlineData(12_000_001, 50)]
        [InlineData(120_000_001, 250)]
        [InlineData(320_000_000, 500)]
        [InlineData(9_000_000_000, 2500)]
        public void IoT_Hub_is_the_cheapest_of_its_tiers(decimal messages, decimal price) => Assert.Equal(price, CostModel.IotHub(messages));

        [Fact]
        public void AWS_counts_minutes_and_messages()
        {
            Assert.Equal(0.003456m, CostModel.Aws(1, 0));
            Assert.Equal(1, CostModel.Aws(0, 1_000_000));
            Assert.Equal(1_000 + 800, CostModel.Aws(0, 2_000_000_000));
        }
    }

    public sealed class Telemetry
    {
        [Theory]
        [InlineData(5, 0)]
        [InlineData(6, "2.30")]
        public void Is_free_up_to_the_grant(decimal gb, decimal price) => Assert.Equal(price, CostModel.Telemetry(gb));
    }

    public sealed class WebPubSub
    {
        [Theory]
        [InlineData(1_000_000, 1, "48.30")]
        [InlineData(2_000_000, 1, "78.30")]
        [InlineData(2_000_000, 2, "96.60")]
        public void Is_units_and_what_exceeds_their_messages(decimal messages, decimal units, decimal price) => Assert.Equal(price, CostModel.WebPubSub(messages, units));
    }

    public sealed class Text
    {
        [Theory]
        [InlineData(0, "$0.00")]
        [InlineData("0.0000189", "$0.000019")]
        [InlineData("0.0173", "$0.0173")]
        [InlineData(1, "$1.00")]
        [InlineData("134.784", "$134.78")]
        [InlineData("26956.8", "$26,956.80")]
        public void Of_sums_has_the_digits_that_tell_something(decimal amount, string text) => Assert.Equal(text, CostTable.Dollars(amount));
    }
}
