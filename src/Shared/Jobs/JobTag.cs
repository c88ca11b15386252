namespace Murano.Shared.Jobs;

/// <summary>A tag in a job's rows.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
public sealed record JobTag(string Name, string Value);
