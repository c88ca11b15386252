using System.Diagnostics.Metrics;

namespace Murano.Shared.Telemetry;

/// <summary>
/// All that the product counts and measures. What nobody listens to costs a look at a flag. Tags have few values: names of functions, codes, reasons; never
/// anything that a caller made up.
/// </summary>
public sealed class MuranoMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Murano";

    private const int FirstStatus = 100;

    // A number in a tag would be put on the heap each time.
    private static readonly object[] Statuses = [.. Enumerable.Range(FirstStatus, 500).Select(status => (object)status)];

    private readonly Counter<long> _requests;
    private readonly Histogram<double> _requestDuration;
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _failedLogOns;
    private readonly Counter<long> _storageRequests;
    private readonly Histogram<double> _storageDuration;
    private readonly UpDownCounter<long> _heldPolls;
    private readonly Counter<long> _sentWakes;
    private readonly Counter<long> _heardWakes;
    private readonly UpDownCounter<long> _waitingWakes;
    private readonly Counter<long> _deliveredEvents;
    private readonly Counter<long> _failedAttempts;
    private readonly Counter<long> _deadLetters;
    private readonly Counter<long> _droppedEvents;

    /// <summary>Makes the instruments.</summary>
    /// <param name="meters">Makes the meter, and ends it with the container.</param>
    public MuranoMetrics(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        var meter = meters.Create(MeterName);
        _requests = meter.CreateCounter<long>("murano.requests", "{request}", "Requests answered.");
        _requestDuration = meter.CreateHistogram("murano.requests.duration", "s", "Time until the answer to a request was known.", tags: null, Bounds(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300));
        _refusals = meter.CreateCounter<long>("murano.refusals", "{refusal}", "Requests refused.");
        _failedLogOns = meter.CreateCounter<long>("murano.logons.failed", "{attempt}", "Unknown or wrong credentials.");
        _storageRequests = meter.CreateCounter<long>("murano.storage.requests", "{request}", "Requests to storage, each try by itself.");
        _storageDuration = meter.CreateHistogram("murano.storage.duration", "s", "Time until storage answered a try.", tags: null, Bounds(0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 3, 10, 30));
        _heldPolls = meter.CreateUpDownCounter<long>("murano.polls.held", "{poll}", "Polls that the instance holds.");
        _sentWakes = meter.CreateCounter<long>("murano.wakes.sent", "{wake}", "Wakes sent to other instances.");
        _heardWakes = meter.CreateCounter<long>("murano.wakes.heard", "{wake}", "Wakes heard from other instances.");
        _waitingWakes = meter.CreateUpDownCounter<long>("murano.wakes.waiting", "{wake}", "Wakes kept until the channel is back.");
        _deliveredEvents = meter.CreateCounter<long>("murano.events.delivered", "{event}", "Events that the receiver has.");
        _failedAttempts = meter.CreateCounter<long>("murano.events.failed", "{attempt}", "Attempts to deliver an event that failed or were refused.");
        _deadLetters = meter.CreateCounter<long>("murano.events.dead_letters", "{event}", "Events given up and put to the dead letters.");
        _droppedEvents = meter.CreateCounter<long>("murano.log.dropped", "{event}", "Events of the live log lost before they were shown.");
    }

    /// <summary>Whether anybody wants to know of requests.</summary>
    internal bool CountsRequests => _requests.Enabled || _requestDuration.Enabled;

    /// <summary>Whether anybody wants to know of requests to storage.</summary>
    internal bool CountsStorage => _storageRequests.Enabled || _storageDuration.Enabled;

    /// <summary>A request was answered.</summary>
    /// <param name="operation">Name of the function.</param>
    /// <param name="status">The code.</param>
    /// <param name="time">From its beginning until the answer was known.</param>
    internal void Answered(string operation, int status, TimeSpan time)
    {
        if (_requests.Enabled)
        {
            _requests.Add(1, Tag("operation", operation), Tag("status", Boxed(status)));
        }

        _requestDuration.Record(time.TotalSeconds, Tag("operation", operation));
    }

    /// <summary>A request was refused.</summary>
    /// <param name="api">Whose request.</param>
    /// <param name="reason">The reason's stable word.</param>
    internal void Refused(ApiSide api, string reason)
    {
        if (_refusals.Enabled)
        {
            _refusals.Add(1, Tag("api", NameOf(api)), Tag("reason", reason));
        }
    }

    /// <summary>A credential was unknown or wrong.</summary>
    /// <param name="api">Where it was shown.</param>
    internal void LogOnFailed(ApiSide api) => _failedLogOns.Add(1, Tag("api", NameOf(api)));

    /// <summary>A try of a request to storage has ended.</summary>
    /// <param name="service"><c>table</c> or <c>blob</c>.</param>
    /// <param name="outcome"><c>ok</c>, <c>refused</c>, <c>throttled</c> or <c>failed</c>.</param>
    /// <param name="time">How long it took.</param>
    internal void AskedStorage(string service, string outcome, TimeSpan time)
    {
        if (_storageRequests.Enabled)
        {
            _storageRequests.Add(1, Tag("service", service), Tag("outcome", outcome));
        }

        _storageDuration.Record(time.TotalSeconds, Tag("service", service));
    }

    /// <summary>So many polls more are held, or fewer.</summary>
    internal void PollsChanged(int by) => _heldPolls.Add(by);

    /// <summary>A wake was sent to other instances.</summary>
    internal void WakeSent() => _sentWakes.Add(1);

    /// <summary>A wake of another instance was heard.</summary>
    internal void WakeHeard() => _heardWakes.Add(1);

    /// <summary>So many wakes more wait for the channel, or fewer.</summary>
    internal void WakesWaitingChanged(int by) => _waitingWakes.Add(by);

    /// <summary>The receiver has an event.</summary>
    internal void EventDelivered() => _deliveredEvents.Add(1);

    /// <summary>An attempt at delivering an event failed, or was refused.</summary>
    internal void EventFailed() => _failedAttempts.Add(1);

    /// <summary>An event was put to the dead letters.</summary>
    internal void EventBuried() => _deadLetters.Add(1);

    /// <summary>Events of the live log are lost.</summary>
    internal void LogDropped(long count) => _droppedEvents.Add(count);

    private static InstrumentAdvice<double> Bounds(params double[] seconds) => new() { HistogramBucketBoundaries = seconds };

    private static KeyValuePair<string, object?> Tag(string name, object? value) => new(name, value);

    private static string NameOf(ApiSide api) => api == ApiSide.Device ? "device" : "operator";

    private static object Boxed(int status) => status - FirstStatus is >= 0 and var index && index < Statuses.Length ? Statuses[index] : status;
}
