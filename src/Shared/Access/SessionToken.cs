using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Murano.Shared.Access;

/// <summary>
/// The token of a session: 40 letters and digits (specification b.1). Key and end stand in it so that one point read finds its row, and the ended sessions of a
/// key are a range of rows; the 131 random bits behind them are what proves it.
/// </summary>
internal sealed class SessionToken
{
    /// <summary>Characters in a token.</summary>
    public const int Length = OperatorKeyId.Length + EndLength + RandomLength;

    private const int EndLength = 6;
    private const int RandomLength = 22;
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private readonly string _text;

    private SessionToken(string text, OperatorKeyId key, long end) => (_text, Key, End) = (text, key, end);

    /// <summary>The key that the session claims to be of.</summary>
    public OperatorKeyId Key { get; }

    /// <summary>When it ends, seconds since the Unix epoch.</summary>
    public long End { get; }

    /// <summary>SHA-256 in lower-case hexadecimal digits.</summary>
    public string Hash => field ??= Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(_text)));

    /// <summary>A new token.</summary>
    public static SessionToken New(OperatorKeyId key, long end)
    {
        Span<char> text = stackalloc char[EndLength];
        var rest = end;
        for (var i = EndLength - 1; i >= 0; i--)
        {
            text[i] = Digits[(int)(rest % Digits.Length)];
            rest /= Digits.Length;
        }

        return new(string.Concat(key.Value, text, RandomNumberGenerator.GetString(Digits, RandomLength)), key, end);
    }

    /// <summary>Reads a token's form; whether it is one, only storage can tell.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out SessionToken? token)
    {
        token = null;
        if (text is not { Length: Length } || !text.All(char.IsAsciiLetterOrDigit) || !OperatorKeyId.TryParse(text[..OperatorKeyId.Length], out var key))
        {
            return false;
        }

        var end = 0L;
        foreach (var letter in text.AsSpan(OperatorKeyId.Length, EndLength))
        {
            end = (end * Digits.Length) + Digits.IndexOf(letter, StringComparison.Ordinal);
        }

        token = new(text, key, end);
        return true;
    }

    /// <summary>The token itself, for the one moment when it is shown.</summary>
    public string Reveal() => _text;

    /// <summary>Never the token.</summary>
    public override string ToString() => $"(session of {Key})";
}
