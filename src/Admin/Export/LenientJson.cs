using System.Globalization;
using System.Text.Json;

namespace Murano.Admin.Export;

/// <summary>Reads fields that Murano wrote in different ways over the years.</summary>
internal static class LenientJson
{
    // As the management API reads times: below this they are milliseconds, and far below it seconds.
    private const double FirstMicros = 100_000_000_000_000;
    private const double FirstMillis = 100_000_000_000;

    /// <summary>A field that is there and not null.</summary>
    public static JsonElement? Find(this JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var found) && found.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined) ? found : null;

    /// <summary>A text; a number or boolean as it is written; null for anything else, and for a text that is no Unicode.</summary>
    public static string? AsText(this JsonElement? value) => value?.ValueKind switch
    {
        JsonValueKind.String => Unicode(() => value.Value.GetString()),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.Value.GetRawText(),
        _ => null,
    };

    /// <summary>The name of a field; null when it is no Unicode.</summary>
    public static string? NameText(this JsonProperty field) => Unicode(() => field.Name);

    /// <summary>Yes in any spelling.</summary>
    public static bool AsFlag(this JsonElement? value) => AsText(value) is "true" or "True" or "1";

    /// <summary>A time in µs since the Unix epoch, of a number in µs, ms or s, whole or not; 0 for anything else.</summary>
    public static long AsMicros(this JsonElement? value)
    {
        if (!double.TryParse(AsText(value), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !(number > 0) || number > 9e18)
        {
            return 0;
        }

        // A double has not all digits of a whole number of µs, so that one is read as it is.
        return number >= FirstMicros ? long.TryParse(AsText(value), NumberStyles.None, CultureInfo.InvariantCulture, out var whole) ? whole : (long)number
            : number >= FirstMillis ? (long)(number * 1000)
            : (long)(number * 1_000_000);
    }

    /// <summary>Tags in either layout: a map of names to a value or a list of values, or a list of name and value. What is none is left out.</summary>
    /// <returns>The tags in order, each once; and whether anything was left out.</returns>
    public static (IReadOnlyList<ExportedTag> Tags, bool IsAll) AsTags(this JsonElement? value)
    {
        List<ExportedTag> tags = [];
        var all = true;
        switch (value?.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var entry in value.Value.EnumerateObject())
                {
                    foreach (var one in entry.Value.ValueKind == JsonValueKind.Array ? entry.Value.EnumerateArray() : (IEnumerable<JsonElement>)[entry.Value])
                    {
                        Add(entry.NameText(), one);
                    }
                }

                break;
            case JsonValueKind.Array:
                foreach (var entry in value.Value.EnumerateArray())
                {
                    Add(AsText(entry.Find("name")), entry.Find("value"));
                }

                break;
            case null:
                break;
            default:
                all = false;
                break;
        }

        return ([.. tags.Distinct()], all);

        void Add(string? name, JsonElement? one)
        {
            if (string.IsNullOrEmpty(name) || AsText(one) is not { Length: > 0 } text)
            {
                all = false;
                return;
            }

            tags.Add(new(name, text));
        }
    }

    private static string? Unicode(Func<string?> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            return null; // half a surrogate pair
        }
    }
}
