namespace Murano.Bench;

/// <summary>A list price in US dollars.</summary>
/// <param name="Meter">What is paid for.</param>
/// <param name="Amount">The price.</param>
/// <param name="Unit">Of how much.</param>
/// <param name="Source">Where it was read, and when.</param>
internal sealed record CostPrice(string Meter, decimal Amount, string Unit, string Source);
