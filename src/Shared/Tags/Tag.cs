namespace Murano.Shared.Tags;

/// <summary>One value under one name: what operators note of a device (specification c.2). A name may have several values, each of them once; devices see none of it.</summary>
/// <param name="Name">The name.</param>
/// <param name="Value">The value.</param>
public readonly record struct Tag(TagName Name, TagValue Value);
