using System.Text.Json;
using Murano.Shared;
using Murano.Shared.Tags;

namespace Murano.Functions.ManagementApi;

/// <summary>Tags as JSON (specification c.1, c.3).</summary>
internal static class TagJson
{
    private static readonly Failure.Rejected BadShape = new(
        "invalid-type", "tags", "tags must be a list of {\"name\",\"value\"}, or an object of names with a value or a list of values each.");

    private static readonly Failure.Rejected BadName = new(
        "bad-tag-name", "tags", "The name of a tag is not empty, not too long (80 characters, escaped), not \".\" or \"..\", and has no control characters and no literal %2F.");

    private static readonly Failure.Rejected BadValue = new(
        "bad-tag-value", "tags", "The value of a tag is a string that is not empty, not too long (200 characters, escaped), and has no control characters and no literal %2F; or a number or a boolean, which become strings.");

    /// <summary>Writes tags as a map of arrays.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="tags">Tags in order, those of one name together.</param>
    public static void WriteMap(Utf8JsonWriter json, IEnumerable<Tag> tags)
    {
        json.WriteStartObject();
        foreach (var name in tags.GroupBy(tag => tag.Name))
        {
            json.WritePropertyName(name.Key.Value);
            WriteValues(json, name);
        }

        json.WriteEndObject();
    }

    /// <summary>Writes the values of tags as an array.</summary>
    public static void WriteValues(Utf8JsonWriter json, IEnumerable<Tag> tags)
    {
        json.WriteStartArray();
        foreach (var tag in tags)
        {
            json.WriteStringValue(tag.Value.Value);
        }

        json.WriteEndArray();
    }

    /// <summary>Writes names or values in use: <c>{"mayLoadMore","names":[{"name","count"}]}</c>, or <c>values</c> and <c>value</c>. What was not counted has no <c>count</c>.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="page">The page.</param>
    /// <param name="list">Name of the list.</param>
    /// <param name="item">Name of the text in each item.</param>
    public static void WriteCounts(Utf8JsonWriter json, TagCountPage page, string list, string item)
    {
        json.WriteStartObject();
        json.WriteBoolean("mayLoadMore", page.MayLoadMore);
        json.WriteStartArray(list);
        foreach (var count in page.Counts)
        {
            json.WriteStartObject();
            json.WriteString(item, count.Text);
            if (count.Devices is { } devices)
            {
                json.WriteNumber("count", devices);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>
    /// Reads <c>{"tags":[{"name","value"}],"replace"}</c> or <c>{"tags":{name:[value]},"replace"}</c>. Numbers (as they are written) and booleans become
    /// strings, because scripts keep times in tags. With <c>replace</c> the previous values of the names that come go, also of one that comes with no value.
    /// </summary>
    /// <returns>The edit; Rejected.</returns>
    public static Outcome<TagEdit> Read(JsonElement body)
    {
        var fields = new JsonFields(body, "");
        var replace = fields.Flag("replace", present: false);
        List<Tag> tags = [];
        List<TagName> names = [];
        if (!fields.TryGet("tags", out var value))
        {
            fields.Refuse(BadShape);
        }
        else if (Read(value, tags, names) is { } problem)
        {
            fields.Refuse(problem);
        }

        return fields.Problem is { } first ? first : new TagEdit { Add = tags, Drop = replace ? names : [] };
    }

    private static Failure.Rejected? Read(JsonElement value, List<Tag> tags, List<TagName> names)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    if (item.ValueKind != JsonValueKind.Object || !item.TryGetProperty("name", out var name) || name.ValueKind != JsonValueKind.String || !item.TryGetProperty("value", out var one))
                    {
                        return BadShape;
                    }

                    if (Add(name.GetString(), [one], tags, names) is { } problem)
                    {
                        return problem;
                    }
                }

                return null;
            case JsonValueKind.Object:
                foreach (var entry in value.EnumerateObject())
                {
                    IEnumerable<JsonElement> values = entry.Value.ValueKind == JsonValueKind.Array ? entry.Value.EnumerateArray() : [entry.Value];
                    if (Add(entry.Name, values, tags, names) is { } problem)
                    {
                        return problem;
                    }
                }

                return null;
            default:
                return BadShape;
        }
    }

    private static Failure.Rejected? Add(string? name, IEnumerable<JsonElement> values, List<Tag> tags, List<TagName> names)
    {
        if (!TagName.TryParse(name, out var tagName))
        {
            return BadName;
        }

        names.Add(tagName);
        foreach (var value in values)
        {
            if (!TagValue.TryParse(TextOf(value), out var tagValue))
            {
                return BadValue;
            }

            tags.Add(new(tagName, tagValue));
        }

        return null;
    }

    private static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => null,
    };
}
