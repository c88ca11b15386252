namespace Murano.Shared.Access;

/// <summary>
/// Lets each key do something so many times in a window: as many at once, and then one more each time its share of the window has passed. Memory is
/// bounded: a flood of keys makes it forget the oldest early, which errs on the side of letting them through.
/// </summary>
/// <param name="most">How many in a window; 0 = no limit.</param>
/// <param name="window">The window.</param>
/// <param name="capacity">How many keys it keeps at least before it forgets early; at most twice as many.</param>
/// <param name="time">The clock.</param>
internal sealed class RateLimit(int most, TimeSpan window, int capacity, TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();
    private readonly TimeSpan _share = most == 0 ? TimeSpan.Zero : TimeSpan.FromTicks(window.Ticks / most);
    private readonly Lock _turn = new();

    // For each key the moment at which all that it did is paid off, as time since the start. Two generations: what is paid off lies in the older one when that goes.
    private Dictionary<RateKey, TimeSpan> _young = [];
    private Dictionary<RateKey, TimeSpan> _old = [];
    private TimeSpan _born;

    /// <summary>Keys that are kept.</summary>
    public int Count
    {
        get
        {
            lock (_turn)
            {
                return _young.Count + _old.Count;
            }
        }
    }

    /// <summary>How long the key has to wait; null = it need not. Counts nothing.</summary>
    public TimeSpan? WaitOf(RateKey key)
    {
        lock (_turn)
        {
            return most == 0 ? null : WaitOf(key, Now());
        }
    }

    /// <summary>Counts, whether the key had to wait or not. It never owes more than one window.</summary>
    public void Note(RateKey key)
    {
        lock (_turn)
        {
            if (most > 0)
            {
                Note(key, Now());
            }
        }
    }

    /// <summary>Counts, if the key need not wait.</summary>
    /// <returns>How long it has to wait; null = it was counted.</returns>
    public TimeSpan? Take(RateKey key)
    {
        lock (_turn)
        {
            if (most == 0)
            {
                return null;
            }

            var now = Now();
            if (WaitOf(key, now) is { } wait)
            {
                return wait;
            }

            Note(key, now);
            return null;
        }
    }

    private TimeSpan Now() => time.GetElapsedTime(_start);

    private TimeSpan? WaitOf(RateKey key, TimeSpan now) => PaidOff(key, now) + _share - window - now is var wait && wait > TimeSpan.Zero ? wait : null;

    private TimeSpan PaidOff(RateKey key, TimeSpan now) => (_young.TryGetValue(key, out var end) || _old.TryGetValue(key, out end)) && end > now ? end : now;

    private void Note(RateKey key, TimeSpan now)
    {
        var end = PaidOff(key, now) + _share;
        if (now - _born >= window || _young.Count >= capacity)
        {
            (_old, _young, _born) = (_young, [], now);
        }

        _young[key] = end < now + window ? end : now + window;
    }
}
