using System.Globalization;
using Microsoft.AspNetCore.Http;
using Murano.Shared;
using Murano.Shared.Content;

namespace Murano.Functions.ManagementApi;

/// <summary>The parameters of requests about files (specification b.5, c.5). An empty one counts as absent.</summary>
internal sealed class ContentItemParameters(IQueryCollection parameters)
{
    private const int ShortestTime = 1;
    private const int LongestTime = 3600;
    private const int UsualTime = 300;
    private const int HashLength = 64;

    private static readonly Failure BadTags = new Failure.Rejected(
        "bad-tags", "", FormattableString.Invariant($"tags must be a JSON object of strings, or lists of strings, of at most {ContentLimits.TagCharacters} characters."));

    /// <summary>Whether all that is known of the files is wanted, and not their ids alone.</summary>
    public bool WantsFull => string.Equals(Text("full"), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads <c>prefix</c>, <c>tags</c>, <c>limit</c> and <c>cursor</c>.</summary>
    /// <returns>The query; Rejected for a parameter that cannot be.</returns>
    public Outcome<ContentItemQuery> Query()
    {
        int? limit = null;
        if (Text("limit") is { } text)
        {
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var most) || most < 1)
            {
                return Bad("limit must be a whole number from 1.");
            }

            limit = Math.Min(most, ContentItemQuery.MaxLimit);
        }

        var cursor = Text("cursor");
        return TryReadTags(out var tags)
            ? new ContentItemQuery { Prefix = Text("prefix") ?? "", Tags = tags, Limit = limit ?? (cursor is null ? null : ContentItemQuery.MaxLimit), Cursor = cursor }
            : BadTags;
    }

    /// <summary>Reads <c>expires_in</c>, in seconds: from 1 to 3600, 300 when it is absent.</summary>
    public Outcome<TimeSpan> Duration()
    {
        var seconds = UsualTime;
        return Text("expires_in") is not { } text || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out seconds) && seconds is >= ShortestTime and <= LongestTime)
            ? TimeSpan.FromSeconds(seconds)
            : Bad(FormattableString.Invariant($"expires_in must be a number of seconds from {ShortestTime} to {LongestTime}."));
    }

    /// <summary>Reads <c>type</c>, <c>sha256</c> and <c>tags</c> of an upload.</summary>
    public Outcome<ContentTerms> Terms()
    {
        var type = MediaType.Unknown;
        if (Text("type") is { } typeText && !MediaType.TryParse(typeText, out type))
        {
            return Bad("type must be a MIME type.");
        }

        var hash = Text("sha256") ?? "";
        if (hash.Length > 0 && (hash.Length != HashLength || !hash.All(char.IsAsciiHexDigit)))
        {
            return Bad("sha256 must have 64 hexadecimal digits.");
        }

        return TryReadTags(out var tags) ? new ContentTerms { Type = type, Sha256 = hash.ToLowerInvariant(), Tags = tags ?? ContentTags.None } : BadTags;
    }

    /// <summary>A parameter, the last one of several; null when it is absent.</summary>
    public string? Text(string name) => parameters[name].LastOrDefault() is { Length: > 0 } text ? text : null;

    private bool TryReadTags(out ContentTags? tags)
    {
        tags = null;
        return Text("tags") is not { } text || ContentTags.TryParse(text, out tags);
    }

    private static Failure.Rejected Bad(string detail) => new("bad-parameter", "", detail);
}
