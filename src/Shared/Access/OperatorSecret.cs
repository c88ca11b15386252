using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Murano.Shared.Access;

/// <summary>The secret of an operator's key, <c>msk_{id}_{random}</c>. It is shown once and only its hash is stored: with 256 random bits it needs no slow one.</summary>
internal sealed class OperatorSecret
{
    private const string Prefix = "msk_";
    private const int RandomLength = 43; // letters and digits: 256 bits
    private const int LongestRandom = 200;

    private readonly string _text;

    private OperatorSecret(string text, OperatorKeyId id) => (_text, Id) = (text, id);

    /// <summary>The key that it claims to be of.</summary>
    public OperatorKeyId Id { get; }

    /// <summary>SHA-256 in lower-case hexadecimal digits.</summary>
    public string Hash => field ??= Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(_text)));

    /// <summary>A new secret of a new key.</summary>
    public static OperatorSecret New()
    {
        var id = OperatorKeyId.New();
        return new($"{Prefix}{id}_{RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", RandomLength)}", id);
    }

    /// <summary>Reads a secret's form; whether it is one, only <see cref="IsOf"/> can tell.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out OperatorSecret? secret)
    {
        const int RandomAt = 4 + OperatorKeyId.Length + 1;
        secret = text is not null
            && text.Length is >= RandomAt + RandomLength and <= RandomAt + LongestRandom
            && text.StartsWith(Prefix, StringComparison.Ordinal)
            && text[RandomAt - 1] == '_'
            && text.AsSpan(RandomAt).IndexOfAnyExceptInRange('0', 'z') < 0
            && OperatorKeyId.TryParse(text[Prefix.Length..(RandomAt - 1)], out var id)
                ? new(text, id)
                : null;
        return secret is not null;
    }

    /// <summary>Whether it is the secret whose hash is stored; takes the same time for any wrong one.</summary>
    public bool IsOf(string hash) => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Hash), Encoding.ASCII.GetBytes(hash));

    /// <summary>The secret itself, for the one moment when it is shown.</summary>
    public string Reveal() => _text;

    /// <summary>Never the secret.</summary>
    public override string ToString() => $"(secret of {Id})";
}
