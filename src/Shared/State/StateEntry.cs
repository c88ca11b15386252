namespace Murano.Shared.State;

/// <summary>Both sides of one value as the management API shows them (specification c.3).</summary>
/// <param name="Alias">A defined alias.</param>
/// <param name="Reported">What the device last wrote; null = nothing yet.</param>
/// <param name="Set">What the device is to have; null when the resource is not settable or nothing is set.</param>
/// <param name="Timestamp">Time of the newest change in µs since the Unix epoch; 0 = never.</param>
public sealed record StateEntry(Alias Alias, StateValue? Reported, StateValue? Set, long Timestamp)
{
    /// <summary>Time of <see cref="Reported"/> in µs since the Unix epoch; 0 = never.</summary>
    public long ReportedAt { get; init; }

    /// <summary>When the cloud set what the device has not acknowledged, in µs since the Unix epoch; 0 = it has all.</summary>
    public long SetAt { get; init; }
}
