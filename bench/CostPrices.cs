namespace Murano.Bench;

/// <summary>
/// The prices that everything is computed from: list prices, in US dollars, read second-hand, because the price pages themselves fill in their numbers
/// in the browser. Change one here, and docs/costs.md has to be written anew.
/// </summary>
internal static class CostPrices
{
    private const string RetailApi = "Retail Prices API, ";
    private const string PricePage = "price page, quoted by others, 2025 to 2026";
    private const string Infracost = "Infracost's test files, undated";

    public static readonly CostPrice Execution = new("Flex Consumption, on demand", 0.000026m, "GB-s", RetailApi + "East US 2, 2026-10-05");
    public static readonly CostPrice Executions = new("Flex Consumption, executions", 0.40m, "million", RetailApi + "East US 2, 2026-10-05");
    public static readonly CostPrice AlwaysReadyBaseline = new("Flex Consumption, always ready, at all times", 0.000004m, "GB-s", RetailApi + "East US 2, 2026-10-05");
    public static readonly CostPrice AlwaysReadyExecution = new("Flex Consumption, always ready, in addition while busy", 0.000016m, "GB-s", RetailApi + "East US 2, 2026-10-05");
    public static readonly CostPrice TableOperations = new("Table Storage, operations of every kind", 0.036m, "million", RetailApi + "four regions, 2026-04-30 to 2026-09-28");
    public static readonly CostPrice TableData = new("Table Storage, data (LRS)", 0.045m, "GB-month", RetailApi + "four regions, 2026-04-30 to 2026-09-28");
    public static readonly CostPrice BlobWrites = new("Blob Storage, hot, writes", 5.00m, "million", RetailApi + "West US 2, 2026-04-30");
    public static readonly CostPrice BlobReads = new("Blob Storage, hot, reads and others", 0.40m, "million", RetailApi + "West US 2, 2026-04-30");
    public static readonly CostPrice BlobData = new("Blob Storage, hot, data (LRS)", 0.0184m, "GB-month", RetailApi + "West US 2, 2026-04-30");
    public static readonly CostPrice Egress = new("Traffic to the internet", 0.087m, "GB", "US and Europe, undated");
    public static readonly CostPrice LogIngestion = new("Log Analytics, ingestion", 2.30m, "GB", "West US 2, undated; up to 2.99 elsewhere");
    public static readonly CostPrice LogAlert = new("Alert rule over logs, every 15 minutes", 0.50m, "month", Infracost);
    public static readonly CostPrice MetricAlert = new("Alert rule over a metric, each time series", 0.10m, "month", Infracost);
    public static readonly CostPrice WebPubSubUnit = new("Web PubSub Standard, unit", 1.61m, "day", PricePage);
    public static readonly CostPrice WebPubSubMessages = new("Web PubSub Standard, messages beyond the units' own", 1.00m, "million", PricePage);

    public static readonly CostPrice AwsMinutes = new("AWS IoT Core, connection", 0.08m, "million minutes", "us-east-1, 2025-01-16");
    public static readonly CostPrice AwsMessages = new("AWS IoT Core, messages of up to 5 KB, the first billion", 1.00m, "million", "us-east-1, 2025-01-16");
    public static readonly CostPrice AwsMessagesMore = new("AWS IoT Core, messages beyond the first billion", 0.80m, "million", "us-east-1, 2025-01-16");

    public static readonly CostPrice IotHubS1 = new("IoT Hub S1, 400,000 messages a day", 25m, "unit-month", Infracost);
    public static readonly CostPrice IotHubS2 = new("IoT Hub S2, 6,000,000 messages a day", 250m, "unit-month", "in the ratio of azure.cn's list");
    public static readonly CostPrice IotHubS3 = new("IoT Hub S3, 300,000,000 messages a day", 2500m, "unit-month", "in the ratio of azure.cn's list");

    /// <summary>Free each month in a subscription, of on-demand execution.</summary>
    public const decimal FreeGbSeconds = 100_000m;

    /// <summary>Free each month in a subscription.</summary>
    public const decimal FreeExecutions = 250_000m;

    /// <summary>Free each month, GB.</summary>
    public const decimal FreeEgress = 100m;

    /// <summary>Free each month, GB.</summary>
    public const decimal FreeLog = 5m;

    /// <summary>Messages a day of the free Web PubSub.</summary>
    public const decimal FreeMessages = 20_000m;

    /// <summary>Messages a day of each unit of Web PubSub Standard.</summary>
    public const decimal UnitMessages = 1_000_000m;

    /// <summary>Messages a month of AWS IoT Core after which more are cheaper.</summary>
    public const decimal AwsFirstMessages = 1_000_000_000m;

    /// <summary>Messages a day of each unit of IoT Hub, by tier.</summary>
    public static IReadOnlyList<(CostPrice Price, decimal MessagesPerDay)> IotHub { get; } = [(IotHubS1, 400_000m), (IotHubS2, 6_000_000m), (IotHubS3, 300_000_000m)];

    /// <summary>All of them, in the order of the document.</summary>
    public static IReadOnlyList<CostPrice> All { get; } =
    [
        Execution, Executions, AlwaysReadyBaseline, AlwaysReadyExecution, TableOperations, TableData, BlobWrites, BlobReads, BlobData, Egress, LogIngestion, LogAlert,
        MetricAlert, WebPubSubUnit, WebPubSubMessages, AwsMinutes, AwsMessages, AwsMessagesMore, IotHubS1, IotHubS2, IotHubS3,
    ];
}
