namespace Murano.Shared.State;

/// <summary>The stored values of one alias of one device.</summary>
internal sealed record StateRow
{
    /// <summary>Most hashes of replaced values that a row keeps.</summary>
    public const int MaxReplaced = 16;

    /// <summary>The alias.</summary>
    public required Alias Alias { get; init; }

    /// <summary>The row's ETag as it was read.</summary>
    public string? ETag { get; init; }

    /// <summary>What the device wrote last, or, without acknowledgement (<c>sync=false</c>), what anybody wrote last; null = nothing.</summary>
    public StateValue? Reported { get; init; }

    /// <summary>When, µs.</summary>
    public long ReportedAt { get; init; }

    /// <summary>What the cloud set and the device has not acknowledged; null = nothing.</summary>
    public StateValue? Pending { get; init; }

    /// <summary>When it was set, µs.</summary>
    public long PendingAt { get; init; }

    /// <summary>What the pending value replaced, oldest first.</summary>
    public IReadOnlyList<ValueHash> Replaced { get; init; } = [];

    /// <summary>Poll stamp of the newest cloud set (or of a first write), µs; 0 = none.</summary>
    public long Stamp { get; init; }

    /// <summary>What a device write needs to know of the row.</summary>
    public StateHead ToHead() => new(
        ETag ?? throw new InvalidOperationException("A row that was not stored has no head."),
        Pending is null ? null : ValueHash.Of(Pending.Text.Span),
        PendingAt,
        Replaced,
        Stamp);
}
