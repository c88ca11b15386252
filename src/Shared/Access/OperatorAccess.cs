using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Murano.Shared.Connectors;
using Murano.Shared.Storage;

namespace Murano.Shared.Access;

/// <summary>Finds out which operator is calling.</summary>
public sealed partial class OperatorAccess(
    TableAccessStore store, TableSessionStore sessions, EntraAccess entra, IOptions<AccessOptions> options, TimeProvider time, ILogger<OperatorAccess> logger) : IDisposable
{
    /// <summary>How long a key or session is believed without asking storage; a revoked one ends on every instance within this time.</summary>
    internal static readonly TimeSpan Belief = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan UseInterval = TimeSpan.FromMinutes(10);
    private const int Remembered = 10_000;

    private static readonly Failure NoCredentials = new Failure.Unauthorized("no-credentials", "Present an API key: Authorization: token <key>.");

    /// <summary>The one refusal for everything that is not a key, so that nobody learns how near they came.</summary>
    internal static readonly Failure Unknown = new Failure.Unauthorized("unknown-key", "The API key is not known.");
    private static readonly Failure Expired = new Failure.Unauthorized("expired-key", "The API key has expired.");

    private readonly FlightCache<OperatorKeyId, OperatorKey> _keys = new(Remembered, Belief, time);
    private readonly FlightCache<string, SessionToken> _sessions = new(Remembered, Belief, time);
    private readonly BoundedCache<OperatorKeyId, object> _used = new(Remembered, UseInterval);

    /// <summary>Finds the operator whose key, session, or access token of Entra ID is presented.</summary>
    /// <param name="presented">Null when nothing readable was.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The session; Unauthorized for a key that is missing, unknown, revoked or expired, or a name that is not the key's; of an access token as <see cref="EntraAccess"/> says.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    public async Task<Outcome<OperatorSession>> AuthenticateAsync(PresentedOperator? presented, CancellationToken cancellationToken) =>
        presented is null ? NoCredentials
        : entra.Takes(presented) ? await entra.AuthenticateAsync(presented.Secret, cancellationToken)
        : SessionToken.TryParse(presented.Secret, out var token) ? await AuthenticateAsync(token, presented.Name, cancellationToken)
        : await AuthenticateAsync(presented.Secret, presented.Name, cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        _keys.Dispose();
        _sessions.Dispose();
        _used.Dispose();
    }

    /// <summary>As the public one, by a key's secret alone.</summary>
    internal async Task<Outcome<OperatorSession>> AuthenticateAsync(string text, string? name, CancellationToken cancellationToken) =>
        OperatorSecret.TryParse(text, out var secret) && await FindAsync(secret.Id, cancellationToken) is { } key && secret.IsOf(key.Hash)
            ? await AdmitAsync(key, name, cancellationToken)
            : Unknown;

    /// <summary>As the public one, by a session alone.</summary>
    internal async Task<Outcome<OperatorSession>> AuthenticateAsync(SessionToken token, string? name, CancellationToken cancellationToken) =>
        token.End > time.GetUtcNow().ToUnixTimeSeconds()
        && await _sessions.GetAsync(token.Hash, async _ => await sessions.ExistsAsync(token, CancellationToken.None) ? token : null, cancellationToken) is not null
        && await FindAsync(token.Key, cancellationToken) is { } key
            ? await AdmitAsync(key, name, cancellationToken)
            : Unknown;

    /// <summary>The operator who vouched for something a while ago, without a secret.</summary>
    /// <param name="id">Who it was. About somebody of the Entra ID tenant nobody can be asked: what they vouched for ends with their token, and that is for the caller to see to.</param>
    /// <param name="connector">What it is about.</param>
    /// <param name="permission">What it needs.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The session; Unauthorized when the key has ended, or is not for this.</returns>
    internal async Task<Outcome<OperatorSession>> VouchAsync(OperatorId id, ConnectorId connector, OperatorPermission permission, CancellationToken cancellationToken)
    {
        if (id.Key is not { } keyId)
        {
            return entra.Vouch(id, permission);
        }

        if (await FindAsync(keyId, cancellationToken) is not { } key)
        {
            return Unknown;
        }

        return (await AdmitAsync(key, null, cancellationToken)).TryGet(out var session, out var failure)
            ? session.MaySee(connector) && session.May(permission) ? session : Unknown
            : failure;
    }

    /// <summary>Whether an operator who was let in a while ago may go on.</summary>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    internal async Task<bool> MayGoOnAsync(OperatorSession session, ConnectorId connector, OperatorPermission permission, CancellationToken cancellationToken) =>
        (session.Ends == 0 || session.Ends > time.GetUnixMicros())
        && (await VouchAsync(session.Id, connector, permission, cancellationToken)).TryGet(out _, out _);

    /// <summary>The key has changed on this instance.</summary>
    internal void Forget(OperatorKeyId id) => _keys.Drop(id);

    /// <summary>The session has ended on this instance.</summary>
    internal void Forget(SessionToken token) => _sessions.Drop(token.Hash);

    private Task<OperatorKey?> FindAsync(OperatorKeyId id, CancellationToken cancellationToken) =>
        RecoveryKey.Of(options.Value) is { } recovery && recovery.Id == id
            ? Task.FromResult<OperatorKey?>(recovery)
            : _keys.GetAsync(id, key => store.FindAsync(key, CancellationToken.None), cancellationToken);

    private async Task<Outcome<OperatorSession>> AdmitAsync(OperatorKey key, string? name, CancellationToken cancellationToken)
    {
        if (name is not null && !string.Equals(name, key.Name, StringComparison.Ordinal))
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

    private async Task NoteUseAsync(OperatorKey key, CancellationToken cancellationToken)
    {
        var now = time.GetUnixMicros();
        if (_used.TryGet(key.Id, out var last) && now - (long)last < UseInterval.TotalMicroseconds)
        {
            return;
        }

        _used.Set(key.Id, now);
        if (key.Id == RecoveryKey.Id)
        {
            Log.RecoveryUsed(logger);
            return;
        }

        try
        {
            await store.TouchAsync(key.Id, now, cancellationToken);
        }
        catch (StorageUnavailableException)
        {
            // When a key was last used is nice to know and no reason to refuse its holder.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1700, LogLevel.Warning, "The recovery key is in use. Make a key of role admin with it, then empty Access__RecoveryKeyHash.")]
        public static partial void RecoveryUsed(ILogger logger);
    }
}
