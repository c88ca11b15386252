namespace Murano.Shared.Identities;

/// <summary>Which page of a connector's devices is wanted.</summary>
public sealed record IdentityQuery
{
    /// <summary>Most rows on a page.</summary>
    public const int MaxLimit = 5000;

    /// <summary>Rows on the page, 1 to <see cref="MaxLimit"/>.</summary>
    public int Limit { get; init; } = 100;

    /// <summary>The order.</summary>
    public IdentityOrder Order { get; init; }

    /// <summary>Which devices.</summary>
    public IdentityFilter Filter { get; init; } = new();

    /// <summary><see cref="IdentityPage.Next"/> of the page before; null = the first page.</summary>
    public string? Cursor { get; init; }

    /// <summary>Only devices that were seen before this time, µs since the Unix epoch, or never; 0 = all. Goes with <see cref="IdentityOrder.LastSeen"/>.</summary>
    public long Before { get; init; }
}
