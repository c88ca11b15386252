using Murano.Shared.Identities;

namespace Murano.Shared.Connectors;

/// <summary>Which identities a format lets in (specification f).</summary>
public static class IdentityFormatRules
{
    private const int MacDigits = 12;
    private const string UuidDashes = "........-....-....-....-............";

    // Which separators a MAC address may have: the exact words of Murano's are not known, so the likely ones are all understood.
    private static readonly Dictionary<string, string> MacSeparators = new(StringComparer.OrdinalIgnoreCase)
    {
        [""] = " :-",
        [":"] = ":",
        ["colon"] = ":",
        ["-"] = "-",
        ["dash"] = "-",
        ["hyphen"] = "-",
        ["plain"] = " ",
        ["none"] = " ",
    };

    /// <summary>Whether the identity is of the format.</summary>
    public static bool Matches(IdentityFormat format, IdentityId identity)
    {
        ArgumentNullException.ThrowIfNull(format);
        if (!identity.Value.StartsWith(format.Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        var rest = identity.Value.AsSpan(format.Prefix.Length);
        return !rest.IsEmpty && HasLength(format, rest) && IsOfType(format, rest);
    }

    /// <summary>Whether <see cref="IdentityFormat.Type"/> may be this.</summary>
    internal static bool IsKnownType(string type) => Normalize(type) is "opaque" or "base10" or "base16" or "uuid" || Separators(type) is not null;

    private static bool IsOfType(IdentityFormat format, ReadOnlySpan<char> rest) => Normalize(format.Type) switch
    {
        "opaque" => true,
        "base10" => !rest.ContainsAnyExceptInRange('0', '9'),
        "base16" => AreHex(rest, format.Casing),
        "uuid" => IsUuid(rest, format.Casing),
        _ => Separators(format.Type) is { } separators && IsMac(rest, separators, format.Casing),
    };

    private static string Normalize(string type) => type.ToLowerInvariant() switch
    {
        "uuid:v4" or "uuid:4" or "uuidv4" => "uuid",
        var other => other,
    };

    private static string? Separators(string type)
    {
        const string Mac = "mac:48";
        if (!type.StartsWith(Mac, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var variant = type[Mac.Length..];
        return MacSeparators.GetValueOrDefault(variant.Length > 1 && variant[0] == ':' ? variant[1..] : variant);
    }

    private static bool HasLength(IdentityFormat format, ReadOnlySpan<char> rest)
    {
        var wanted = Math.Floor(format.Length);
        if (wanted < 1)
        {
            return true;
        }

        var characters = 0;
        foreach (var c in rest)
        {
            characters += char.IsLowSurrogate(c) ? 0 : 1;
        }

        return characters == wanted;
    }

    private static bool AreHex(ReadOnlySpan<char> text, string casing)
    {
        foreach (var c in text)
        {
            if (!IsHex(c, casing))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsHex(char c, string casing) => casing switch
    {
        "upper" => char.IsAsciiHexDigitUpper(c),
        "lower" => char.IsAsciiHexDigitLower(c),
        _ => char.IsAsciiHexDigit(c),
    };

    private static bool IsMac(ReadOnlySpan<char> text, string separators, string casing)
    {
        if (text.Length == MacDigits)
        {
            return separators.Contains(' ', StringComparison.Ordinal) && AreHex(text, casing);
        }

        if (text.Length != MacDigits + 5 || text[2] == ' ' || !separators.Contains(text[2], StringComparison.Ordinal))
        {
            return false;
        }

        for (var i = 0; i < text.Length; i++)
        {
            if (i % 3 == 2 ? text[i] != text[2] : !IsHex(text[i], casing))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsUuid(ReadOnlySpan<char> text, string casing)
    {
        if (text.Length != UuidDashes.Length || text[14] != '4' || text[19] is not ('8' or '9' or 'a' or 'b' or 'A' or 'B'))
        {
            return false;
        }

        for (var i = 0; i < text.Length; i++)
        {
            if (UuidDashes[i] == '-' ? text[i] != '-' : !IsHex(text[i], casing))
            {
                return false;
            }
        }

        return true;
    }
}
