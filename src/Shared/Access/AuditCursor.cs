using System.Diagnostics.CodeAnalysis;
using System.Text;
using Murano.Shared.Storage;

namespace Murano.Shared.Access;

/// <summary>Where a page of audit entries ended: the day, and its last row. Opaque to callers.</summary>
internal sealed record AuditCursor(DateOnly Day, string Row)
{
    private const int LongestText = 100;

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out AuditCursor? cursor)
    {
        cursor = null;
        Span<byte> bytes = stackalloc byte[LongestText];
        if (text.Length > LongestText || !Convert.TryFromBase64String(text.Replace('-', '+').Replace('_', '/'), bytes, out var length))
        {
            return false;
        }

        var parts = Encoding.ASCII.GetString(bytes[..length]).Split('/');
        cursor = parts is [var day, var row] && AccessKeys.TryParseDay(day, out var date) && row.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == KeyCodec.Separator)
            ? new(date, row)
            : null;
        return cursor is not null;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        Convert.ToBase64String(Encoding.ASCII.GetBytes($"{AccessKeys.DayText(Day)}/{Row}")).Replace('+', '-').Replace('/', '_');
}
