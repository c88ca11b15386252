using System.Security.Claims;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Murano.LocalHost.WebPubSub;

/// <summary>Tokens of the service: JWT, HS256 with the UTF-8 bytes of the access key as it is written.</summary>
/// <param name="User">Who; null = nobody in particular.</param>
/// <param name="Roles">What the client may do.</param>
/// <param name="Groups">Groups that it is in from the beginning.</param>
internal sealed record HubToken(string? User, IReadOnlyList<string> Roles, IReadOnlyList<string> Groups)
{
    private const string RoleClaim = "role";
    private const string GroupClaim = "webpubsub.group";

    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false, MapInboundClaims = false };

    /// <summary>Writes a token.</summary>
    /// <param name="key">The access key.</param>
    /// <param name="audience">The address that it opens.</param>
    /// <param name="now">From when on it holds.</param>
    /// <param name="lifetime">For how long.</param>
    public string Write(string key, string audience, DateTimeOffset now, TimeSpan lifetime)
    {
        var claims = new Dictionary<string, object>(StringComparer.Ordinal);
        if (User is not null)
        {
            claims["sub"] = User;
        }

        if (Roles.Count > 0)
        {
            claims[RoleClaim] = Roles;
        }

        if (Groups.Count > 0)
        {
            claims[GroupClaim] = Groups;
        }

        return Handler.CreateToken(new SecurityTokenDescriptor
        {
            Audience = audience,
            Claims = claims,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = (now + lifetime).UtcDateTime,
            SigningCredentials = new SigningCredentials(KeyOf(key), SecurityAlgorithms.HmacSha256),
        });
    }

    /// <summary>Reads a token.</summary>
    /// <param name="text">The token.</param>
    /// <param name="key">The access key.</param>
    /// <param name="path">Path of the address that it is to open. Host, query and slashes too many do not count, because clients write them in many ways.</param>
    /// <returns>The token; null when it does not hold.</returns>
    public static async Task<HubToken?> ReadAsync(string? text, string key, string path)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        var result = await Handler.ValidateTokenAsync(text, new TokenValidationParameters
        {
            IssuerSigningKey = KeyOf(key),
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            ValidateIssuer = false,
            AudienceValidator = (audiences, _, _) => audiences.Any(audience => Uri.TryCreate(audience, UriKind.Absolute, out var address) && IsSame(address.AbsolutePath, path)),
        });
        return result.IsValid ? new(result.ClaimsIdentity.FindFirst("sub")?.Value, ValuesOf(result.ClaimsIdentity, RoleClaim), ValuesOf(result.ClaimsIdentity, GroupClaim)) : null;
    }

    private static SymmetricSecurityKey KeyOf(string key) => new(Encoding.UTF8.GetBytes(key)) { CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false } };

    private static bool IsSame(string one, string other) => Plain(one).Equals(Plain(other), StringComparison.OrdinalIgnoreCase);

    private static string Plain(string path) => string.Join('/', Uri.UnescapeDataString(path).Split('/', StringSplitOptions.RemoveEmptyEntries));

    private static string[] ValuesOf(ClaimsIdentity identity, string type) => [.. identity.FindAll(type).Select(claim => claim.Value)];
}
