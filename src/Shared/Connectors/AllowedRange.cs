using System.Text.Json;

namespace Murano.Shared.Connectors;

/// <summary>One entry of a number's allowed values: a range, both ends included, or a single number as a range of one.</summary>
internal readonly struct AllowedRange
{
    private readonly ResourceNumber _low;
    private readonly ResourceNumber _high;

    private AllowedRange(ResourceNumber low, ResourceNumber high) => (_low, _high) = (low, high);

    /// <summary>Reads an entry from its JSON text: <c>7</c>, <c>"7"</c>, <c>"0:100"</c> or <c>"9-11"</c>, with negative ends too.</summary>
    public static bool TryParse(string json, out AllowedRange range)
    {
        range = default;
        var text = Text(json);
        if (ResourceNumber.TryParse(text, out var single))
        {
            range = new(single, single);
            return true;
        }

        // The first place at which both sides are numbers: in "-5--1" that is the second minus.
        for (var i = 1; i < text.Length - 1; i++)
        {
            if (text[i] is ':' or '-' && ResourceNumber.TryParse(text.AsSpan(0, i), out var low) && ResourceNumber.TryParse(text.AsSpan(i + 1), out var high))
            {
                range = new(low, high);
                return !high.IsBelow(low);
            }
        }

        return false;
    }

    /// <summary>Whether the number is within.</summary>
    public bool Holds(ResourceNumber number) => !number.IsBelow(_low) && !_high.IsBelow(number);

    /// <summary>The text of an entry, whatever kind of JSON value it is.</summary>
    public static string Text(string json) => json.StartsWith('"') ? JsonSerializer.Deserialize(json, EntryJson.Default.String)! : json;
}
