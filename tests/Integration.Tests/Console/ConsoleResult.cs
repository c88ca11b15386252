namespace Murano.Integration.Tests.ConsolePage;

/// <summary>What became of one test of the page: a line that the runner prints.</summary>
/// <param name="Name">File and sentence.</param>
/// <param name="Ok">Whether it passed, or was left out.</param>
/// <param name="Milliseconds">How long it took.</param>
/// <param name="Error">Why it failed.</param>
/// <param name="Skipped">Why it could not run here.</param>
/// <param name="Notes">What it measured.</param>
public sealed record ConsoleResult(string Name, bool Ok, int Milliseconds = 0, string? Error = null, string? Skipped = null, IReadOnlyList<string>? Notes = null);
