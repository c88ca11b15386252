namespace Murano.Shared.Tags;

/// <summary>What an operator wants of a device's tags (specification c.1, addIdentityTag and removeIdentityTag). What is dropped or removed and also added stays.</summary>
public sealed record TagEdit
{
    /// <summary>Names of which no present value stays.</summary>
    public IReadOnlyCollection<TagName> Drop { get; init; } = [];

    /// <summary>Tags that go; they need not be there.</summary>
    public IReadOnlyCollection<Tag> Remove { get; init; } = [];

    /// <summary>Tags that come; they may be there already.</summary>
    public IReadOnlyCollection<Tag> Add { get; init; } = [];
}
