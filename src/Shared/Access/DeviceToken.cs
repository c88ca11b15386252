using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Murano.Shared.Access;

/// <summary>A device's token (CIK), specification a.5. Its text is a secret: it is handed out once and only its hash is stored.</summary>
public sealed class DeviceToken
{
    /// <summary>Characters in a token.</summary>
    public const int Length = 40;

    private readonly string _text;

    private DeviceToken(string text) => _text = text;

    /// <summary>SHA-256 of the token in lower-case hexadecimal digits: the key under which storage knows it.</summary>
    public string Hash => field ??= Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(_text)));

    /// <summary>A new token: 40 lower-case hexadecimal digits, the only form that all client libraries accept.</summary>
    public static DeviceToken New() => new(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Length / 2)));

    /// <summary>Reads a token: 40 ASCII letters and digits, as an administrator may set them.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out DeviceToken? token)
    {
        token = text is { Length: Length } && text.All(char.IsAsciiLetterOrDigit) ? new(text) : null;
        return token is not null;
    }

    /// <summary>The secret itself, for the one reply that hands it out.</summary>
    public string Reveal() => _text;

    /// <summary>Never the token.</summary>
    public override string ToString() => "(token)";
}
