using System.Text.Json;
using Murano.Shared.State;

namespace Murano.Shared.Connectors;

/// <summary>Definitions of resources as JSON (specification c.3): on the wire and in storage alike.</summary>
internal static class ResourceJson
{
    /// <summary>Longest definition as JSON, in characters: 99 of them fit one transaction of storage's.</summary>
    public const int MaxLength = 8_000;

    private const int MaxUnitLength = 200;
    private const int MaxAllowed = 500;

    /// <summary>Reads a whole map of definitions, alias by alias.</summary>
    /// <returns>The map; Rejected for the first alias or definition that cannot be.</returns>
    public static Outcome<Dictionary<Alias, ResourceDefinition>> ReadMap(JsonElement map)
    {
        if (map.ValueKind != JsonValueKind.Object)
        {
            return new Failure.Rejected("invalid-type", "resources", "resources must be an object.");
        }

        Dictionary<Alias, ResourceDefinition> resources = [];
        foreach (var entry in map.EnumerateObject())
        {
            if (!Alias.TryParse(entry.Name, out var alias))
            {
                return new Failure.Rejected("bad-alias", "resources", "An alias must not be empty or too long, and must not contain \".\", \"$\" or control characters.");
            }

            if (!Read(alias, entry.Value, $"resources.{alias}").TryGet(out var definition, out var failure))
            {
                return failure;
            }

            resources[alias] = definition;
        }

        return resources.Count <= ResourceRules.MaxResources
            ? resources
            : new Failure.Rejected("too-many-resources", "resources", FormattableString.Invariant($"A connector has at most {ResourceRules.MaxResources} resources."));
    }

    /// <summary>Reads one definition. A field that is null counts as absent.</summary>
    /// <param name="alias">Its alias.</param>
    /// <param name="value">The definition.</param>
    /// <param name="path">Where it stands in the input, for the refusal.</param>
    /// <returns>The definition; Rejected when it cannot be.</returns>
    public static Outcome<ResourceDefinition> Read(Alias alias, JsonElement value, string path)
    {
        var fields = new JsonFields(value.ValueKind == JsonValueKind.Object ? WithoutNulls(value) : value, path);
        var definition = new ResourceDefinition
        {
            Alias = alias,
            Format = fields.Word("format", FormatOf) ?? ResourceFormat.String,
            Unit = fields.Text("unit", "", MaxUnitLength),
            Allowed = Allowed(fields, path),
            Settable = fields.Flag("settable", present: false),
            Initial = Initial(fields, path),
            Sync = fields.Flag("sync", present: true),
        };
        if (fields.Problem is { } problem)
        {
            return problem;
        }

        if (ResourceRules.Check(definition) is { } rejected)
        {
            return rejected with { Field = $"{path}.{rejected.Field}" };
        }

        return JsonText.Of(json => Write(json, definition)).Length <= MaxLength
            ? definition
            : new Failure.Rejected("too-long", path, FormattableString.Invariant($"A definition has at most {MaxLength} characters."));
    }

    /// <summary>Writes one definition as an object.</summary>
    public static void Write(Utf8JsonWriter json, ResourceDefinition definition)
    {
        json.WriteStartObject();
        json.WriteString("format", NameOf(definition.Format));
        json.WriteString("unit", definition.Unit);
        json.WriteBoolean("settable", definition.Settable);
        json.WriteStartArray("allowed");
        foreach (var entry in definition.Allowed)
        {
            json.WriteRawValue(entry);
        }

        json.WriteEndArray();
        json.WriteBoolean("sync", definition.Sync);
        if (definition.Initial is { } initial)
        {
            json.WritePropertyName("initial");
            JsonText.WriteTyped(json, initial, definition.Format switch
            {
                ResourceFormat.Number => ValueKind.Number,
                ResourceFormat.Boolean => ValueKind.Boolean,
                _ => ValueKind.Text,
            });
        }

        json.WriteEndObject();
    }

    private static ResourceFormat? FormatOf(string word) => word switch
    {
        "string" => ResourceFormat.String,
        "number" => ResourceFormat.Number,
        "boolean" => ResourceFormat.Boolean,
        _ => null,
    };

    private static string NameOf(ResourceFormat format) => format switch
    {
        ResourceFormat.Number => "number",
        ResourceFormat.Boolean => "boolean",
        _ => "string",
    };

    private static JsonElement WithoutNulls(JsonElement value)
    {
        if (!value.EnumerateObject().Any(field => field.Value.ValueKind == JsonValueKind.Null))
        {
            return value;
        }

        using var document = JsonDocument.Parse(JsonText.Of(json =>
        {
            json.WriteStartObject();
            foreach (var field in value.EnumerateObject().Where(field => field.Value.ValueKind != JsonValueKind.Null))
            {
                field.WriteTo(json);
            }

            json.WriteEndObject();
        }));
        return document.RootElement.Clone();
    }

    private static List<string> Allowed(JsonFields fields, string path)
    {
        List<string> allowed = [];
        if (!fields.TryGet("allowed", out var value))
        {
            return allowed;
        }

        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > MaxAllowed)
        {
            fields.Refuse(new("invalid-type", $"{path}.allowed", FormattableString.Invariant($"{path}.allowed must be a list of at most {MaxAllowed} values.")));
            return allowed;
        }

        // Looking for the ends of a range takes the square of its length, so that length is asked first.
        if (value.GetRawText().Length > MaxLength)
        {
            fields.Refuse(new("too-long", $"{path}.allowed", FormattableString.Invariant($"{path}.allowed has at most {MaxLength} characters.")));
            return allowed;
        }

        foreach (var entry in value.EnumerateArray())
        {
            if (entry.ValueKind is not (JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False))
            {
                fields.Refuse(new("bad-allowed", $"{path}.allowed", $"{path}.allowed must hold strings, numbers or booleans."));
                return allowed;
            }

            allowed.Add(entry.GetRawText());
        }

        return allowed;
    }

    private static string? Initial(JsonFields fields, string path)
    {
        if (!fields.TryGet("initial", out var value))
        {
            return null;
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                return value.GetString();
            case JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                return value.GetRawText();
            default:
                fields.Refuse(new("bad-initial", $"{path}.initial", $"{path}.initial must be a string, a number or a boolean."));
                return null;
        }
    }
}
