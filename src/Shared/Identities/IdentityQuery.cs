namespace Murano.Shared.Identities;

/// <summary>Which page of a connector's devices is wanted.</summary>
public sealed record IdentityQuery
{
    /// <summary>Most rows on a page.</summary>
    public const int MaxLimit = 5000;

    /// <summary>Rows on the page, 1 to <see cref="MaxLimit"/>.</summary>
    public int Limit { get; init; } = 100;

    /// <summary>Only identities after this one, ordinally by their key; null = from the first.</summary>
    public IdentityId? After { get; init; }

    /// <summary>Only devices of this status; null = all.</summary>
    public DeviceStatus? Status { get; init; }

    /// <summary>Only locked (true) or unlocked (false) ones; null = all.</summary>
    public bool? Locked { get; init; }

    /// <summary>Only ones whose flag is as given; null = all.</summary>
    public bool? DevMode { get; init; }

    /// <summary>Only ones whose flag is as given; null = all.</summary>
    public bool? Reprovision { get; init; }
}
