using Murano.Shared.Connectors;
using Murano.Shared.Identities;
using Murano.Shared.Tags;

namespace Murano.Shared.Storage;

/// <summary>PartitionKeys of table <c>tagindex</c>, and tags as they stand in other keys and in work: name and value, escaped, with <c>!</c> between.</summary>
internal static class TagKeys
{
    /// <summary>Characters of tags that a header keeps.</summary>
    public const int MaxHeaderText = 1000;

    /// <summary>A tag as text: <c>{name}!{value}</c>.</summary>
    public static string Text(Tag tag) => string.Concat(KeyCodec.Encode(tag.Name.Value), "!", KeyCodec.Encode(tag.Value.Value));

    /// <summary>Tags in the order given, with commas between, as header and work name them.</summary>
    public static string ListText(IEnumerable<Tag> tags) => string.Join(',', tags.Select(Text));

    /// <summary>The tags of a list.</summary>
    /// <exception cref="FormatException">The text was not made by this type.</exception>
    public static Tag[] ParseList(string text) => [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(tag => ParseText(tag))];

    /// <summary>A device's tags as its header keeps them, in order of their rows; null when they are too long, because the header is read more often than they are.</summary>
    public static string? HeaderText(IEnumerable<Tag> tags)
    {
        var text = string.Join(',', tags.Select(Text).Order(StringComparer.Ordinal));
        return text.Length <= MaxHeaderText ? text : null;
    }

    /// <summary>The tag of a text.</summary>
    /// <exception cref="FormatException">The text was not made by this type.</exception>
    public static Tag ParseText(ReadOnlySpan<char> text)
    {
        var separator = text.IndexOf(KeyCodec.Separator);
        return separator > 0
            && TagName.TryParse(KeyCodec.Decode(text[..separator]), out var name)
            && TagValue.TryParse(KeyCodec.Decode(text[(separator + 1)..]), out var value)
            ? new Tag(name, value)
            : throw new FormatException("A key is named like no tag.");
    }

    /// <summary>The partition of one device under one tag: <c>{connector}!{name}!{value}!{identity}</c>.</summary>
    public static string Partition(DeviceKey device, Tag tag) => string.Concat(device.Connector.Value, "!", Text(tag), "!") + KeyCodec.Encode(device.Identity.Value);

    /// <summary>Tag and device of a partition.</summary>
    /// <exception cref="FormatException">The partition was not named by this type.</exception>
    public static (Tag Tag, IdentityId Identity) Parse(string partition)
    {
        var (first, last) = (partition.IndexOf(KeyCodec.Separator, StringComparison.Ordinal), partition.LastIndexOf(KeyCodec.Separator));
        return first > 0 && last > first && IdentityId.TryParse(KeyCodec.Decode(partition.AsSpan(last + 1)), out var identity)
            ? (ParseText(partition.AsSpan(first + 1, last - first - 1)), identity)
            : throw new FormatException("A partition of the tag index is named like no tag of a device.");
    }

    /// <summary>The range of a connector's partitions, or of those of one name; in it only what comes after a name, or after a value of the name.</summary>
    /// <param name="connector">Whose.</param>
    /// <param name="name">Null = all names.</param>
    /// <param name="after">A name, or with <paramref name="name"/> a value; null = from the first.</param>
    /// <returns>The first partition and the first one after the range.</returns>
    public static (string From, string To) Range(ConnectorId connector, TagName? name, string? after)
    {
        var within = name is { } wanted ? string.Concat(connector.Value, "!", KeyCodec.Encode(wanted.Value)) : connector.Value;
        var from = after is null ? within + KeyCodec.Separator : string.Concat(within, "!", KeyCodec.Encode(after)) + KeyCodec.AfterSeparator;
        return (from, within + KeyCodec.AfterSeparator);
    }

    /// <summary>The range of the partitions that a condition leads to.</summary>
    /// <returns>The first partition and the first one after the range. Under one value they are in order of identities.</returns>
    public static (string From, string To) Range(ConnectorId connector, TagCondition condition)
    {
        var from = string.Concat(connector.Value, "!", KeyCodec.Encode(condition.Name.Value), "!") + KeyCodec.Encode(condition.Text);
        return condition.IsExact ? (from + KeyCodec.Separator, from + KeyCodec.AfterSeparator) : (from, from[..^1] + (char)(from[^1] + 1));
    }
}
