namespace Murano.Shared.Content;

/// <summary>Which files of a connector an operator asks for.</summary>
public sealed record ContentItemQuery
{
    /// <summary>Most files on a page.</summary>
    public const int MaxLimit = 1000;

    /// <summary>What their ids begin with; empty = anything.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>Tags that they have, each with at least these values; null = any.</summary>
    public ContentTags? Tags { get; init; }

    /// <summary>Most files to look at for a page; null = all there are, in one page.</summary>
    public int? Limit { get; init; }

    /// <summary>Where a page before ended, as it said itself; null = at the beginning.</summary>
    public string? Cursor { get; init; }

    /// <summary>Whether a file is one of them. Without tags to look for, those of <paramref name="item"/> need not be known.</summary>
    public bool Takes(ContentItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return item.Id.Value.StartsWith(Prefix, StringComparison.Ordinal) && (Tags is null || item.Facts.Tags.Include(Tags));
    }
}
