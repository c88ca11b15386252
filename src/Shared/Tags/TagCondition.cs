namespace Murano.Shared.Tags;

/// <summary>What is asked of a device's tags: that there is one of a name, with any value, with one value, or with a value that begins in a certain way.</summary>
public readonly record struct TagCondition
{
    private TagCondition(TagName name, string text, bool isExact) => (Name, Text, IsExact) = (name, text, isExact);

    /// <summary>The name.</summary>
    public TagName Name { get; }

    /// <summary>The value, or its beginning; empty = any value.</summary>
    public string Text { get; }

    /// <summary>Whether the value must be exactly <see cref="Text"/>.</summary>
    public bool IsExact { get; }

    /// <summary>Any value of a name.</summary>
    public static TagCondition Any(TagName name) => new(name, "", false);

    /// <summary>One tag.</summary>
    public static TagCondition Is(Tag tag) => new(tag.Name, tag.Value.Value, true);

    /// <summary>Values of a name that begin with one.</summary>
    public static TagCondition Begins(Tag tag) => new(tag.Name, tag.Value.Value, false);

    /// <summary>The tag that is asked for, when exactly one is.</summary>
    internal Tag? Tag => IsExact && TagValue.TryParse(Text, out var value) ? new Tag(Name, value) : null;

    /// <summary>Whether a tag is what is asked for.</summary>
    public bool Matches(Tag tag) => tag.Name == Name && (IsExact ? string.Equals(tag.Value.Value, Text, StringComparison.Ordinal) : tag.Value.Value.StartsWith(Text, StringComparison.Ordinal));
}
