namespace Murano.Bench;

/// <summary>What a fleet costs in a month, in US dollars, free grants taken off.</summary>
/// <param name="Devices">How many devices.</param>
/// <param name="Writes">What they write.</param>
/// <param name="Instances">Instances that takes at once.</param>
/// <param name="Compute">Time of instances.</param>
/// <param name="Executions">Executions.</param>
/// <param name="Storage">Table and blob requests, and rows.</param>
/// <param name="Traffic">Replies over connections that are kept.</param>
/// <param name="Handshakes">The same when each write connects anew.</param>
/// <param name="Alerts">Alert rules.</param>
internal sealed record CostFleet(decimal Devices, decimal Writes, decimal Instances, decimal Compute, decimal Executions, decimal Storage, decimal Traffic, decimal Handshakes, decimal Alerts)
{
    /// <summary>All, over connections that are kept.</summary>
    public decimal Total => Compute + Executions + Storage + Traffic + Alerts;

    /// <summary>All, when each write connects anew.</summary>
    public decimal TotalAnew => Compute + Executions + Storage + Handshakes + Alerts;
}
