namespace Murano.Functions.Health;

/// <summary>Where probes ask how the app is.</summary>
internal static class HealthRoutes
{
    /// <summary>Whether the process answers.</summary>
    public const string Live = "health/live";

    /// <summary>Whether it can serve.</summary>
    public const string Ready = "health/ready";
}
