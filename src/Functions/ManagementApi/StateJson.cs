using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Murano.Shared;
using Murano.Shared.State;

namespace Murano.Functions.ManagementApi;

/// <summary>State as JSON (specification c.3).</summary>
internal static class StateJson
{
    /// <summary>Writes values by alias. Devices write text, so theirs are strings; what the cloud set is shown as it was written.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="entries">The values.</param>
    /// <param name="withTimes">Whether the times of both sides are wanted, which the specification does not have.</param>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<StateEntry> entries, bool withTimes = false)
    {
        json.WriteStartObject();
        foreach (var entry in entries)
        {
            json.WriteStartObject(entry.Alias.Value);
            Write(json, "reported", entry.Reported);
            Write(json, "set", entry.Set);
            json.WriteNumber("timestamp", entry.Timestamp);
            if (withTimes)
            {
                WriteTime(json, "reportedAt", entry.ReportedAt);
                WriteTime(json, "setAt", entry.SetAt);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <summary>Whether a request wants the times of both sides.</summary>
    public static bool WantsTimes(HttpRequest request) => string.Equals(request.Query["times"], "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads values to set, each a string, a number (kept as it is written) or a boolean. Of an alias that comes twice the last value counts.</summary>
    /// <returns>The values; Rejected.</returns>
    public static Outcome<List<CloudValue>> Read(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            return OperatorBody.Missing;
        }

        List<CloudValue> values = [];
        Dictionary<string, int> places = new(StringComparer.Ordinal);
        foreach (var field in body.EnumerateObject())
        {
            if (ValueOf(field.Value) is not { } value)
            {
                return new Failure.Rejected("bad-value", field.Name, "A value must be a string, a number or a boolean");
            }

            if (places.TryGetValue(field.Name, out var place))
            {
                values[place] = new(field.Name, value);
            }
            else
            {
                places[field.Name] = values.Count;
                values.Add(new(field.Name, value));
            }
        }

        return values;
    }

    private static void WriteTime(Utf8JsonWriter json, string name, long micros)
    {
        if (micros != 0)
        {
            json.WriteNumber(name, micros);
        }
    }

    private static StateValue? ValueOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => new(Encoding.UTF8.GetBytes(value.GetString()!), ValueKind.Text),
        JsonValueKind.Number => new(Encoding.UTF8.GetBytes(value.GetRawText()), ValueKind.Number),
        JsonValueKind.True or JsonValueKind.False => new(Encoding.UTF8.GetBytes(value.GetRawText()), ValueKind.Boolean),
        _ => null,
    };

    private static void Write(Utf8JsonWriter json, string name, StateValue? value)
    {
        if (value is not null)
        {
            json.WritePropertyName(name);
            JsonText.WriteTyped(json, Encoding.UTF8.GetString(value.Text.Span), value.Kind);
        }
    }
}
