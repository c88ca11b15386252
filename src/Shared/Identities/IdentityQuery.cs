using Murano.Shared.State;
using Murano.Shared.Storage;

namespace Murano.Shared.Identities;

/// <summary>Which page of a connector's devices is wanted.</summary>
public sealed record IdentityQuery
{
    /// <summary>Most rows on a page.</summary>
    public const int MaxLimit = 5000;

    /// <summary>Most rows on a page whose devices come with tags or values.</summary>
    public const int MaxDetailed = 500;

    /// <summary>Most values that each device comes with.</summary>
    public const int MaxAliases = TableLimits.RowsInFilter;

    /// <summary>Rows on the page, 1 to <see cref="MaxLimit"/>; fewer come when more is wanted than a page may have.</summary>
    public int Limit { get; init; } = 100;

    /// <summary>The order.</summary>
    public IdentityOrder Order { get; init; }

    /// <summary>Which devices.</summary>
    public IdentityFilter Filter { get; init; } = new();

    /// <summary><see cref="IdentityPage.Next"/> of the page before; null = the first page.</summary>
    public string? Cursor { get; init; }

    /// <summary>Only devices that were seen before this time, µs since the Unix epoch, or never; 0 = all. Goes with <see cref="IdentityOrder.LastSeen"/>.</summary>
    public long Before { get; init; }

    /// <summary>Whether each device comes with its tags: one request more for each device on the page.</summary>
    public bool WithTags { get; init; }

    /// <summary>The values that each device comes with: one request more for each device on the page.</summary>
    public IReadOnlyList<Alias> WithState { get; init; } = [];

    /// <summary>Rows that the page may have.</summary>
    internal int Rows => WithTags || WithState.Count > 0 ? Math.Min(Limit, MaxDetailed) : Limit;
}
