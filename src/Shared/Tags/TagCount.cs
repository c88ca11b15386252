namespace Murano.Shared.Tags;

/// <summary>A name or value in use.</summary>
/// <param name="Text">The name or value.</param>
/// <param name="Devices">Devices that carry it, each counted once; null = not counted.</param>
public sealed record TagCount(string Text, long? Devices);
