using System.Security.Cryptography;
using Murano.Shared.Connectors;
using Murano.Shared.Identities;

namespace Murano.Shared.Provisioning;

/// <summary>Makes up identities for connectors that give them to their devices (specification c.4, <c>generate_identity</c>).</summary>
internal static class IdentityGenerator
{
    private const int DefaultLength = 16;
    private const int MacDigits = 12;
    private const string Digits = "0123456789";
    private const string LowerHex = "0123456789abcdef";
    private const string UpperHex = "0123456789ABCDEF";

    /// <summary>A random identity of the format; false when the format lets none in, as one whose length contradicts its type.</summary>
    public static bool TryMake(IdentityFormat format, out IdentityId identity)
    {
        var length = format.Length >= 1 ? (int)format.Length : DefaultLength;
        var hex = string.Equals(format.Casing, "upper", StringComparison.Ordinal) ? UpperHex : LowerHex;
        foreach (var body in (string[])
        [
            RandomNumberGenerator.GetString(hex, length),
            RandomNumberGenerator.GetString(Digits, length),
            Uuid(hex),
            RandomNumberGenerator.GetString(hex, MacDigits),
            Mac(hex, ':'),
            Mac(hex, '-'),
        ])
        {
            if (IdentityId.TryParse(format.Prefix + body, out identity) && IdentityFormatRules.Matches(format, identity))
            {
                return true;
            }
        }

        identity = default;
        return false;
    }

    private static string Uuid(string hex)
    {
        var text = RandomNumberGenerator.GetString(hex, 31);
        return $"{text[..8]}-{text[8..12]}-4{text[12..15]}-8{text[16..19]}-{text[19..]}";
    }

    private static string Mac(string hex, char separator) =>
        string.Join(separator, Enumerable.Range(0, MacDigits / 2).Select(_ => RandomNumberGenerator.GetString(hex, 2)));
}
