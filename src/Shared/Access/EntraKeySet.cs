using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace Murano.Shared.Access;

/// <summary>The keys with which an Entra ID tenant signs, by their ids.</summary>
internal sealed class EntraKeySet
{
    private const int FewestBits = 2048;
    private const string AnyTenant = "{tenantid}";

    private readonly Dictionary<string, SecurityKey> _keys;

    private EntraKeySet(Dictionary<string, SecurityKey> keys) => _keys = keys;

    /// <summary>The key of that id.</summary>
    public bool TryGet(string id, [NotNullWhen(true)] out SecurityKey? key) => _keys.TryGetValue(id, out key);

    /// <summary>Where the keys are, by the tenant's description of itself.</summary>
    /// <exception cref="InvalidDataException">It is no such description, or another issuer's.</exception>
    public static Uri AddressIn(string document, EntraOptions options)
    {
        try
        {
            using var json = JsonDocument.Parse(document);
            return !string.Equals(json.RootElement.GetProperty("issuer").GetString(), options.Authority, StringComparison.Ordinal)
                ? throw new InvalidDataException("The issuer is another one.")
                : Uri.TryCreate(json.RootElement.GetProperty("jwks_uri").GetString(), UriKind.Absolute, out var address) && IsSafe(address, options) ? address
                : throw new InvalidDataException("The address of the keys is none that may be called.");
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new InvalidDataException("The issuer's description cannot be read.", fault);
        }
    }

    /// <summary>Reads the keys.</summary>
    /// <exception cref="InvalidDataException">There is none that could be used.</exception>
    public static EntraKeySet Read(string document, EntraOptions options)
    {
        try
        {
            var keys = new Dictionary<string, SecurityKey>(StringComparer.Ordinal);
            foreach (var key in new JsonWebKeySet(document).Keys.Where(key => IsUsable(key, options)))
            {
                // With a size that the document cannot lie about.
                var rsa = new RsaSecurityKey(new RSAParameters { Modulus = Base64UrlEncoder.DecodeBytes(key.N), Exponent = Base64UrlEncoder.DecodeBytes(key.E) }) { KeyId = key.Kid };
                if (rsa.KeySize >= FewestBits)
                {
                    keys[key.Kid] = rsa;
                }
            }

            return keys.Count > 0 ? new(keys) : throw new InvalidDataException("There is no key.");
        }
        catch (Exception fault) when (fault is JsonException or ArgumentException or FormatException or InvalidOperationException or CryptographicException)
        {
            throw new InvalidDataException("The issuer's keys cannot be read.", fault);
        }
    }

    // Tenants share keys, and some keys are for other issuers only: such a key says so.
    private static bool IsUsable(JsonWebKey key, EntraOptions options) =>
        key is { Kty: JsonWebAlgorithmsKeyTypes.RSA, Kid.Length: > 0, N.Length: > 0, E.Length: > 0, Use: null or "" or JsonWebKeyUseNames.Sig }
        && (!key.AdditionalData.TryGetValue("issuer", out var issuer)
            || string.Equals(issuer.ToString()?.Replace(AnyTenant, options.TenantId.ToLowerInvariant(), StringComparison.OrdinalIgnoreCase), options.Authority, StringComparison.Ordinal));

    private static bool IsSafe(Uri address, EntraOptions options) =>
        EntraOptions.IsSecret(address) || (EntraOptions.IsThisMachine(address) && EntraOptions.IsThisMachine(new Uri(options.Instance)));
}
