using System.Net;
using Microsoft.Extensions.Options;
using Murano.Shared.Storage;

namespace Murano.Shared.Access;

/// <summary>Sessions of operators: the command line logs in anew on each of its runs (specification b.1).</summary>
public sealed class OperatorLogins(OperatorAccess access, TableSessionStore store, FailedLogOns failed, IOptions<AccessOptions> options, TimeProvider time)
{
    private static readonly Failure BadLogin = new Failure.Unauthorized("bad-login", "Name or secret is wrong.");
    private static readonly Failure NoSession = new Failure.NotFound("unknown-session", "There is no such session.");

    /// <summary>Exchanges a key's name and secret for a session. Sessions of the key that have ended are removed on this occasion.</summary>
    /// <param name="name">The key's name.</param>
    /// <param name="secret">The key's secret; not a session's token, or a session would have no end.</param>
    /// <param name="duration">How long it is to last; null = as long as is usual. It lasts no longer than the settings and the key allow.</param>
    /// <param name="address">Where it comes from.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The token, 40 letters and digits; Unauthorized; TooMany after too many failures from the address.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    public async Task<Outcome<string>> LogInAsync(string name, string secret, TimeSpan? duration, IPAddress address, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (failed.WhyNot(name, address) is { } tooMany)
        {
            return tooMany;
        }

        if (!(await access.AuthenticateAsync(secret, name, cancellationToken)).TryGet(out var session, out var refused))
        {
            // The right secret of a key that has ended is no guess.
            return ReferenceEquals(refused, OperatorAccess.Unknown) ? failed.Count(BadLogin, name, address) : BadLogin;
        }

        var now = time.GetUtcNow();
        var end = now.ToUnixTimeSeconds() + (long)Shorter(duration ?? options.Value.SessionDuration, options.Value.MaxSession).TotalSeconds;
        end = session.Expires > 0 ? Math.Min(end, session.Expires / UnixTime.MicrosPerSecond) : end;
        var key = session.Id.Key!.Value; // only keys have secrets
        var token = SessionToken.New(key, end);
        await store.RemoveEndedAsync(key, now.ToUnixTimeSeconds(), cancellationToken);
        await store.PutAsync(token, now.ToUnixMicros(), cancellationToken);
        access.Forget(token);
        return token.Reveal();
    }

    /// <summary>Whose session it is, and how many seconds are left.</summary>
    /// <returns>Name and seconds; NotFound when it is none, or has ended.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    public async Task<Outcome<(string Name, long Seconds)>> FindAsync(string text, CancellationToken cancellationToken) =>
        SessionToken.TryParse(text, out var token) && (await access.AuthenticateAsync(token, null, cancellationToken)).TryGet(out var session, out _)
            ? (session.Name, token.End - time.GetUtcNow().ToUnixTimeSeconds())
            : NoSession;

    /// <summary>Ends a session: here at once, on other instances within 10 s.</summary>
    /// <returns>Done; NotFound when it is none, or has ended.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had; the session may still hold.</exception>
    public async Task<Outcome<Done>> EndAsync(string text, CancellationToken cancellationToken)
    {
        if (!SessionToken.TryParse(text, out var token) || !(await access.AuthenticateAsync(token, null, cancellationToken)).TryGet(out _, out _))
        {
            return NoSession;
        }

        try
        {
            await store.RemoveAsync(token, cancellationToken);
        }
        finally
        {
            access.Forget(token);
        }

        return Done.Instance;
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
