using Murano.Shared.Storage;

namespace Murano.Shared.Access;

/// <summary>The installation's key for signatures. All instances share it; it is in storage and nowhere else.</summary>
public sealed class SigningKey(TableSigningKeyStore keys, TimeProvider time) : IDisposable
{
    /// <summary>How long the key is believed without asking storage; another one holds on every instance within this time.</summary>
    private static readonly TimeSpan Belief = TimeSpan.FromMinutes(1);

    private readonly FlightCache<string, byte[]> _key = new(1, Belief, time);

    /// <summary>The key, 256 random bits.</summary>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    internal async Task<byte[]> GetAsync(CancellationToken cancellationToken) =>
        await _key.GetAsync("", async _ => await keys.GetAsync(CancellationToken.None), cancellationToken) ?? throw new StorageUnavailableException("There is no signing key.");

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}
