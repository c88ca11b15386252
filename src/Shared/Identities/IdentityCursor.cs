using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Murano.Shared.Connectors;
using Murano.Shared.Storage;

namespace Murano.Shared.Identities;

/// <summary>Where a page of the list ended: a place in the order, not a number of rows, so that it stays right while devices come and go.</summary>
/// <param name="Place">Partition of the last row that was looked at: in <c>directory</c>, or in <c>recency</c>.</param>
/// <param name="Order">Which of the two.</param>
/// <param name="Seen">When the last device of a page that was sorted exactly had been seen, µs; 0 = never. Null = the page was sorted to the hour.</param>
/// <param name="Created">When that device became known, µs.</param>
internal sealed record IdentityCursor(string Place, IdentityOrder Order, long? Seen = null, long Created = 0)
{
    private const int MaxLength = 2000;
    private const char Separator = ' ';

    /// <summary>As operators get it: letters, digits, <c>-</c> and <c>_</c>.</summary>
    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{(int)Order}{Separator}{Seen}{Separator}{Created}{Separator}{Place}")));

    /// <summary>Reads a cursor of this connector's list; false when it is none, or one of another order.</summary>
    public static bool TryParse(string text, ConnectorId connector, IdentityOrder order, out IdentityCursor cursor)
    {
        cursor = null!;
        if (text.Length > MaxLength || !Base64Url.IsValid(text))
        {
            return false;
        }

        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split(Separator);
        if (parts is not [var kind, var seen, var created, var place]
            || !string.Equals(kind, ((int)order).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            || !long.TryParse(created, NumberStyles.None, CultureInfo.InvariantCulture, out var since)
            || !place.StartsWith(DeviceKey.RangeStart(connector), StringComparison.Ordinal)
            || place.AsSpan().ContainsAny('\'', '\0'))
        {
            return false;
        }

        long? exact = null;
        if (seen.Length > 0)
        {
            if (!long.TryParse(seen, NumberStyles.None, CultureInfo.InvariantCulture, out var at))
            {
                return false;
            }

            exact = at;
        }

        cursor = new(place, order, exact, since);
        return true;
    }
}
