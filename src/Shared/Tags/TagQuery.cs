namespace Murano.Shared.Tags;

/// <summary>Which page of the names in use, or of a name's values, is wanted.</summary>
public sealed record TagQuery
{
    /// <summary>Most rows on a page.</summary>
    public const int MaxLimit = 1000;

    /// <summary>Rows on the page, 1 to <see cref="MaxLimit"/>.</summary>
    public int Limit { get; init; } = 100;

    /// <summary>Only names or values after this one, ordinally by their keys; it need not be in use. Null = from the first.</summary>
    public string? After { get; init; }

    /// <summary>Whether devices are counted, which reads an index row for each tag that is counted.</summary>
    public bool Counts { get; init; } = true;
}
