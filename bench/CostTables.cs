using System.Globalization;
using static Murano.Bench.CostTable;

namespace Murano.Bench;

/// <summary>All tables of docs/costs.md, from the model.</summary>
internal static class CostTables
{
    private const decimal Small = 0.5m;
    private const decimal Usual = 2m;
    private const decimal Large = 4m;

    private static readonly decimal[] Fleets = [100, 1_000, 10_000, 100_000];
    private static readonly (string Name, decimal Gb)[] Sizes = [("512 MB", Small), ("2 GB", Usual), ("4 GB", Large)];
    private static readonly (string Name, decimal Seconds)[] Intervals = [("10 s", 10), ("1 min", 60), ("5 min", 300), ("15 min", 900), ("1 h", 3600)];
    private static readonly (string Name, decimal Seconds)[] EventIntervals = [("1 min", 60), ("5 min or less often", 300)];

    /// <summary>In the order of the document.</summary>
    public static IReadOnlyList<CostTable> All { get; } =
    [
        new("idle", "An installation that nobody uses, a month", Idle()),
        new("writes", "A million writes", Writes()),
        new("device", "One device of a large fleet, a month, the free grants used up", Devices()),
        new("fleets", "Fleets that write once a minute, a month, instances of 2 GB", FleetRows(60, Usual)),
        new("fleets-small", "The same with instances of 512 MB", FleetRows(60, Small)),
        new("fleets-slow", "Fleets that write every 15 minutes, a month, instances of 2 GB", FleetRows(900, Usual)),
        new("others", "The same messages elsewhere, a month", Others()),
        new("listening", "One device that listens all month, at a full instance of 2 GB", Listening()),
        new("listeners", $"Devices that listen all month, {Number(CostFigures.PollsPerInstance)} to an instance of 2 GB", Listeners()),
        new("instances", "One instance, a month", Instances()),
        new("log", "A live log that is watched all day by one", Log()),
        new("events", "What delivering data_in adds to a million writes", Events()),
        new("telemetry", "Telemetry, a month", Telemetry()),
        new("bounds", "The most that instances for requests can cost, a month", Bounds()),
        new("figures", "What the product and the platform do", Figures()),
        new("prices", "Prices", Prices()),
    ];

    /// <summary>A fleet of one's own.</summary>
    public static CostTable Own(decimal devices, decimal interval) => new(
        "own",
        $"{Number(devices)} devices that write every {Number(interval)} s, a month",
        [Head("instances of"), .. Sizes.Select(size => Row(size.Name, CostModel.Fleet(devices, interval, size.Gb)))]);

    private static IReadOnlyList<IReadOnlyList<string>> Idle() =>
    [
        ["what", "how much", "a month"],
        ["timer, time of instances of 2 GB", $"{Number(CostModel.TimerRuns)} runs of {Number(CostFigures.ShortestBilling)} s: {Number(CostModel.TimerRuns * CostFigures.ShortestBilling * Usual)} GB-s of {Number(CostPrices.FreeGbSeconds)} free ones", Dollars(0)],
        ["timer, executions", $"{Number(CostModel.TimerRuns)} of {Number(CostPrices.FreeExecutions)} free ones", Dollars(0)],
        ["timer, table requests", Number(CostModel.TimerRuns * CostFigures.SweeperRequests), Dollars(CostModel.TimerTables)],
        ["timer, blob requests of the host", Number(CostModel.TimerRuns * (CostFigures.TimerBlobWrites + CostFigures.TimerBlobReads)), Dollars(CostModel.TimerBlobs)],
        ["Web PubSub Free", "", Dollars(0)],
        ["Log Analytics, up to 5 GB", "", Dollars(0)],
        ["**without alert rules**", "", Dollars(CostModel.TimerTables + CostModel.TimerBlobs)],
        ["alert rules", $"{Number(CostFigures.LogAlerts)} over logs, {Number(CostFigures.MetricSeries)} time series", Dollars(CostModel.Alerts)],
        ["**with alert rules**", "", Dollars(CostModel.TimerTables + CostModel.TimerBlobs + CostModel.Alerts)],
    ];

    private static IReadOnlyList<IReadOnlyList<string>> Writes() =>
    [
        ["a million writes", "time of instances", "executions", "table requests", "traffic", "together"],
        ["on busy instances", .. Parts(CostModel.BusyWrites).Select(Dollars)],
        ["each alone, 512 MB", .. Parts(CostModel.LoneWrites(Small)).Select(Dollars)],
        ["each alone, 2 GB", .. Parts(CostModel.LoneWrites(Usual)).Select(Dollars)],
    ];

    private static decimal[] Parts(CostWrites writes) => [writes.Compute, writes.Executions, writes.Storage, writes.Traffic, writes.Total];

    private static IReadOnlyList<IReadOnlyList<string>> Devices() =>
    [
        ["one write in", "writes", "time of instances", "executions", "table requests", "traffic", "together"],
        .. Intervals.Select(interval =>
        {
            var writes = CostFigures.Month / interval.Seconds;
            var cost = CostModel.BusyWrites with { Storage = CostModel.WriteRequests(interval.Seconds, 1) * CostPrices.TableOperations.Amount };
            return (string[])[interval.Name, Number(writes), .. Parts(cost).Select(part => Dollars(part * writes / 1_000_000m))];
        }),
    ];

    private static string[] Head(string first) => [first, "instances", "time of instances", "executions", "storage", "traffic", "alert rules", "together", "each device", "together, if each write connects anew"];

    private static string[] Row(string first, CostFleet fleet) =>
    [
        first, Number(fleet.Instances), Dollars(fleet.Compute), Dollars(fleet.Executions), Dollars(fleet.Storage), Dollars(fleet.Traffic), Dollars(fleet.Alerts), Dollars(fleet.Total),
        Dollars(fleet.Total / fleet.Devices), Dollars(fleet.TotalAnew),
    ];

    private static IReadOnlyList<IReadOnlyList<string>> FleetRows(decimal interval, decimal gb) => [Head("devices"), .. Fleets.Select(devices => Row(Number(devices), CostModel.Fleet(devices, interval, gb)))];

    private static IReadOnlyList<IReadOnlyList<string>> Others() =>
    [
        ["devices, one message a minute", "messages", "here, 2 GB", "IoT Hub, cheapest units", "AWS IoT Core, connected"],
        .. Fleets.Select(devices => CostModel.Fleet(devices, 60, Usual)).Select(fleet => (string[])
            [Number(fleet.Devices), Number(fleet.Writes), Dollars(fleet.Total), Dollars(CostModel.IotHub(fleet.Writes)), Dollars(CostModel.Aws(fleet.Devices, fleet.Writes))]),
    ];

    private static IReadOnlyList<IReadOnlyList<string>> Listening() =>
    [
        ["polls of an instance", "share of it, on demand", "share of it, always ready", "executions, table requests", "together, on demand", "together, always ready", "asking in this interval costs the same"],
        .. ((decimal[])[100, 200, 400, 800]).Select(polls => (string[])
        [
            Number(polls), Dollars(CostModel.OnDemand(Usual) / polls), Dollars(CostModel.AlwaysReady(Usual, 1) / polls), Dollars(CostModel.ListeningOwn),
            Dollars(CostModel.OnDemand(Usual) / polls + CostModel.ListeningOwn), Dollars(CostModel.AlwaysReady(Usual, 1) / polls + CostModel.ListeningOwn),
            $"{Number(CostModel.ListeningInterval(Usual, polls), 1)} s",
        ]),
    ];

    private static IReadOnlyList<IReadOnlyList<string>> Listeners() =>
    [
        ["devices", "instances", "on demand", "always ready", "each device, on demand"],
        .. ((decimal[])[1, 100, CostFigures.PollsPerInstance, 10_000, 100_000]).Select(devices =>
        {
            var (instances, own) = (Math.Ceiling(devices / CostFigures.PollsPerInstance), devices * CostModel.ListeningOwn);
            var demand = instances * CostModel.OnDemand(Usual) + own;
            return (string[])[Number(devices), Number(instances), Dollars(demand), Dollars(instances * CostModel.AlwaysReady(Usual, 1) + own), Dollars(demand / devices)];
        }),
    ];

    private static IReadOnlyList<IReadOnlyList<string>> Instances() =>
    [
        ["memory", "on demand, all month", "always ready, all month", "always ready, at rest", "always ready is cheaper from"],
        .. Sizes.Select(size => (string[])
            [size.Name, Dollars(CostModel.OnDemand(size.Gb)), Dollars(CostModel.AlwaysReady(size.Gb, 1)), Dollars(CostModel.AlwaysReady(size.Gb, 0)), $"{Number(100 * CostModel.BreakEven)} % of the time"]),
    ];

    private static IReadOnlyList<IReadOnlyList<string>> Log() =>
    [
        ["writes a second that are watched", "messages a day", "Free lasts", "Standard units", "Standard, a month"],
        .. ((decimal[])[0.1m, 1, 10, 20]).Select(rate =>
        {
            var messages = rate * 86_400;
            return (string[])
            [
                Number(rate, 1), Number(messages), messages <= CostPrices.FreeMessages ? "all day" : $"{Number(CostPrices.FreeMessages / rate / 3600, 1)} h", "1",
                Dollars(CostModel.WebPubSub(messages, 1)),
            ];
        }),
    ];

    private static IReadOnlyList<IReadOnlyList<string>> Events() =>
    [
        ["each device writes every", "table requests more", "cost"],
        .. EventIntervals.Select(interval => (string[])
            [interval.Name, Number(CostModel.EventRequests(interval.Seconds)), Dollars(CostModel.EventRequests(interval.Seconds) / 1_000_000m * CostPrices.TableOperations.Amount)]),
    ];

    private static IReadOnlyList<IReadOnlyList<string>> Telemetry() =>
    [
        ["telemetry a day", "GB", "a month"],
        .. ((decimal[])[0.1m, 1, 5, 10]).Select(gb => (string[])[$"{Number(gb, 1)} GB", Number(gb * CostFigures.Days), Dollars(CostModel.Telemetry(gb * CostFigures.Days))]),
        ["1 KB for each of a million requests, beyond the free 5 GB", "1", Dollars(CostPrices.LogIngestion.Amount)],
    ];

    private static IReadOnlyList<IReadOnlyList<string>> Bounds() =>
    [
        ["`MURANO_MAXIMUM_INSTANCES`", "512 MB", "2 GB", "4 GB"],
        .. ((decimal[])[1, 10, 40, 100]).Select(count => (string[])[Number(count), Dollars(count * CostModel.OnDemand(Small)), Dollars(count * CostModel.OnDemand(Usual)), Dollars(count * CostModel.OnDemand(Large))]),
    ];

    private static IReadOnlyList<IReadOnlyList<string>> Figures() =>
    [
        ["what", "figure", "how it is known"],
        ["month", $"{Number(CostFigures.Days)} days, {Number(CostFigures.Month)} s", ""],
        ["shortest time for which an instance is paid", $"{Number(CostFigures.ShortestBilling)} s", "documents of Azure"],
        ["processor time of a write in the app", $"{Number(CostFigures.AppProcessor * 1_000_000)} µs", "measured: `bench path 5000`, the worst of three rounds, load generator included"],
        ["processor time of a request in the Functions host", $"{Number(CostFigures.HostProcessor * 1_000_000)} µs", "measured elsewhere: 4,700 requests a second on two cores"],
        ["cores of an instance", $"{Number(CostFigures.CoresPerGb, 1)} for each GB", "documents of Azure"],
        ["load at which there is one more instance", $"{Number(100 * CostFigures.Load)} %", "assumed"],
        ["table requests of a write", $"{Number(CostFigures.Requests)}; {Number(CostFigures.ColdRequests)} more after {Number(CostFigures.CredentialKnown / 60)} minutes without one, and {Number(CostFigures.HourlyRequests)} in an hour, both for each instance", "counted: [storage-schema.md](storage-schema.md#requests-to-storage)"],
        ["table requests of an event", $"{Number(CostFigures.EventRequests)}, and {Number(CostFigures.EventGuardRequests)} in five minutes", "counted, likewise"],
        ["table requests of the timer, every five minutes", Number(CostFigures.SweeperRequests), "counted, likewise"],
        ["blob requests of the host for a run of the timer", $"{Number(CostFigures.TimerBlobWrites)} writes, {Number(CostFigures.TimerBlobReads)} reads", "assumed"],
        ["a poll", $"{Number(CostFigures.PollWait)} s, {Number(CostModel.PollLooks)} looks, {Number(CostModel.PollsPerMonth)} a month", "settings `LongPoll__MaxWait`, `LongPoll__LookAgain`"],
        ["rows of a device", $"{Number(CostFigures.DeviceData * 1_000_000)} KB", "assumed"],
        ["traffic of a reply", $"{Number(CostFigures.ReplyTraffic * 1_000_000_000)} bytes", "assumed"],
        ["traffic of a new connection", $"{Number(CostFigures.HandshakeTraffic * 1_000_000_000)} bytes", "assumed"],
    ];

    private static IReadOnlyList<IReadOnlyList<string>> Prices() =>
    [
        ["what", "USD", "for each", "where from"],
        .. CostPrices.All.Select(price => (string[])[price.Meter, price.Amount.ToString(CultureInfo.InvariantCulture), price.Unit, price.Source]),
    ];
}
