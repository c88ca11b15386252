namespace Murano.Bench;

/// <summary>What one round measured.</summary>
/// <param name="Rate">Requests a second.</param>
/// <param name="Times">How long they took.</param>
/// <param name="Cpu">Processor time of this process, load generator included, in µs a request.</param>
internal sealed record Measurement(double Rate, Times Times, double Cpu);
