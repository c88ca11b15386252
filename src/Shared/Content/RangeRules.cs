namespace Murano.Shared.Content;

/// <summary>The header <c>Range</c> (specification a.6; RFC 9110, section 14). One range of bytes is served; what is malformed or asks for several is ignored, as the RFC allows.</summary>
internal static class RangeRules
{
    private const string Unit = "bytes=";

    /// <summary>Reads the header.</summary>
    /// <returns>Null when there is none, or none that counts.</returns>
    public static ByteRange? Parse(string? header)
    {
        var text = header.AsSpan().Trim();
        if (!text.StartsWith(Unit, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        text = text[Unit.Length..].Trim();
        var dash = text.IndexOf('-');
        if (dash < 0)
        {
            return null;
        }

        var first = text[..dash];
        var last = text[(dash + 1)..];
        if (first.IsEmpty)
        {
            return TryRead(last, out var suffix) ? new ByteRange(null, suffix) : null;
        }

        if (!TryRead(first, out var from))
        {
            return null;
        }

        if (last.IsEmpty)
        {
            return new ByteRange(from, null);
        }

        return TryRead(last, out var to) && to >= from ? new ByteRange(from, to) : null;
    }

    /// <summary>The part that a range names in a file of <paramref name="total"/> bytes.</summary>
    /// <returns>First byte and number of bytes, at least one; null when the file has none of them.</returns>
    public static (long First, long Length)? Resolve(ByteRange range, long total)
    {
        if (range.First is not { } first)
        {
            var length = Math.Min(range.Last ?? 0, total);
            return length > 0 ? (total - length, length) : null;
        }

        return first < total ? (first, Math.Min(range.Last ?? long.MaxValue, total - 1) - first + 1) : null;
    }

    // Numbers beyond any file are as good as the largest there is.
    private static bool TryRead(ReadOnlySpan<char> digits, out long value)
    {
        value = 0;
        foreach (var c in digits)
        {
            if (!char.IsAsciiDigit(c))
            {
                return false;
            }

            value = value > (long.MaxValue - 9) / 10 ? long.MaxValue : (value * 10) + (c - '0');
        }

        return !digits.IsEmpty;
    }
}
