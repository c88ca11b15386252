namespace Murano.Shared.Content;

/// <summary>Limits of files (specification a.11).</summary>
internal static class ContentLimits
{
    /// <summary>First size, in bytes, that is too large for a file.</summary>
    public const long TooManyBytes = 64 * 1024 * 1024;

    /// <summary>Most characters of a file's tags as JSON in ASCII: storage takes 8 KiB of metadata for a blob.</summary>
    public const int TagCharacters = 4096;
}
