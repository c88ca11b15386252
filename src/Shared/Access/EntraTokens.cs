using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Murano.Shared.Access;

/// <summary>Reads access tokens of one Entra ID tenant.</summary>
internal sealed partial class EntraTokens(EntraKeys keys, EntraOptions options, TimeProvider time, ILogger logger)
{
    // Tokens for an API are of version 1.0 unless its registration asks for 2.0. Both are signed with the same keys.
    private readonly string[] _issuers = [options.Authority, $"https://sts.windows.net/{options.TenantId.ToLowerInvariant()}/"];
    private readonly IReadOnlyList<string> _audiences = options.Audiences;
    private readonly EntraTokenRules _rules = new(options);
    private readonly JsonWebTokenHandler _handler = new();

    /// <summary>Finds out whose token it is.</summary>
    /// <param name="text">The token.</param>
    /// <param name="cancellationToken">Ends the wait for keys.</param>
    /// <returns>As <see cref="EntraAccess.AuthenticateAsync"/>.</returns>
    public async Task<Outcome<OperatorSession>> ReadAsync(string text, CancellationToken cancellationToken)
    {
        try
        {
            var token = new JsonWebToken(text);

            // What is not even claimed to be the tenant's makes nobody ask for its keys.
            if (token.Alg is not SecurityAlgorithms.RsaSha256 || token.Kid is not { Length: > 0 } || !_issuers.Contains(token.Issuer, StringComparer.Ordinal))
            {
                return Refuse("header or issuer");
            }

            if (!(await keys.FindAsync(token.Kid, cancellationToken)).TryGet(out var key, out var failure))
            {
                return failure;
            }

            var result = await _handler.ValidateTokenAsync(token, ParametersWith(key));
            return result.IsValid ? Judge(token) : Refuse(result.Exception.GetType().Name);
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException or OverflowException or JsonException or SecurityTokenException or InvalidOperationException)
        {
            return Refuse(fault.GetType().Name);
        }
    }

    // When it ends is judged last, by the clock that all others go by: only the holder of a token that was good hears that it has ended.
    private TokenValidationParameters ParametersWith(SecurityKey key) => new()
    {
        ValidIssuers = _issuers,

        // Application ids and URIs are the same in any case; in tokens of version 1.0 the URI is written as whoever asked wrote it.
        AudienceValidator = (audiences, _, _) => audiences.Any(audience => _audiences.Contains(audience, StringComparer.OrdinalIgnoreCase)),
        ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
        ValidTypes = ["JWT", "at+jwt"],
        IssuerSigningKey = key,
        TryAllIssuerSigningKeys = false,
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        ValidateLifetime = false,
    };

    private Outcome<OperatorSession> Judge(JsonWebToken token)
    {
        var outcome = _rules.Judge(token, time.GetUtcNow(), out var why);
        return why is null ? outcome : Refuse(why);
    }

    private Failure Refuse(string why)
    {
        Log.Refused(logger, why);
        return OperatorAccess.Unknown;
    }

    private static partial class Log
    {
        [LoggerMessage(1702, LogLevel.Debug, "An access token was refused: {Why}.")]
        public static partial void Refused(ILogger logger, string why);
    }
}
