using Murano.Shared.State;

namespace Murano.Functions.DeviceApi;

/// <summary>Writes values as a form, both sides of <c>=</c> percent-encoded (specification a.4).</summary>
internal static class AliasReply
{
    private const int BytesPerRune = 4;

    /// <summary>Bytes that <see cref="Write"/> needs.</summary>
    public static int Length(IReadOnlyList<AliasValue> values)
    {
        var length = Math.Max(0, values.Count - 1);
        Span<byte> utf8 = stackalloc byte[BytesPerRune];
        for (var i = 0; i < values.Count; i++)
        {
            foreach (var rune in values[i].Alias.EnumerateRunes())
            {
                length += FormText.EncodedLength(utf8[..rune.EncodeToUtf8(utf8)]);
            }

            length += 1 + FormText.EncodedLength(values[i].Value.Span);
        }

        return length;
    }

    /// <summary>Writes the values; <paramref name="target"/> has at least <see cref="Length"/> bytes.</summary>
    public static void Write(IReadOnlyList<AliasValue> values, Span<byte> target)
    {
        var at = 0;
        Span<byte> utf8 = stackalloc byte[BytesPerRune];
        for (var i = 0; i < values.Count; i++)
        {
            if (i > 0)
            {
                target[at++] = (byte)'&';
            }

            foreach (var rune in values[i].Alias.EnumerateRunes())
            {
                at += FormText.Encode(utf8[..rune.EncodeToUtf8(utf8)], target[at..]);
            }

            target[at++] = (byte)'=';
            at += FormText.Encode(values[i].Value.Span, target[at..]);
        }
    }
}
