using Murano.Shared.Storage;

namespace Murano.Shared.Access;

/// <summary>Finds out which operator is calling.</summary>
public sealed class OperatorAccess(TableAccessStore store, TimeProvider time) : IDisposable
{
    /// <summary>How long a key is believed without asking storage; a revoked one ends on every instance within this time.</summary>
    private static readonly TimeSpan Belief = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan UseInterval = TimeSpan.FromMinutes(10);
    private const int Remembered = 10_000;

    private static readonly Failure NoCredentials = new Failure.Unauthorized("no-credentials", "Present an API key: Authorization: token <key>.");

    // One refusal for everything that is not a key, so that nobody learns how near they came.
    private static readonly Failure Unknown = new Failure.Unauthorized("unknown-key", "The API key is not known.");
    private static readonly Failure Expired = new Failure.Unauthorized("expired-key", "The API key has expired.");

    private readonly FlightCache<OperatorKeyId, OperatorKey> _keys = new(Remembered, Belief, time);
    private readonly BoundedCache<OperatorKeyId, object> _used = new(Remembered, UseInterval);

    /// <summary>Finds the operator whose key is presented.</summary>
    /// <param name="presented">Null when nothing readable was.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The session; Unauthorized for a key that is missing, unknown, revoked or expired, or a name that is not the key's.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    public async Task<Outcome<OperatorSession>> AuthenticateAsync(PresentedOperator? presented, CancellationToken cancellationToken)
    {
        if (presented is null)
        {
            return NoCredentials;
        }

        // Tokens of sessions (POST /api:1/token/) have another form than keys' secrets: this is where the two part.
        if (!OperatorSecret.TryParse(presented.Secret, out var secret))
        {
            return Unknown;
        }

        var key = await _keys.GetAsync(secret.Id, id => store.FindAsync(id, CancellationToken.None), cancellationToken);
        if (key is null || !secret.IsOf(key.Hash) || (presented.Name is { } name && !string.Equals(name, key.Name, StringComparison.Ordinal)))
        {
            return Unknown;
        }

        if (key.Expires > 0 && key.Expires <= time.GetUnixMicros())
        {
            return Expired;
        }

        await NoteUseAsync(key, cancellationToken);
        return new OperatorSession(key);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _keys.Dispose();
        _used.Dispose();
    }

    /// <summary>The key has changed on this instance.</summary>
    internal void Forget(OperatorKeyId id) => _keys.Drop(id);

    private async Task NoteUseAsync(OperatorKey key, CancellationToken cancellationToken)
    {
        var now = time.GetUnixMicros();
        if (_used.TryGet(key.Id, out var last) && now - (long)last < UseInterval.TotalMicroseconds)
        {
            return;
        }

        _used.Set(key.Id, now);
        try
        {
            await store.TouchAsync(key.Id, now, cancellationToken);
        }
        catch (StorageUnavailableException)
        {
            // When a key was last used is nice to know and no reason to refuse its holder.
        }
    }
}
