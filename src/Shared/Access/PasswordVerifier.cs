using System.Security.Cryptography;

namespace Murano.Shared.Access;

/// <summary>
/// Hashes passwords, few at once, so that nobody can make an instance hash all day. A password that held is remembered for ten minutes; that saves the
/// hashing and nothing else, because the header and the fence are asked as ever.
/// </summary>
public sealed class PasswordVerifier(TimeProvider time) : IDisposable
{
    private const int AtOnce = 2;
    private const int Capacity = 100_000;
    private static readonly TimeSpan Keep = TimeSpan.FromMinutes(10);

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly SemaphoreSlim _places = new(AtOnce, AtOnce);
    private readonly BoundedCache<CredentialId, Verified> _verified = new(Capacity, Keep);

    private static Failure.TooMany TooMany { get; } = new("too-many-hashes", "Too many passwords at once. Try again.", TimeSpan.FromSeconds(1));

    /// <inheritdoc/>
    public void Dispose()
    {
        _places.Dispose();
        _verified.Dispose();
    }

    /// <summary>What this process remembers of a password: nothing that means anything elsewhere.</summary>
    internal string Digest(DevicePassword password) => Convert.ToHexStringLower(HMACSHA256.HashData(_key, password.Bytes));

    /// <summary>Hashes a new password.</summary>
    /// <returns>Its stored form; TooMany.</returns>
    internal Outcome<string> Make(DevicePassword password)
    {
        using var place = TryEnter();
        return place is null ? TooMany : PasswordHash.Make(password);
    }

    /// <summary>Whether the password is the credential's.</summary>
    /// <param name="credential">The credential that the header names; null = there is none, and the work is done all the same.</param>
    /// <param name="stored">Its stored form.</param>
    /// <param name="password">What was presented.</param>
    /// <param name="digest">Its <see cref="Digest"/>.</param>
    /// <returns>Whether it is; TooMany.</returns>
    internal Outcome<bool> Verify(CredentialId? credential, string? stored, DevicePassword password, string digest)
    {
        if (credential is { } known && _verified.TryGet(known, out var entry) && time.GetElapsedTime(entry.Since) < Keep && string.Equals(entry.Digest, digest, StringComparison.Ordinal))
        {
            return true;
        }

        using var place = TryEnter();
        if (place is null)
        {
            return TooMany;
        }

        var holds = PasswordHash.Holds(stored ?? PasswordHash.Nobody, password);
        if (holds && credential is { } proven)
        {
            _verified.Set(proven, new Verified(digest, time.GetTimestamp()));
        }

        return holds;
    }

    /// <summary>Takes one of the places; null = all are taken.</summary>
    internal IDisposable? TryEnter() => _places.Wait(0) ? new Place(_places) : null;

    private sealed record Verified(string Digest, long Since);

    private sealed class Place(SemaphoreSlim places) : IDisposable
    {
        public void Dispose() => places.Release();
    }
}
