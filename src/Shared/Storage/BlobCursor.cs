using System.Buffers.Text;
using System.Text;

namespace Murano.Shared.Storage;

/// <summary>Where a page of blobs ended: storage's own text, in letters that an address can hold.</summary>
internal static class BlobCursor
{
    /// <summary>The cursor after a page; null when it was the last.</summary>
    public static string? Of(string? marker) => string.IsNullOrEmpty(marker) ? null : Base64Url.EncodeToString(Encoding.UTF8.GetBytes(marker));

    /// <summary>Storage's text; null for the beginning, where there is no cursor.</summary>
    /// <returns>Whether it is a cursor, or there is none.</returns>
    public static bool TryRead(string? cursor, out string? marker)
    {
        marker = null;
        if (cursor is null)
        {
            return true;
        }

        if (!Base64Url.IsValid(cursor))
        {
            return false;
        }

        marker = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor));
        return marker.Length > 0;
    }
}
