namespace Murano.Shared.Content;

/// <summary>Which part of a file is wanted, and on what conditions: headers as they were sent.</summary>
/// <param name="Range">The range; null = the whole.</param>
/// <param name="IfNoneMatch">Lines of <c>If-None-Match</c>.</param>
/// <param name="IfRange"><c>If-Range</c>; null = none.</param>
internal sealed record ContentConditions(ByteRange? Range, IReadOnlyList<string?> IfNoneMatch, string? IfRange)
{
    /// <summary>Whether they can be judged only by one who knows the file's version or size.</summary>
    public bool NeedFacts => IfNoneMatch.Count > 0 || (Range is { } range && (IfRange is not null || range.First is null or > int.MaxValue || range.Last > int.MaxValue));
}
