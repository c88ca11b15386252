namespace Murano.Functions.Health;

/// <summary>How the parts were a moment ago.</summary>
/// <param name="Storage">Without it nothing can be served.</param>
/// <param name="Channel">Without it polls find news by looking, and nobody sees the live log.</param>
internal sealed record HealthState(PartState Storage, PartState Channel)
{
    /// <summary>Whether requests can be served.</summary>
    public bool IsReady => Storage == PartState.Up;

    /// <summary>The sum of it: <c>up</c>, <c>degraded</c> or <c>down</c>.</summary>
    public string Status => !IsReady ? "down" : Channel == PartState.Down ? "degraded" : "up";
}
