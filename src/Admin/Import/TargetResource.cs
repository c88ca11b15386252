using System.Text.Json;
using Murano.Admin.Export;

namespace Murano.Admin.Import;

/// <summary>What an import needs to know of a resource of the target.</summary>
/// <param name="Format"><c>number</c>, <c>boolean</c> or <c>string</c>.</param>
/// <param name="IsSettable">Whether the cloud may set values.</param>
internal sealed record TargetResource(string Format, bool IsSettable)
{
    /// <summary>Reads a map of resources.</summary>
    public static IReadOnlyDictionary<string, TargetResource> ReadMap(JsonElement? resources) =>
        resources is { ValueKind: JsonValueKind.Object } map
            ? map.EnumerateObject().ToDictionary(entry => entry.Name, entry => new TargetResource(entry.Value.Find("format").AsText() ?? "string", entry.Value.Find("settable").AsFlag()), StringComparer.Ordinal)
            : new Dictionary<string, TargetResource>(StringComparer.Ordinal);
}
