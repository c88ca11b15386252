namespace Murano.Shared.Events.Delivery;

/// <summary>
/// Spares a destination that fails, and the requests that would wait for it. After 5 failures in a row it opens for 5 s; then one attempt is let through. If that fails, the
/// next break is twice as long, 5 minutes at most; if it succeeds, all is as before.
/// </summary>
internal sealed class CircuitBreaker(TimeProvider time)
{
    private const int FailuresToOpen = 5;

    private static readonly TimeSpan FirstBreak = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestBreak = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ProbeWait = TimeSpan.FromSeconds(1); // while another attempt finds out

    private readonly Lock _turn = new();
    private int _failures;
    private TimeSpan _break; // zero = closed
    private long _opened;
    private bool _isProbing;

    /// <summary>Failures since the last success, and how much longer nothing is sent; zero = the next attempt is made.</summary>
    public (int Failures, TimeSpan Wait) State
    {
        get
        {
            lock (_turn)
            {
                return (_failures, Left());
            }
        }
    }

    /// <summary>Asks whether an attempt may be made. Whoever may says afterwards how it went.</summary>
    /// <param name="wait">How long not, if not.</param>
    /// <returns>The right to make it; null = not now.</returns>
    public BreakerPass? TryEnter(out TimeSpan wait)
    {
        lock (_turn)
        {
            wait = Left();
            if (_break == TimeSpan.Zero)
            {
                return BreakerPass.Ordinary;
            }

            if (wait > TimeSpan.Zero)
            {
                return null;
            }

            if (_isProbing)
            {
                wait = ProbeWait;
                return null;
            }

            _isProbing = true;
            return BreakerPass.Probe;
        }
    }

    /// <summary>The destination answered for itself.</summary>
    /// <returns>Whether that closed the breaker.</returns>
    public bool Succeed()
    {
        lock (_turn)
        {
            var wasOpen = _break > TimeSpan.Zero;
            (_failures, _break, _isProbing) = (0, TimeSpan.Zero, false);
            return wasOpen;
        }
    }

    /// <summary>It did not.</summary>
    /// <returns>How long nothing is sent from now on because of that; null = that made no difference.</returns>
    public TimeSpan? Fail(BreakerPass pass)
    {
        lock (_turn)
        {
            _failures = Math.Min(_failures + 1, int.MaxValue - 1);
            if (pass == BreakerPass.Probe)
            {
                // Somebody may have closed it meanwhile; then this one counts as any other.
                _isProbing = false;
                _break = TimeSpan.FromTicks(Math.Min(_break.Ticks * 2, LongestBreak.Ticks));
            }
            else if (_break == TimeSpan.Zero && _failures >= FailuresToOpen)
            {
                _break = FirstBreak;
            }
            else
            {
                return null;
            }

            _opened = time.GetTimestamp();
            return _break > TimeSpan.Zero ? _break : null;
        }
    }

    /// <summary>The attempt was broken off, and says nothing about the destination.</summary>
    public void Abandon(BreakerPass pass)
    {
        lock (_turn)
        {
            _isProbing &= pass != BreakerPass.Probe;
        }
    }

    private TimeSpan Left()
    {
        var left = _break == TimeSpan.Zero ? TimeSpan.Zero : _break - time.GetElapsedTime(_opened);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}
