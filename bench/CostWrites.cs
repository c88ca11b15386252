namespace Murano.Bench;

/// <summary>What a million writes cost, in US dollars.</summary>
/// <param name="Compute">Time of instances.</param>
/// <param name="Executions">Executions.</param>
/// <param name="Storage">Table requests.</param>
/// <param name="Traffic">Replies over connections that are kept.</param>
internal sealed record CostWrites(decimal Compute, decimal Executions, decimal Storage, decimal Traffic)
{
    /// <summary>All of it.</summary>
    public decimal Total => Compute + Executions + Storage + Traffic;
}
