using Murano.Shared.Realtime;
using Murano.Shared.Storage;

namespace Murano.Shared.Polls;

/// <summary>One poll that is held: gathers signals and sleeps between them. It costs one timer and no thread.</summary>
internal sealed class Poll : IWakeListener, IDisposable
{
    // While wakes of other instances may be missed.
    private static readonly TimeSpan LookWhileUnsure = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly TimeSpan _wait;
    private readonly long _began;
    private readonly ITimer _timer;
    private PollSignals _signals;
    private TaskCompletionSource? _sleeper;
    private IWakeRegistration? _listening;
    private TimeSpan _rings; // after the beginning

    /// <summary>Begins a poll.</summary>
    /// <param name="device">Whose.</param>
    /// <param name="aliases">The aliases asked for, in any order.</param>
    /// <param name="wait">How long it lasts at most.</param>
    /// <param name="lookAgain">How long it sleeps at most.</param>
    /// <param name="time">The clock.</param>
    public Poll(DeviceKey device, IReadOnlyList<string> aliases, TimeSpan wait, TimeSpan lookAgain, TimeProvider time)
    {
        (Device, _wait, LookAgain, _time) = (device, wait, lookAgain, time);
        Aliases = [.. aliases.Order(StringComparer.Ordinal)];
        (_began, Began) = (time.GetTimestamp(), time.GetUnixMicros());
        _timer = time.CreateTimer(static poll => ((Poll)poll!).Ring(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whose poll it is.</summary>
    public DeviceKey Device { get; }

    /// <summary>When it began, µs since the Unix epoch.</summary>
    public long Began { get; }

    /// <summary>The aliases in ordinal order.</summary>
    public string[] Aliases { get; }

    /// <summary>How long it sleeps at most.</summary>
    public TimeSpan LookAgain { get; }

    /// <summary>Whether it sleeps.</summary>
    public bool IsAsleep
    {
        get
        {
            lock (_lock)
            {
                return _sleeper is not null;
            }
        }
    }

    /// <inheritdoc/>
    public void Wake(WakeKind kind) => Signal(kind == WakeKind.Set ? PollSignals.Set : PollSignals.Access);

    /// <inheritdoc/>
    public void Unsure() => SetTimer(LookWhileUnsure, onlySooner: true);

    /// <summary>From now on wakes are heard as the registration says; without one, all that are announced.</summary>
    public void Listen(IWakeRegistration listening) => _listening = listening;

    /// <summary>To be asked before a look, for <see cref="NextAsync"/>.</summary>
    /// <inheritdoc cref="IWakeRegistration.Unbroken"/>
    public long Unbroken => _listening?.Unbroken ?? 1;

    /// <summary>Lets the poll go on.</summary>
    public void Signal(PollSignals signals)
    {
        TaskCompletionSource? sleeper;
        lock (_lock)
        {
            _signals |= signals;
            (sleeper, _sleeper) = (_sleeper, null);
        }

        sleeper?.TrySetResult();
    }

    /// <summary>Sleeps until there is a signal; those that have come meanwhile count.</summary>
    /// <param name="longest">How long it sleeps at most, where that is less than usual.</param>
    /// <param name="unbroken"><see cref="Unbroken"/> before the last look; a wake that was missed since then is made up for by looking soon.</param>
    public async Task<PollSignals> NextAsync(TimeSpan? longest = null, long unbroken = 1)
    {
        SetTimer(longest ?? LookAgain, onlySooner: false);
        if (unbroken == 0 || Unbroken != unbroken)
        {
            Unsure(); // after the timer was set, so that an interruption in this moment is not slept over
        }

        TaskCompletionSource sleeper;
        lock (_lock)
        {
            if (_signals != PollSignals.None)
            {
                return Take();
            }

            // Whoever signals must not run the poll's next look on its own thread.
            _sleeper = sleeper = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        await sleeper.Task;
        lock (_lock)
        {
            return Take();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private PollSignals Take()
    {
        var signals = _signals;
        _signals = PollSignals.None;
        return signals;
    }

    // Polls that began together look again apart.
    private void SetTimer(TimeSpan longest, bool onlySooner)
    {
        var passed = _time.GetElapsedTime(_began);
        longest = longest < LookAgain ? longest : LookAgain;
        var nap = longest * (0.8 + (0.2 * Random.Shared.NextDouble()));
        var due = _wait - passed < nap ? _wait - passed : nap;
        if (due <= TimeSpan.Zero)
        {
            Signal(PollSignals.End);
            return;
        }

        lock (_lock)
        {
            // One that has rung is not due any more, and nobody asks for another before the next nap.
            if (!onlySooner || (_rings > passed && passed + due < _rings))
            {
                _rings = passed + due;
                _timer.Change(due, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void Ring() => Signal(_time.GetElapsedTime(_began) >= _wait ? PollSignals.End : PollSignals.LookAgain);
}
