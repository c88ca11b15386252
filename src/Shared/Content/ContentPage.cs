namespace Murano.Shared.Content;

/// <summary>Some of a connector's files.</summary>
/// <param name="Items">The files, in the order of storage.</param>
/// <param name="Cursor">Leads to the next page; null = there is none.</param>
public sealed record ContentPage(IReadOnlyList<ContentItem> Items, string? Cursor);
