using System.Diagnostics.CodeAnalysis;

namespace Murano.Shared;

/// <summary>
/// Keeps what was loaded a short while ago, absence included, in bounded memory. Callers that ask while a value is being loaded wait for the same load.
/// A load that began before <see cref="Drop"/> is never given to whoever asks after it.
/// </summary>
internal sealed class FlightCache<TKey, TValue>(int capacity, TimeSpan keep, TimeProvider time) : IDisposable
    where TKey : notnull
    where TValue : class
{
    private readonly BoundedCache<TKey, Flight> _flights = new(capacity, keep + TimeSpan.FromMinutes(1));
    private readonly Lock _turn = new();

    /// <summary>The value, at most the cache's time old; null = there is none.</summary>
    /// <param name="key">Which.</param>
    /// <param name="load">Loads it. Several callers may wait for it, so it ends by its own limits and not with one of them.</param>
    /// <param name="cancellationToken">Ends this caller's wait only.</param>
    public Task<TValue?> GetAsync(TKey key, Func<TKey, Task<TValue?>> load, CancellationToken cancellationToken) =>
        TryFind(key, out var known) && known.IsCompletedSuccessfully ? known : Join(key, load).WaitAsync(cancellationToken);

    /// <summary>The value as it is now; what is kept is replaced by it.</summary>
    /// <inheritdoc cref="GetAsync"/>
    public Task<TValue?> RefreshAsync(TKey key, Func<TKey, Task<TValue?>> load, CancellationToken cancellationToken)
    {
        lock (_turn)
        {
            return Start(key, load).WaitAsync(cancellationToken);
        }
    }

    /// <summary>What was loaded last, whatever its age; starts no load.</summary>
    /// <param name="key">Which.</param>
    /// <param name="value">The value; null = there was none.</param>
    /// <param name="isYoung">Whether <see cref="GetAsync"/> would give it.</param>
    /// <returns>False when nothing is kept, or it is still being loaded.</returns>
    public bool TryPeek(TKey key, out TValue? value, out bool isYoung)
    {
        value = _flights.TryGet(key, out var flight) && flight.Load.IsCompletedSuccessfully ? flight.Load.Result : null;
        isYoung = flight is not null && time.GetElapsedTime(flight.Began) < keep;
        return flight is { Load.IsCompletedSuccessfully: true };
    }

    /// <summary>Forgets the value.</summary>
    public void Drop(TKey key)
    {
        lock (_turn)
        {
            _flights.Remove(key);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _flights.Dispose();

    // A failed load is nothing to keep; its age counts from its beginning, when storage was asked.
    private bool TryFind(TKey key, [NotNullWhen(true)] out Task<TValue?>? load)
    {
        load = _flights.TryGet(key, out var flight) && !flight.Load.IsFaulted && !flight.Load.IsCanceled && time.GetElapsedTime(flight.Began) < keep ? flight.Load : null;
        return load is not null;
    }

    private Task<TValue?> Join(TKey key, Func<TKey, Task<TValue?>> load)
    {
        lock (_turn)
        {
            return TryFind(key, out var known) ? known : Start(key, load);
        }
    }

    private Task<TValue?> Start(TKey key, Func<TKey, Task<TValue?>> load)
    {
        var flight = new Flight(time.GetTimestamp(), Task.Run(() => load(key)));
        _flights.Set(key, flight);
        return flight.Load;
    }

    private sealed record Flight(long Began, Task<TValue?> Load);
}
