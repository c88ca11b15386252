using Microsoft.Extensions.Options;
using Murano.Shared.Storage;

namespace Murano.Shared.Access;

/// <summary>Credentials whose fence this instance saw, so that a warm request needs no look-up. Belief ends after <see cref="DeviceOptions.CredentialCache"/>.</summary>
public sealed class CredentialCache(TimeProvider time, IOptions<DeviceOptions> options) : IDisposable
{
    private const int Capacity = 200_000;
    private static readonly TimeSpan Keep = TimeSpan.FromMinutes(5);

    private readonly TimeSpan _belief = options.Value.CredentialCache;
    private readonly BoundedCache<string, Entry> _entries = new(Capacity, Keep);

    /// <summary>The credential, if exactly this was presented before and its fence was seen just now; null = ask storage.</summary>
    internal KnownCredential? Find(string key, string digest) =>
        _entries.TryGet(key, out var entry) && time.GetElapsedTime(entry.Confirmed) < _belief && string.Equals(entry.Known.Digest, digest, StringComparison.Ordinal) ? entry.Known : null;

    /// <summary>The fence was seen.</summary>
    /// <param name="known">Of which credential.</param>
    /// <param name="touched">Whether last seen was written in the same request.</param>
    internal void Confirm(KnownCredential known, bool touched)
    {
        var now = time.GetTimestamp();
        var before = _entries.TryGet(known.Key, out var entry) && entry.Known.Hint == known.Hint ? entry.Touched : null;
        _entries.Set(known.Key, new Entry(known, now, touched ? now : before));
    }

    /// <summary>Whether last seen was not written for <paramref name="interval"/>.</summary>
    internal bool WantsTouch(KnownCredential known, TimeSpan interval) =>
        !_entries.TryGet(known.Key, out var entry) || entry.Touched is not { } touched || time.GetElapsedTime(touched) >= interval;

    /// <summary>The credential was refused.</summary>
    internal void Drop(KnownCredential known) => _entries.Remove(known.Key);

    /// <summary>The device's credential changed, whatever its kind.</summary>
    internal void Drop(DeviceHeader header)
    {
        _entries.Remove(header.CredentialHash);
        _entries.Remove(header.Key.Partition);
    }

    /// <inheritdoc/>
    public void Dispose() => _entries.Dispose();

    private sealed record Entry(KnownCredential Known, long Confirmed, long? Touched);
}
