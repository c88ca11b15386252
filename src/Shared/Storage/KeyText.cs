using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Murano.Shared.Storage;

/// <summary>What all texts that name something (identities, aliases, tags) have in common, so that they fit keys and addresses.</summary>
internal static class KeyText
{
    /// <summary>Whether the text is non-empty, at most <paramref name="maxEncodedLength"/> characters when escaped, and free of control characters, lone surrogates and a literal <c>%2F</c>.</summary>
    public static bool IsUsable([NotNullWhen(true)] string? text, int maxEncodedLength)
    {
        if (string.IsNullOrEmpty(text) || text.Length > maxEncodedLength || text.Contains("%2F", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(rest, out var rune, out var consumed) != System.Buffers.OperationStatus.Done || Rune.IsControl(rune))
            {
                return false;
            }

            rest = rest[consumed..];
        }

        return KeyCodec.EncodedLength(text) <= maxEncodedLength;
    }
}
