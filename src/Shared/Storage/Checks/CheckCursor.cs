using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Murano.Shared.Storage.Checks;

/// <summary>Where a step of a check ended.</summary>
/// <param name="Part">Which part of the check.</param>
/// <param name="Place">The last row or file of it that was looked at; empty = none yet.</param>
internal sealed record CheckCursor(int Part, string Place)
{
    private const int MaxLength = 4000;

    /// <summary>The beginning.</summary>
    public static CheckCursor Start { get; } = new(0, "");

    /// <summary>As operators get it.</summary>
    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Part} {Place}")));

    /// <summary>Reads a cursor; false when it is none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="parts">How many parts the check has.</param>
    /// <param name="cursor">The cursor.</param>
    public static bool TryParse(string text, int parts, out CheckCursor cursor)
    {
        cursor = Start;
        if (text.Length > MaxLength || !Base64Url.IsValid(text))
        {
            return false;
        }

        var read = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split(' ', 2);
        if (read is not [var number, var place] || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var part) || part >= parts || place.AsSpan().ContainsAny('\'', '\0'))
        {
            return false;
        }

        cursor = new(part, place);
        return true;
    }
}
