namespace Murano.Shared.Tags;

/// <summary>One page of names or values in use.</summary>
/// <param name="Counts">The names or values, in order of their keys.</param>
/// <param name="MayLoadMore">Whether more follow.</param>
public sealed record TagCountPage(IReadOnlyList<TagCount> Counts, bool MayLoadMore);
