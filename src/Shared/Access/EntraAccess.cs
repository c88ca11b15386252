using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Murano.Shared.Access;

/// <summary>Lets in operators of the Entra ID tenant by their access tokens. Nothing is loaded or fetched for it before somebody presents one.</summary>
public sealed class EntraAccess(EntraKeys keys, IOptions<EntraOptions> options, TimeProvider time, ILogger<EntraAccess> logger) : IDisposable
{
    /// <summary>How long a token that was looked at is believed. It is as good as its signature until it ends, so this saves work and costs nothing but keys that were withdrawn.</summary>
    internal static readonly TimeSpan Belief = TimeSpan.FromMinutes(1);

    /// <summary>Longest token that is looked at. Entra ID leaves groups out of those that would become longer.</summary>
    internal const int LongestToken = 16 * 1024;

    private const int Remembered = 10_000;
    private const string Beginning = "eyJ"; // of every JSON object's base64

    private readonly EntraOptions _options = options.Value;
    private readonly BoundedCache<string, Believed> _believed = new(Remembered, Belief);
    private readonly Lazy<EntraTokens> _tokens = new(() => new(keys, options.Value, time, logger));

    /// <inheritdoc/>
    public void Dispose() => _believed.Dispose();

    /// <summary>Whether what is presented looks like an access token, and such are taken.</summary>
    internal bool Takes(PresentedOperator presented) =>
        _options.IsOn && presented is { Name: null, Secret: { Length: <= LongestToken } text } && text.StartsWith(Beginning, StringComparison.Ordinal) && text.AsSpan().Count('.') == 2;

    /// <summary>Finds the operator whose access token it is.</summary>
    /// <param name="text">The token.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The session; Unauthorized for a token that is not the tenant's, not for this API, or has ended; Forbidden without a role; Busy while the tenant's keys are not to be had.</returns>
    internal async Task<Outcome<OperatorSession>> AuthenticateAsync(string text, CancellationToken cancellationToken)
    {
        // Those who read memory find hashes of tokens, and no tokens.
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        if (_believed.TryGet(hash, out var believed) && believed.Until > time.GetUnixMicros())
        {
            return believed.Session;
        }

        if (!(await _tokens.Value.ReadAsync(text, cancellationToken)).TryGet(out var session, out var failure))
        {
            return failure;
        }

        _believed.Set(hash, new(session, Math.Min(session.Ends, time.GetUnixMicros() + (long)Belief.TotalMicroseconds)));
        return session;
    }

    /// <summary>Somebody for whom an address was signed while their token was good; the address ends with the token.</summary>
    /// <param name="id">Who it is.</param>
    /// <param name="permission">What the address is for.</param>
    /// <returns>A session for that and no more, by the name of its id: a name is personal, and addresses are kept in places of all kinds; Unauthorized when operators are no longer let in by Entra ID.</returns>
    internal Outcome<OperatorSession> Vouch(OperatorId id, OperatorPermission permission) =>
        _options.IsOn ? new OperatorSession(id, id.Value, OperatorSession.RoleFor(permission), time.GetUnixMicros()) : OperatorAccess.Unknown;

    private sealed record Believed(OperatorSession Session, long Until);
}
