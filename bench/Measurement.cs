namespace Murano.Bench;

/// <summary>What one round measured.</summary>
/// <param name="Rate">Requests a second.</param>
/// <param name="P99">99th percentile in ms.</param>
/// <param name="Cpu">Processor time of this process, load generator included, in µs a request.</param>
internal sealed record Measurement(double Rate, double P99, double Cpu);
