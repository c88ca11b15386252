using Microsoft.Extensions.Options;

namespace Murano.Shared.Access;

/// <summary>Credentials whose fence this instance saw, so that a warm request needs no look-up. Belief ends after <see cref="DeviceOptions.CredentialCache"/>.</summary>
public sealed class CredentialCache(TimeProvider time, IOptions<DeviceOptions> options) : IDisposable
{
    private const int Capacity = 200_000;
    private static readonly TimeSpan Keep = TimeSpan.FromMinutes(5);

    private readonly TimeSpan _belief = options.Value.CredentialCache;
    private readonly BoundedCache<string, Entry> _entries = new(Capacity, Keep);
    private readonly Lock _changes = new();
    private long _turn;

    /// <summary>Now, to be handed to <see cref="Confirm"/> with what is found from here on.</summary>
    internal CredentialLook Look() => new(Interlocked.Read(ref _turn), time.GetTimestamp());

    /// <summary>Whose credential the hash is, if its fence was seen just now; null = ask storage.</summary>
    internal CredentialHint? Find(string hash) =>
        _entries.TryGet(hash, out var entry) && entry.Hint is not null && time.GetElapsedTime(entry.Confirmed.At) < _belief ? entry.Hint : null;

    /// <summary>The fence was seen. Nothing is believed that was looked at before <see cref="Drop"/>.</summary>
    /// <param name="hash">The credential's hash.</param>
    /// <param name="hint">Whose it is.</param>
    /// <param name="look">When the request began to ask.</param>
    /// <param name="touched">Whether last seen was written in the same request.</param>
    internal void Confirm(string hash, CredentialHint hint, CredentialLook look, bool touched)
    {
        lock (_changes)
        {
            var known = _entries.TryGet(hash, out var entry);
            if (known && entry!.Hint is null && look.Turn < entry.Confirmed.Turn)
            {
                return;
            }

            _entries.Set(hash, new Entry(hint, look, touched ? time.GetTimestamp() : known && entry!.Hint == hint ? entry.Touched : null));
        }
    }

    /// <summary>Whether last seen was not written for <paramref name="interval"/>.</summary>
    internal bool WantsTouch(string hash, TimeSpan interval) =>
        !_entries.TryGet(hash, out var entry) || entry.Touched is not { } touched || time.GetElapsedTime(touched) >= interval;

    /// <summary>The credential changed, or was refused.</summary>
    internal void Drop(string hash)
    {
        lock (_changes)
        {
            _entries.Set(hash, new Entry(null, new(Interlocked.Increment(ref _turn), time.GetTimestamp()), null));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _entries.Dispose();

    // Without a hint: it was dropped then.
    private sealed record Entry(CredentialHint? Hint, CredentialLook Confirmed, long? Touched);
}
