namespace Murano.Unit.Tests.Infrastructure;

/// <summary>What the compiler or its linter says about a line.</summary>
/// <param name="File">The file, from the root of the checkout.</param>
/// <param name="Code">Such as BCP081 or the name of a linter rule.</param>
/// <param name="Level">Error, Warning or Info.</param>
/// <param name="Message">In words.</param>
internal sealed record BicepDiagnostic(string File, string Code, string Level, string Message);
