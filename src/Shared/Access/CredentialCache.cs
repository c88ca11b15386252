using Microsoft.Extensions.Options;
using Murano.Shared.Storage;

namespace Murano.Shared.Access;

/// <summary>Credentials whose fence this instance saw, so that a warm request needs no look-up. Belief ends after <see cref="DeviceOptions.CredentialCache"/>.</summary>
public sealed class CredentialCache(TimeProvider time, IOptions<DeviceOptions> options) : IDisposable
{
    private const int Capacity = 200_000;
    private static readonly TimeSpan Keep = TimeSpan.FromMinutes(10);

    private readonly TimeSpan _belief = options.Value.CredentialCache;
    private readonly BoundedCache<string, Entry> _entries = new(Capacity, Keep);
    private readonly Lock _changes = new();
    private long _turn;

    /// <summary>Now, to be handed to <see cref="Confirm"/> with what is found from here on.</summary>
    internal CredentialLook Look() => new(Interlocked.Read(ref _turn), time.GetTimestamp());

    /// <summary>The credential, if exactly this was presented before and its fence was seen just now; null = ask storage.</summary>
    internal KnownCredential? Find(string key, string digest) => Find(key, digest, _belief);

    /// <summary>The credential, if exactly this was presented before and held in the last ten minutes. It says nothing of now: the fence has to be asked.</summary>
    internal KnownCredential? Recall(string key, string digest) => Find(key, digest, Keep);

    /// <summary>The fence was seen. Nothing is believed that was looked at before <see cref="Drop(KnownCredential)"/>.</summary>
    /// <param name="known">Of which credential.</param>
    /// <param name="look">When the request began to ask.</param>
    /// <param name="touched">Whether last seen was written in the same request.</param>
    internal void Confirm(KnownCredential known, CredentialLook look, bool touched)
    {
        lock (_changes)
        {
            var present = _entries.TryGet(known.Key, out var entry);
            if (present && entry!.Known is null && look.Turn < entry.Confirmed.Turn)
            {
                return;
            }

            _entries.Set(known.Key, new Entry(known, look, touched ? time.GetTimestamp() : present && entry!.Known?.Hint == known.Hint ? entry.Touched : null));
        }
    }

    /// <summary>Whether last seen was not written for <paramref name="interval"/>.</summary>
    internal bool WantsTouch(KnownCredential known, TimeSpan interval) =>
        !_entries.TryGet(known.Key, out var entry) || entry.Touched is not { } touched || time.GetElapsedTime(touched) >= interval;

    /// <summary>The credential was refused.</summary>
    internal void Drop(KnownCredential known) => Drop(known.Key);

    /// <summary>The device's credential changed, whatever its kind.</summary>
    internal void Drop(DeviceHeader header)
    {
        if (header.TokenHash.Length > 0)
        {
            Drop(header.TokenHash);
        }

        Drop(header.Key.Partition);
    }

    /// <inheritdoc/>
    public void Dispose() => _entries.Dispose();

    private KnownCredential? Find(string key, string digest, TimeSpan within) =>
        _entries.TryGet(key, out var entry) && entry.Known is { } known && time.GetElapsedTime(entry.Confirmed.At) < within && string.Equals(known.Digest, digest, StringComparison.Ordinal) ? known : null;

    private void Drop(string key)
    {
        lock (_changes)
        {
            _entries.Set(key, new Entry(null, new(Interlocked.Increment(ref _turn), time.GetTimestamp()), null));
        }
    }

    // Without a credential: it was dropped then.
    private sealed record Entry(KnownCredential? Known, CredentialLook Confirmed, long? Touched);
}
