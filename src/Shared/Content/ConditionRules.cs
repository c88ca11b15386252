using System.Globalization;

namespace Murano.Shared.Content;

/// <summary>Conditions on a file's version (RFC 9110, section 13). A tag without quotes is read as if it had them.</summary>
internal static class ConditionRules
{
    /// <summary>Whether a line of <c>If-None-Match</c> names the version: by weak comparison, <c>*</c> for any.</summary>
    public static bool Matches(IReadOnlyList<string?> lines, string entityTag)
    {
        foreach (var line in lines)
        {
            var rest = line.AsSpan().Trim();
            if (rest is "*")
            {
                return true;
            }

            while (!rest.IsEmpty)
            {
                if (Take(ref rest, out _).Equals(entityTag, StringComparison.Ordinal))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Whether <c>If-Range</c> lets a part be sent: the tag by strong comparison, or the date of the version to the second.</summary>
    public static bool Holds(string? ifRange, string entityTag, long modifiedSeconds)
    {
        if (ifRange is null)
        {
            return true;
        }

        if (DateTimeOffset.TryParseExact(ifRange.Trim(), "R", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date))
        {
            return date.ToUnixTimeSeconds() == modifiedSeconds;
        }

        var rest = ifRange.AsSpan().Trim();
        return !rest.IsEmpty && Take(ref rest, out var weak).Equals(entityTag, StringComparison.Ordinal) && !weak && rest.IsEmpty;
    }

    // Takes one tag off a list, and the comma behind it.
    private static ReadOnlySpan<char> Take(ref ReadOnlySpan<char> rest, out bool weak)
    {
        weak = rest.StartsWith("W/", StringComparison.Ordinal);
        var text = weak ? rest[2..] : rest;
        ReadOnlySpan<char> tag;
        if (text is ['"', ..])
        {
            var end = text[1..].IndexOf('"');
            tag = end < 0 ? default : text[1..(end + 1)];
            text = end < 0 ? default : text[(end + 2)..];
            var next = text.IndexOf(',');
            rest = next < 0 ? default : text[(next + 1)..].Trim();
        }
        else
        {
            var end = text.IndexOf(',');
            tag = (end < 0 ? text : text[..end]).Trim();
            rest = end < 0 ? default : text[(end + 1)..].Trim();
        }

        return tag;
    }
}
