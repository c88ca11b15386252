namespace Murano.Bench;

/// <summary>What the product asks of the platform, and how the platform counts: measured, read in its documents, or assumed and marked so.</summary>
internal static class CostFigures
{
    /// <summary>A month of 30 days, in seconds.</summary>
    public const decimal Month = 2_592_000m;

    /// <summary>Days of that month.</summary>
    public const decimal Days = 30m;

    /// <summary>Shortest time for which an instance is paid once it begins to work, in seconds.</summary>
    public const decimal ShortestBilling = 1m;

    /// <summary>Processor time of a device write in the app, load generator included, in seconds: the worst of three rounds of "bench path 5000".</summary>
    public const decimal AppProcessor = 0.000644m;

    /// <summary>Processor time that the Functions host adds, in seconds: it took 4,700 requests a second with two cores.</summary>
    public const decimal HostProcessor = 2m / 4_700m;

    /// <summary>Share of an instance's processor that is used before there is another instance. Assumed.</summary>
    public const decimal Load = 0.6m;

    /// <summary>Cores for each GB of an instance.</summary>
    public const decimal CoresPerGb = 0.5m;

    /// <summary>Storage requests of a warm write or read (docs/storage-schema.md).</summary>
    public const decimal Requests = 1m;

    /// <summary>Storage requests more when the instance does not know the credential.</summary>
    public const decimal ColdRequests = 1m;

    /// <summary>Seconds for which an instance knows a credential without a look-up.</summary>
    public const decimal CredentialKnown = 600m;

    /// <summary>Storage requests of a device's first contact with an instance in an hour: a look, a row, and the removal of the one before.</summary>
    public const decimal HourlyRequests = 3m;

    /// <summary>Storage requests that telling data_in adds to a write: striking the event off.</summary>
    public const decimal EventRequests = 1m;

    /// <summary>Storage requests that it adds in five minutes for each device and instance: a row of work, and two of the sweeper.</summary>
    public const decimal EventGuardRequests = 3m;

    /// <summary>Storage requests of the sweeper with nothing due.</summary>
    public const decimal SweeperRequests = 16m;

    /// <summary>Seconds from one run of the sweeper to the next.</summary>
    public const decimal SweeperInterval = 300m;

    /// <summary>Blob writes of the Functions host for a run of a timer: lease, its end, schedule. Assumed.</summary>
    public const decimal TimerBlobWrites = 3m;

    /// <summary>Blob reads of the Functions host for a run of a timer. Assumed.</summary>
    public const decimal TimerBlobReads = 2m;

    /// <summary>Longest wait of a poll in Azure, in seconds (LongPoll__MaxWait).</summary>
    public const decimal PollWait = 200m;

    /// <summary>Seconds from one look of a poll to the next (LongPoll__LookAgain).</summary>
    public const decimal PollLook = 25m;

    /// <summary>Polls that an instance holds (MURANO_POLLS_PER_INSTANCE).</summary>
    public const decimal PollsPerInstance = 800m;

    /// <summary>Storage rows of a device, in GB: header, fence, directory, recency, credential and some values, 4 KB. Assumed.</summary>
    public const decimal DeviceData = 0.000004m;

    /// <summary>Bytes that leave with a reply to a write, in GB: head and framing, 300 bytes. Assumed.</summary>
    public const decimal ReplyTraffic = 0.0000003m;

    /// <summary>Bytes that leave when a device connects anew, in GB: handshake with certificates, 4 KB. Assumed.</summary>
    public const decimal HandshakeTraffic = 0.000004m;

    /// <summary>Alert rules over logs that infra/ makes.</summary>
    public const decimal LogAlerts = 3m;

    /// <summary>Time series of the alert rule over a metric that infra/ makes.</summary>
    public const decimal MetricSeries = 5m;
}
