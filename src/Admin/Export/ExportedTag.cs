namespace Murano.Admin.Export;

/// <summary>A tag of an identity.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
internal sealed record ExportedTag(string Name, string Value);
