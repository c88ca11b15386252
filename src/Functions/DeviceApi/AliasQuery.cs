using System.Buffers;
using System.Text;
using Murano.Shared;

namespace Murano.Functions.DeviceApi;

/// <summary>
/// The query of a read, <c>?a&amp;b</c> (specification a.7), from the raw text: what follows a <c>=</c> is ignored, and an alias that stands twice
/// counts once, at its first place. The Functions host turns a broken escape <c>%zz</c> into <c>%25zz</c>; both read as the same alias.
/// </summary>
internal static class AliasQuery
{
    /// <summary>Reads a query with or without its <c>?</c>.</summary>
    /// <returns>Distinct aliases in order, none for an empty query; Rejected for an empty alias or text that is not UTF-8; TooLarge for too many.</returns>
    public static Outcome<List<string>> Parse(ReadOnlySpan<char> query)
    {
        var text = query is ['?', ..] ? query[1..] : query;
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        try
        {
            return Parse(bytes.AsSpan(0, Encoding.UTF8.GetBytes(text, bytes)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private static Outcome<List<string>> Parse(ReadOnlySpan<byte> query)
    {
        var index = new AliasIndex();
        var parts = new FormParts(query);
        while (parts.MoveNext())
        {
            if (parts.Name.IsEmpty)
            {
                return FormFailure.EmptyAlias;
            }

            if (!FormName.TryDecode(parts.Name, out var alias))
            {
                return FormFailure.NotUtf8;
            }

            if (!index.Add(alias, out var place) && place < 0)
            {
                return FormFailure.TooManyAliases;
            }
        }

        return index.Aliases;
    }
}
