using System.Text.Json;

namespace Murano.Shared.Realtime;

/// <summary>
/// Counts what is missing between the messages of a group. The first event of each has its sender and number; a sender numbers what it had to tell, and a notice that
/// events were lost stands for as many numbers as it counts.
/// </summary>
internal sealed class LogCount
{
    // Each instance is one, and one more each time that it starts.
    private const int MostSenders = 1_000;

    private readonly Dictionary<string, long> _next = new(StringComparer.Ordinal);

    /// <summary>Whether this is part of the number, not of what happened.</summary>
    public static bool IsNumber(JsonProperty member) => member.NameEquals("sender") || member.NameEquals("n");

    /// <summary>Takes a message.</summary>
    /// <param name="data">An event, or an array of them.</param>
    /// <returns>How many events are missing before it; null = it came before.</returns>
    public long? Take(JsonElement data)
    {
        var isMany = data.ValueKind == JsonValueKind.Array;
        if ((isMany && data.GetArrayLength() == 0)
            || (isMany ? data[0] : data) is not { ValueKind: JsonValueKind.Object } first
            || !first.TryGetProperty("sender", out var sender)
            || sender.ValueKind != JsonValueKind.String
            || !first.TryGetProperty("n", out var n)
            || n.ValueKind != JsonValueKind.Number
            || !n.TryGetInt64(out var number))
        {
            return 0;
        }

        var missed = 0L;
        var name = sender.GetString()!;
        if (_next.TryGetValue(name, out var expected))
        {
            if (number < expected)
            {
                return null;
            }

            missed = number - expected;
        }
        else if (_next.Count >= MostSenders)
        {
            _next.Clear();
        }

        _next[name] = number + (isMany ? data.EnumerateArray().Sum(WeightOf) : WeightOf(data));
        return missed;
    }

    private static long WeightOf(JsonElement happened) =>
        happened.ValueKind == JsonValueKind.Object
        && happened.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.ValueEquals("dropped")
        && happened.TryGetProperty("count", out var count) && count.ValueKind == JsonValueKind.Number && count.TryGetInt64(out var lost) ? lost : 1;
}
