namespace Murano.Shared.Content;

/// <summary>A file without its bytes.</summary>
public sealed record ContentItem
{
    /// <summary>Names it.</summary>
    public required ContentId Id { get; init; }

    /// <summary>Size in bytes.</summary>
    public required long Length { get; init; }

    /// <summary>What is kept beside the bytes.</summary>
    public required ContentFacts Facts { get; init; }

    /// <summary>Storage's own name for this version of it.</summary>
    public required string ETag { get; init; }

    /// <summary>Names these very bytes, without quotes: their SHA-256, or storage's own name for the version when nobody computed one.</summary>
    public string EntityTag => Facts.Sha256.Length > 0 ? Facts.Sha256 : ETag.Trim('"');

    /// <summary>Whole seconds since the Unix epoch.</summary>
    public long ModifiedSeconds => Facts.Modified / UnixTime.MicrosPerSecond;
}
