using Murano.Shared.Storage;

namespace Murano.Shared.Tags;

/// <summary>What an edit makes of a device's tags, and how many there may be.</summary>
internal static class TagRules
{
    /// <summary>
    /// Most tags of a device, and most tags that one edit adds and removes: with the header one transaction, so that an edit is stored wholly or not at
    /// all, and all tags of a device can go at once.
    /// </summary>
    public const int MaxTags = TableLimits.TransactionActions - 1;

    /// <summary>What changes.</summary>
    /// <param name="present">The device's tags.</param>
    /// <param name="edit">What is wanted.</param>
    /// <returns>The difference, which may be none; Rejected when the device would have too many, or too many would change.</returns>
    public static Outcome<TagDifference> Apply(IReadOnlyCollection<Tag> present, TagEdit edit)
    {
        HashSet<Tag> before = [.. present];
        var drop = edit.Drop.ToHashSet();
        HashSet<Tag> after = [.. before.Where(tag => !drop.Contains(tag.Name))];
        after.ExceptWith(edit.Remove);
        after.UnionWith(edit.Add);
        var difference = new TagDifference([.. after.Except(before)], [.. before.Except(after)]);
        if (difference.Added.Count > 0 && after.Count > MaxTags)
        {
            return new Failure.Rejected("too-many-tags", "tags", FormattableString.Invariant($"A device has at most {MaxTags} tags."));
        }

        return difference.Count <= MaxTags
            ? difference
            : new Failure.Rejected("too-many-changes", "tags", FormattableString.Invariant($"One change adds and removes at most {MaxTags} tags. Make two of it."));
    }
}
