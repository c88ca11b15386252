namespace Murano.Shared.State;

/// <summary>Limits of one request on the device path (docs/storage-schema.md says why).</summary>
public static class StateLimits
{
    /// <summary>Largest value, in bytes of UTF-8.</summary>
    public const int MaxValueBytes = 65_536;

    /// <summary>Most distinct aliases in one request.</summary>
    public const int MaxAliases = 97;

    /// <summary>Largest sum of all values in one request, in bytes of UTF-8.</summary>
    public const int MaxRequestValueBytes = 512 * 1024;
}
