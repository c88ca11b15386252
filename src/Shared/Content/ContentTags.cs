using System.Diagnostics.CodeAnalysis;
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

    /// <summary>The object, also when there are no tags.</summary>
    public string Object => Json.Length == 0 ? "{}" : Json;

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
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or ArgumentException)
        {
            return None; // the second and third for text that is no UTF-16
        }
    }

    /// <summary>Reads tags that somebody gives to a file, or looks for: an object whose values are strings, or lists of strings.</summary>
    /// <returns>False for what is none, and for more than <see cref="ContentLimits.TagCharacters"/>.</returns>
    public static bool TryParse(string? json, [NotNullWhen(true)] out ContentTags? tags)
    {
        tags = Parse(json);
        if (ReferenceEquals(tags, None))
        {
            return false;
        }

        using var document = JsonDocument.Parse(tags.Json);
        return tags.Json.Length <= ContentLimits.TagCharacters && document.RootElement.EnumerateObject().All(tag => IsText(tag.Value) || (tag.Value.ValueKind == JsonValueKind.Array && tag.Value.EnumerateArray().All(IsText)));
    }

    /// <summary>Whether all of <paramref name="wanted"/>'s values are among those of the same names.</summary>
    public bool Include(ContentTags wanted)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        using var mine = JsonDocument.Parse(Object);
        using var theirs = JsonDocument.Parse(wanted.Object);
        return theirs.RootElement.EnumerateObject().All(tag =>
            mine.RootElement.TryGetProperty(tag.Name, out var values) && Values(tag.Value).All(value => Values(values).Contains(value, StringComparer.Ordinal)));
    }

    /// <inheritdoc/>
    public override string ToString() => Json;

    private static bool IsText(JsonElement value) => value.ValueKind == JsonValueKind.String;

    private static IEnumerable<string> Values(JsonElement value) => value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Where(IsText).Select(one => one.GetString()!)
        : IsText(value) ? [value.GetString()!]
        : [];

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
