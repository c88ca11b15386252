namespace Murano.Shared.Tags;

/// <summary>The tags that a change adds and removes; no tag is in both.</summary>
/// <param name="Added">Tags that the device does not have yet.</param>
/// <param name="Removed">Tags that it has.</param>
internal sealed record TagDifference(IReadOnlyList<Tag> Added, IReadOnlyList<Tag> Removed)
{
    /// <summary>Nothing changes.</summary>
    public static TagDifference None { get; } = new([], []);

    /// <summary>Tags that change, either way.</summary>
    public int Count => Added.Count + Removed.Count;

    /// <summary>The tags afterwards, in no order.</summary>
    public IEnumerable<Tag> ApplyTo(IEnumerable<Tag> before) => before.Except(Removed).Union(Added);

    /// <summary>All of them.</summary>
    public IEnumerable<Tag> All => Added.Concat(Removed);
}
