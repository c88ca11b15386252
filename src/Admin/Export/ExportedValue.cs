using System.Text.Json;

namespace Murano.Admin.Export;

/// <summary>The values of one alias, as the source has them in JSON; objects and arrays have become text.</summary>
internal sealed record ExportedValue
{
    /// <summary>What the device reported.</summary>
    public JsonElement? Reported { get; init; }

    /// <summary>What the cloud set.</summary>
    public JsonElement? Set { get; init; }

    /// <summary>The last change, µs since the Unix epoch; 0 = unknown.</summary>
    public long Timestamp { get; init; }
}
