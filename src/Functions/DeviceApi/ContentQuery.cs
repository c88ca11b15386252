using System.Diagnostics.CodeAnalysis;
using System.Text;
using Murano.Shared;

namespace Murano.Functions.DeviceApi;

/// <summary>The query of a download or upload, from the raw text. Old clients also send <c>vendor</c> and <c>model</c>, which say nothing here (specification a.6).</summary>
/// <param name="Id">The id as it was sent; null = none was.</param>
/// <param name="WantsInfo">Whether only what is known of the file is wanted.</param>
internal sealed record ContentQuery(string? Id, bool WantsInfo)
{
    private static readonly Failure SeveralIds = new Failure.Rejected("several-ids", "id", "Several ids were named.");

    /// <summary>Reads a query with or without its <c>?</c>.</summary>
    /// <returns>The query; Rejected for text that is not UTF-8 and for several ids.</returns>
    public static Outcome<ContentQuery> Parse(string? query)
    {
        string? id = null;
        var info = false;
        var parts = new FormParts(Encoding.UTF8.GetBytes(query is ['?', ..] ? query[1..] : query ?? ""));
        while (parts.MoveNext())
        {
            if (Is(parts.Name, "id"))
            {
                if (id is not null)
                {
                    return SeveralIds;
                }

                if (!FormName.TryDecode(parts.Value, out id))
                {
                    return FormFailure.NotUtf8;
                }
            }
            else if (Is(parts.Name, "info"))
            {
                info = Is(parts.Value, "true");
            }
        }

        return new ContentQuery(id, info);
    }

    private static bool Is(ReadOnlySpan<byte> encoded, string word) => TryRead(encoded, out var text) && text.Equals(word, StringComparison.OrdinalIgnoreCase);

    private static bool TryRead(ReadOnlySpan<byte> encoded, [NotNullWhen(true)] out string? text) => FormName.TryDecode(encoded, out text);
}
