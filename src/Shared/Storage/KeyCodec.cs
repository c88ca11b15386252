using System.Text;

namespace Murano.Shared.Storage;

/// <summary>
/// Turns any text into a part of a table key and back: each UTF-8 byte outside <c>[A-Za-z0-9._:@-]</c> becomes <c>*XX</c> (upper-case hex).
/// Injective and prefix-preserving; <c>!</c> never appears in the result, so it can separate parts.
/// </summary>
public static class KeyCodec
{
    /// <summary>Separates the parts of a key.</summary>
    public const char Separator = '!';

    /// <summary>The first character after <see cref="Separator"/>: ends a range of keys that begin with one part.</summary>
    public const char AfterSeparator = '"';

    private const string Hex = "0123456789ABCDEF";

    /// <summary>Length of <see cref="Encode"/>'s result in characters, without making it.</summary>
    public static int EncodedLength(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            length += rune.IsAscii && IsPlain((byte)rune.Value) ? 1 : 3 * rune.Utf8SequenceLength;
        }

        return length;
    }

    /// <summary>The text as a part of a key. Lone surrogates, which no parser lets in, would all become U+FFFD.</summary>
    public static string Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var length = EncodedLength(text);
        if (length == text.Length)
        {
            return text;
        }

        return string.Create(length, text, static (span, source) =>
        {
            Span<byte> bytes = stackalloc byte[4];
            var at = 0;
            foreach (var rune in source.EnumerateRunes())
            {
                if (rune.IsAscii && IsPlain((byte)rune.Value))
                {
                    span[at++] = (char)rune.Value;
                    continue;
                }

                var count = rune.EncodeToUtf8(bytes);
                for (var i = 0; i < count; i++)
                {
                    span[at++] = '*';
                    span[at++] = Hex[bytes[i] >> 4];
                    span[at++] = Hex[bytes[i] & 0xF];
                }
            }
        });
    }

    /// <summary>The text that <see cref="Encode"/> turned into <paramref name="part"/>.</summary>
    /// <exception cref="FormatException">The part was not made by <see cref="Encode"/>.</exception>
    public static string Decode(ReadOnlySpan<char> part)
    {
        var text = part.Contains('*') ? Unescape(part) : part.ToString();

        // Each text has one spelling: two keys for one thing would be two things.
        return part.SequenceEqual(Encode(text)) ? text : throw new FormatException("A key part is not spelled as it would be here.");
    }

    private static string Unescape(ReadOnlySpan<char> part)
    {
        var bytes = new byte[part.Length];
        var count = 0;
        for (var i = 0; i < part.Length; i++)
        {
            if (part[i] != '*')
            {
                bytes[count++] = (byte)part[i];
                continue;
            }

            if (i + 2 >= part.Length)
            {
                throw new FormatException("A key part ends inside an escape.");
            }

            bytes[count++] = (byte)((FromHex(part[i + 1]) << 4) | FromHex(part[i + 2]));
            i += 2;
        }

        return Encoding.UTF8.GetString(bytes.AsSpan(0, count));
    }

    private static bool IsPlain(byte b) => char.IsAsciiLetterOrDigit((char)b) || b is (byte)'.' or (byte)'_' or (byte)':' or (byte)'@' or (byte)'-';

    private static int FromHex(char c) =>
        char.IsAsciiHexDigit(c) ? Convert.ToInt32(c.ToString(), 16) : throw new FormatException("A key part holds a broken escape.");
}
