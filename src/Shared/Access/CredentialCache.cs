using Microsoft.Extensions.Options;

namespace Murano.Shared.Access;

/// <summary>Credentials whose fence this instance saw, so that a warm request needs no look-up. Belief ends after <see cref="DeviceOptions.CredentialCache"/>.</summary>
public sealed class CredentialCache(TimeProvider time, IOptions<DeviceOptions> options) : IDisposable
{
    private const int Capacity = 200_000;
    private static readonly TimeSpan Keep = TimeSpan.FromMinutes(5);

    private readonly TimeSpan _belief = options.Value.CredentialCache;
    private readonly BoundedCache<string, Entry> _entries = new(Capacity, Keep);

    /// <summary>Whose credential the hash is, if its fence was seen just now; null = ask storage.</summary>
    internal CredentialHint? Find(string hash) =>
        _entries.TryGet(hash, out var entry) && time.GetElapsedTime(entry.Confirmed) < _belief ? entry.Hint : null;

    /// <summary>The fence was seen.</summary>
    /// <param name="hash">The credential's hash.</param>
    /// <param name="hint">Whose it is.</param>
    /// <param name="touched">Whether last seen was written in the same request.</param>
    internal void Confirm(string hash, CredentialHint hint, bool touched)
    {
        var now = time.GetTimestamp();
        _entries.Set(hash, new Entry(hint, now, touched || !_entries.TryGet(hash, out var entry) || entry.Hint != hint ? (touched ? now : null) : entry.Touched));
    }

    /// <summary>Whether last seen was not written for <paramref name="interval"/>.</summary>
    internal bool WantsTouch(string hash, TimeSpan interval) =>
        !_entries.TryGet(hash, out var entry) || entry.Touched is not { } touched || time.GetElapsedTime(touched) >= interval;

    /// <summary>The credential changed, or was refused.</summary>
    internal void Drop(string hash) => _entries.Remove(hash);

    /// <inheritdoc/>
    public void Dispose() => _entries.Dispose();

    private sealed record Entry(CredentialHint Hint, long Confirmed, long? Touched);
}
