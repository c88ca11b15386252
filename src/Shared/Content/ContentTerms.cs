namespace Murano.Shared.Content;

/// <summary>What an upload was announced to be.</summary>
public sealed record ContentTerms
{
    /// <summary>MIME type.</summary>
    public MediaType Type { get; init; } = MediaType.Unknown;

    /// <summary>SHA-256 that the bytes must have, 64 lower-case hexadecimal digits; empty = any.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>What the operator notes about it.</summary>
    public ContentTags Tags { get; init; } = ContentTags.None;
}
