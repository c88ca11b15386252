using System.Text.Json;

namespace Murano.Unit.Tests.Documents;

/// <summary>A row as it was sent to the table service.</summary>
/// <param name="Table">The table without its prefix.</param>
/// <param name="RowKey">The row.</param>
/// <param name="Properties">Names and types in the words of the documents, without keys.</param>
internal sealed record StoredRow(string Table, string RowKey, IReadOnlyDictionary<string, string> Properties)
{
    private const string Annotation = "@odata.type";

    /// <summary>Reads the JSON of an entity.</summary>
    public static StoredRow Parse(string table, string json)
    {
        using var document = JsonDocument.Parse(json);
        var values = document.RootElement.EnumerateObject().ToDictionary(value => value.Name, value => value.Value.Clone(), StringComparer.Ordinal);
        return new(table, values["RowKey"].GetString()!, values
            .Where(value => !value.Key.EndsWith(Annotation, StringComparison.Ordinal) && value.Key is not ("PartitionKey" or "RowKey"))
            .ToDictionary(value => value.Key, value => Type(value.Value, values.GetValueOrDefault(value.Key + Annotation)), StringComparer.Ordinal));
    }

    private static string Type(JsonElement value, JsonElement annotation) => annotation.ValueKind is JsonValueKind.String
        ? annotation.GetString()!.Replace("Edm.", "", StringComparison.Ordinal).ToLowerInvariant()
        : value.ValueKind switch
        {
            JsonValueKind.String => "string",
            JsonValueKind.True or JsonValueKind.False => "boolean",
            JsonValueKind.Number => "int32",
            _ => throw new NotSupportedException($"The documents have no form for a {value.ValueKind}."),
        };
}
