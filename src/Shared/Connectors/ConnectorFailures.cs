namespace Murano.Shared.Connectors;

/// <summary>Refusals that are given in several places in the same words.</summary>
internal static class ConnectorFailures
{
    /// <summary>There is no such connector, or it is being deleted.</summary>
    public static Failure.NotFound Unknown { get; } = new("unknown-connector", "The connector does not exist.");

    /// <summary>There is no such resource; Murano's own words (specification b.3).</summary>
    public static Failure.NotFound UnknownResource { get; } = new("unknown-resource", "Could not find resource");
}
