namespace Murano.Bench;

/// <summary>What an installation costs in a month of 30 days, in US dollars: arithmetic over <see cref="CostPrices"/> and <see cref="CostFigures"/>, exact and without I/O.</summary>
internal static class CostModel
{
    /// <summary>Runs of the timer in a month.</summary>
    public static decimal TimerRuns => CostFigures.Month / CostFigures.SweeperInterval;

    /// <summary>Processor time of a write, in seconds of one core.</summary>
    public static decimal WriteProcessor => CostFigures.AppProcessor + CostFigures.HostProcessor;

    /// <summary>Looks of a poll that waits to its end: one at the beginning, one after each interval, the last of them at its end.</summary>
    public static decimal PollLooks => 1 + Math.Ceiling(CostFigures.PollWait / CostFigures.PollLook);

    /// <summary>Polls of one listening device in a month.</summary>
    public static decimal PollsPerMonth => CostFigures.Month / CostFigures.PollWait;

    /// <summary>An instance that works all month on demand; without the free grant.</summary>
    public static decimal OnDemand(decimal gb) => gb * CostFigures.Month * CostPrices.Execution.Amount;

    /// <summary>An always-ready instance that works for a share of the month.</summary>
    public static decimal AlwaysReady(decimal gb, decimal busy) =>
        gb * CostFigures.Month * (CostPrices.AlwaysReadyBaseline.Amount + busy * CostPrices.AlwaysReadyExecution.Amount);

    /// <summary>The share of time from which on an always-ready instance is the cheaper one.</summary>
    public static decimal BreakEven => CostPrices.AlwaysReadyBaseline.Amount / (CostPrices.Execution.Amount - CostPrices.AlwaysReadyExecution.Amount);

    /// <summary>Instances that writes need.</summary>
    /// <param name="rate">Writes a second.</param>
    /// <param name="gb">Memory of an instance.</param>
    public static decimal Instances(decimal rate, decimal gb) => Math.Max(1, Math.Ceiling(rate * WriteProcessor / (gb * CostFigures.CoresPerGb * CostFigures.Load)));

    /// <summary>
    /// Seconds of instances that are paid in a month. A request that finds an instance at rest begins a period of a second, and what comes within it costs
    /// no more; with so many requests that more than one instance is needed, all of them are taken to work all the time.
    /// </summary>
    public static decimal InstanceSeconds(decimal rate, decimal gb)
    {
        var instances = Instances(rate, gb);
        var started = rate * CostFigures.ShortestBilling;
        return CostFigures.Month * (instances > 1 ? instances : started / (1 + started));
    }

    /// <summary>Storage requests of a write on average: its own; the look for the credential, when an instance meets the device too seldom to know it; and those of the first in an hour with each instance.</summary>
    /// <param name="interval">Seconds between two writes of a device.</param>
    /// <param name="instances">Instances that its writes are spread over.</param>
    public static decimal WriteRequests(decimal interval, decimal instances) =>
        CostFigures.Requests
        + (interval * instances > CostFigures.CredentialKnown ? CostFigures.ColdRequests : 0)
        + CostFigures.HourlyRequests * Math.Min(1, instances * interval / 3600);

    /// <summary>What a fleet costs whose devices write at even distances.</summary>
    public static CostFleet Fleet(decimal devices, decimal interval, decimal gb)
    {
        var rate = devices / interval;
        var writes = devices * CostFigures.Month / interval;
        var instances = Instances(rate, gb);
        var seconds = InstanceSeconds(rate, gb) + TimerRuns * CostFigures.ShortestBilling;
        var requests = writes * WriteRequests(interval, instances) + TimerRuns * CostFigures.SweeperRequests;
        return new(
            devices,
            writes,
            instances,
            Compute: Beyond(seconds * gb, CostPrices.FreeGbSeconds) * CostPrices.Execution.Amount,
            Executions: Millions(Beyond(writes + TimerRuns, CostPrices.FreeExecutions)) * CostPrices.Executions.Amount,
            Storage: Millions(requests) * CostPrices.TableOperations.Amount + devices * CostFigures.DeviceData * CostPrices.TableData.Amount + TimerBlobs,
            Traffic: Beyond(writes * CostFigures.ReplyTraffic, CostPrices.FreeEgress) * CostPrices.Egress.Amount,
            Handshakes: Beyond(writes * (CostFigures.ReplyTraffic + CostFigures.HandshakeTraffic), CostPrices.FreeEgress) * CostPrices.Egress.Amount,
            Alerts);
    }

    /// <summary>Blob requests of the timer.</summary>
    public static decimal TimerBlobs => Millions(TimerRuns * CostFigures.TimerBlobWrites) * CostPrices.BlobWrites.Amount + Millions(TimerRuns * CostFigures.TimerBlobReads) * CostPrices.BlobReads.Amount;

    /// <summary>The alert rules.</summary>
    public static decimal Alerts => CostFigures.LogAlerts * CostPrices.LogAlert.Amount + CostFigures.MetricSeries * CostPrices.MetricAlert.Amount;

    /// <summary>Table requests of the timer.</summary>
    public static decimal TimerTables => Millions(TimerRuns * CostFigures.SweeperRequests) * CostPrices.TableOperations.Amount;

    /// <summary>A million writes on instances that are as busy as they may be; free grants are used up.</summary>
    public static CostWrites BusyWrites => new(
        Compute: 1_000_000m * WriteProcessor / CostFigures.Load / CostFigures.CoresPerGb * CostPrices.Execution.Amount,
        Executions: CostPrices.Executions.Amount,
        Storage: WriteRequests(60, 1) * CostPrices.TableOperations.Amount,
        Traffic: 1_000_000m * CostFigures.ReplyTraffic * CostPrices.Egress.Amount);

    /// <summary>A million writes each of which finds its instance at rest.</summary>
    public static CostWrites LoneWrites(decimal gb) => BusyWrites with { Compute = 1_000_000m * CostFigures.ShortestBilling * gb * CostPrices.Execution.Amount };

    /// <summary>Table requests of a device that listens all month: looks, last seen with each poll, and the hourly ones.</summary>
    public static decimal ListeningRequests => PollsPerMonth * (PollLooks + 1) + CostFigures.Month / 3600 * CostFigures.HourlyRequests;

    /// <summary>A device that listens all month, its share of a full instance apart.</summary>
    public static decimal ListeningOwn => Millions(ListeningRequests) * CostPrices.TableOperations.Amount + Millions(PollsPerMonth) * CostPrices.Executions.Amount;

    /// <summary>Seconds between writes at which a device that asks again and again costs as much as one that listens at a full instance.</summary>
    public static decimal ListeningInterval(decimal gb, decimal polls) => CostFigures.Month * BusyWrites.Total / 1_000_000m / (OnDemand(gb) / polls + ListeningOwn);

    /// <summary>Table requests that telling data_in adds to a million writes.</summary>
    public static decimal EventRequests(decimal interval) => 1_000_000m * (CostFigures.EventRequests + CostFigures.EventGuardRequests * interval / Math.Max(interval, 300));

    /// <summary>Units of Web PubSub Standard and messages beyond them.</summary>
    public static decimal WebPubSub(decimal messagesPerDay, decimal units) =>
        CostFigures.Days * (units * CostPrices.WebPubSubUnit.Amount + Millions(Beyond(messagesPerDay, units * CostPrices.UnitMessages)) * CostPrices.WebPubSubMessages.Amount);

    /// <summary>Telemetry of so many GB a month.</summary>
    public static decimal Telemetry(decimal gb) => Beyond(gb, CostPrices.FreeLog) * CostPrices.LogIngestion.Amount;

    /// <summary>The cheapest units of IoT Hub that take so many messages.</summary>
    public static decimal IotHub(decimal messages) => CostPrices.IotHub.Min(tier => Math.Ceiling(messages / CostFigures.Days / tier.MessagesPerDay) * tier.Price.Amount);

    /// <summary>AWS IoT Core: devices that are connected all month, and their messages.</summary>
    public static decimal Aws(decimal devices, decimal messages) =>
        Millions(devices * CostFigures.Month / 60) * CostPrices.AwsMinutes.Amount
        + Millions(Math.Min(messages, CostPrices.AwsFirstMessages)) * CostPrices.AwsMessages.Amount
        + Millions(Beyond(messages, CostPrices.AwsFirstMessages)) * CostPrices.AwsMessagesMore.Amount;

    private static decimal Beyond(decimal amount, decimal free) => Math.Max(0, amount - free);

    private static decimal Millions(decimal count) => count / 1_000_000m;
}
