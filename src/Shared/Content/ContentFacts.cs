namespace Murano.Shared.Content;

/// <summary>What is kept beside a file's bytes.</summary>
/// <param name="Type">Its MIME type.</param>
/// <param name="Sha256">SHA-256 of the bytes, 64 lower-case hexadecimal digits; empty when it was not put there by this product.</param>
/// <param name="Modified">When it was uploaded, µs since the Unix epoch.</param>
/// <param name="Tags">What operators noted about it.</param>
public sealed record ContentFacts(MediaType Type, string Sha256, long Modified, ContentTags Tags);
