using System.Globalization;

namespace Murano.Shared.Connectors;

/// <summary>A number as resources know it: exact within 28 digits, else as near as a double comes.</summary>
internal readonly struct ResourceNumber
{
    private const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    private readonly double _near;
    private readonly decimal? _exact;

    private ResourceNumber(double near, decimal? exact) => (_near, _exact) = (near, exact);

    /// <summary>Reads a decimal number with a point, without blanks or separators; an exponent is fine, infinity and not-a-number are not.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out ResourceNumber number)
    {
        number = default;
        // The platform's parsers take NUL characters at the end of a number.
        if (text.EndsWith('\0') || !double.TryParse(text, Style, CultureInfo.InvariantCulture, out var near) || !double.IsFinite(near))
        {
            return false;
        }

        // Digits beyond what a decimal holds would be lost without a word: then the double speaks.
        var isExact = decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out var exact) && (exact != 0 || near == 0);
        number = new(near, isExact ? exact : null);
        return true;
    }

    /// <summary>Whether this number is the smaller one.</summary>
    public bool IsBelow(ResourceNumber other) => _exact is { } one && other._exact is { } two ? one < two : _near < other._near;
}
