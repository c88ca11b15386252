using System.Globalization;
using System.Text.Json;
using Azure.Data.Tables;

namespace Murano.Admin.Storage;

/// <summary>
/// A row as a line of JSON, in the service's own form: what JSON cannot tell has its type beside it, as <c>"Name@type":"Edm.Int64"</c>. The service's own time of the last
/// write is not kept.
/// </summary>
internal static class RowJson
{
    private const string Partition = "PartitionKey";
    private const string Row = "RowKey";
    private const string Type = "@type";
    private const string Int64 = "Edm.Int64";
    private const string Double = "Edm.Double";
    private const string Binary = "Edm.Binary";
    private const string Time = "Edm.DateTime";
    private const string Guid = "Edm.Guid";

    /// <summary>Writes a row.</summary>
    public static void Write(Utf8JsonWriter json, TableEntity row)
    {
        json.WriteStartObject();
        json.WriteString(Partition, row.PartitionKey);
        json.WriteString(Row, row.RowKey);
        foreach (var (name, value) in row.Where(pair => pair.Key is not (Partition or Row or "Timestamp" or "odata.etag")).OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            switch (value)
            {
                case null:
                    break;
                case string text:
                    json.WriteString(name, text);
                    break;
                case bool flag:
                    json.WriteBoolean(name, flag);
                    break;
                case int whole:
                    json.WriteNumber(name, whole);
                    break;
                case long whole:
                    Typed(Int64, whole.ToString(CultureInfo.InvariantCulture));
                    break;
                case double number:
                    Typed(Double, number.ToString("R", CultureInfo.InvariantCulture));
                    break;
                case byte[] bytes:
                    Typed(Binary, Convert.ToBase64String(bytes));
                    break;
                case BinaryData bytes:
                    Typed(Binary, Convert.ToBase64String(bytes.ToMemory().Span));
                    break;
                case DateTimeOffset time:
                    Typed(Time, time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
                    break;
                case DateTime time:
                    Typed(Time, time.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture));
                    break;
                case System.Guid id:
                    Typed(Guid, id.ToString());
                    break;
                default:
                    throw new InvalidOperationException($"A property of type {value.GetType().Name} cannot be kept.");
            }

            void Typed(string type, string text)
            {
                json.WriteString(name + Type, type);
                json.WriteString(name, text);
            }
        }

        json.WriteEndObject();
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">It did not.</exception>
    public static TableEntity Read(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var row = new TableEntity();
            Dictionary<string, string> types = new(StringComparer.Ordinal);
            foreach (var field in document.RootElement.EnumerateObject())
            {
                if (field.Name.EndsWith(Type, StringComparison.Ordinal))
                {
                    types[field.Name[..^Type.Length]] = field.Value.GetString()!;
                }
                else
                {
                    row[field.Name] = ValueOf(field.Value, types.GetValueOrDefault(field.Name));
                }
            }

            return row.PartitionKey is not null && row.RowKey is not null ? row : throw new FormatException("A row has no key.");
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or OverflowException)
        {
            throw new FormatException("A line is no row.", fault);
        }
    }

    private static object ValueOf(JsonElement value, string? type) => (value.ValueKind, type) switch
    {
        (JsonValueKind.String, null) => value.GetString()!,
        (JsonValueKind.True or JsonValueKind.False, null) => value.GetBoolean(),
        (JsonValueKind.Number, null) => value.GetInt32(),
        (JsonValueKind.String, Int64) => long.Parse(value.GetString()!, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
        (JsonValueKind.String, Double) => double.Parse(value.GetString()!, NumberStyles.Float, CultureInfo.InvariantCulture),
        (JsonValueKind.String, Binary) => value.GetBytesFromBase64(),
        (JsonValueKind.String, Time) => DateTimeOffset.Parse(value.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
        (JsonValueKind.String, Guid) => value.GetGuid(),
        _ => throw new FormatException($"A property is of an unknown type {type}."),
    };
}
