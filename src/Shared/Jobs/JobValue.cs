using Murano.Shared.State;

namespace Murano.Shared.Jobs;

/// <summary>A value that a job sets.</summary>
/// <param name="Alias">The resource.</param>
/// <param name="Kind">What it was in JSON.</param>
/// <param name="Text">The value as a device reads it.</param>
public sealed record JobValue(string Alias, ValueKind Kind, string Text);
