using System.Text.Json;

namespace Murano.Shared.Content;

/// <summary>What operators noted about a file: a JSON object, kept as ASCII text.</summary>
public sealed class ContentTags
{
    private const string DescriptionTag = "description";

    private ContentTags(string json) => Json = json;

    /// <summary>No tags.</summary>
    public static ContentTags None { get; } = new("");

    /// <summary>The object; empty for no tags. ASCII only, because it goes into a header.</summary>
    public string Json { get; }

    /// <summary>The text of tag <c>description</c> in one line, the first one if there are several; empty when there is none (specification a.6).</summary>
    public string Description { get; private init; } = "";

    /// <summary>Reads tags; what is no JSON object counts as none.</summary>
    public static ContentTags Parse(string? json)
    {
        if (string.IsNullOrEmpty(json))
        {
            return None;
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new(JsonSerializer.Serialize(document.RootElement)) { Description = DescriptionOf(document.RootElement) }
                : None;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return None; // the second for text that is no UTF-16
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Json;

    private static string DescriptionOf(JsonElement tags)
    {
        if (!tags.TryGetProperty(DescriptionTag, out var value))
        {
            return "";
        }

        var first = value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0 ? value[0] : value;
        return first.ValueKind == JsonValueKind.String ? string.Concat(first.GetString()!.Select(c => char.IsControl(c) ? ' ' : c)) : "";
    }
}
