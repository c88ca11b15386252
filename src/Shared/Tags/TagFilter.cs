namespace Murano.Shared.Tags;

/// <summary>Conditions on a device's tags that all must hold, each by a tag of the device.</summary>
public sealed record TagFilter
{
    /// <summary>Most conditions: each costs a look at the index and at the device.</summary>
    public const int MaxConditions = 8;

    private TagFilter(IReadOnlyList<TagCondition> conditions) => Conditions = conditions;

    /// <summary>No condition.</summary>
    public static TagFilter None { get; } = new([]);

    /// <summary>The conditions, as they were given.</summary>
    public IReadOnlyList<TagCondition> Conditions { get; }

    /// <summary>Whether nothing is asked.</summary>
    public bool IsEmpty => Conditions.Count == 0;

    /// <summary>These conditions and one more, which may be among them already.</summary>
    public TagFilter And(TagCondition condition) => Conditions.Contains(condition) ? this : new([.. Conditions, condition]);

    /// <summary>Whether a device with these tags passes.</summary>
    public bool Matches(IReadOnlyCollection<Tag> tags) => Conditions.All(condition => tags.Any(condition.Matches));

    /// <inheritdoc/>
    public bool Equals(TagFilter? other) => other is not null && Conditions.SequenceEqual(other.Conditions);

    /// <inheritdoc/>
    public override int GetHashCode() => Conditions.Aggregate(0, HashCode.Combine);

    /// <inheritdoc/>
    public override string ToString() => string.Join(' ', Conditions);
}
