namespace Murano.Functions.DeviceApi;

/// <summary>
/// The percent-encoding of forms and queries on bytes (specification a.4): <c>+</c> is a space, and a <c>%</c> that two hexadecimal
/// digits do not follow stands for itself. Nothing here can fail; whether the result is UTF-8 is the caller's question.
/// </summary>
internal static class FormText
{
    /// <summary>Bytes that <see cref="Decode"/> makes of <paramref name="source"/>; never more than it has.</summary>
    public static int DecodedLength(ReadOnlySpan<byte> source)
    {
        var length = source.Length;
        for (var at = source.IndexOf((byte)'%'); at >= 0;)
        {
            var step = 1;
            if (IsEscape(source[at..]))
            {
                length -= 2;
                step = 3;
            }

            at += step;
            var next = source[at..].IndexOf((byte)'%');
            at = next < 0 ? -1 : at + next;
        }

        return length;
    }

    /// <summary>Decodes into <paramref name="target"/>, which may be <paramref name="source"/> itself.</summary>
    /// <returns>Bytes written.</returns>
    public static int Decode(ReadOnlySpan<byte> source, Span<byte> target)
    {
        var written = 0;
        for (var at = 0; at < source.Length; at++)
        {
            var b = source[at];
            if (b == '+')
            {
                b = (byte)' ';
            }
            else if (b == '%' && IsEscape(source[at..]))
            {
                b = (byte)((Digit(source[at + 1]) << 4) | Digit(source[at + 2]));
                at += 2;
            }

            target[written++] = b;
        }

        return written;
    }

    /// <summary>Bytes that <see cref="Encode"/> makes of <paramref name="source"/>.</summary>
    public static int EncodedLength(ReadOnlySpan<byte> source)
    {
        var length = source.Length;
        foreach (var b in source)
        {
            length += IsUnreserved(b) ? 0 : 2;
        }

        return length;
    }

    /// <summary>Encodes into <paramref name="target"/>. A space becomes <c>%20</c>, which decoders of forms and of addresses both read.</summary>
    /// <returns>Bytes written.</returns>
    public static int Encode(ReadOnlySpan<byte> source, Span<byte> target)
    {
        var hex = "0123456789ABCDEF"u8;
        var written = 0;
        foreach (var b in source)
        {
            if (IsUnreserved(b))
            {
                target[written++] = b;
                continue;
            }

            target[written++] = (byte)'%';
            target[written++] = hex[b >> 4];
            target[written++] = hex[b & 0xF];
        }

        return written;
    }

    private static bool IsEscape(ReadOnlySpan<byte> at) => at.Length > 2 && Digit(at[1]) >= 0 && Digit(at[2]) >= 0;

    private static bool IsUnreserved(byte b) => char.IsAsciiLetterOrDigit((char)b) || b is (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~';

    private static int Digit(byte b) => b switch
    {
        >= (byte)'0' and <= (byte)'9' => b - '0',
        >= (byte)'a' and <= (byte)'f' => b - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => b - 'A' + 10,
        _ => -1,
    };
}
