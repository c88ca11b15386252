using System.Text.Json;
using Murano.Shared.Tags;

namespace Murano.Shared.Events;

/// <summary>Events as JSON (specification d).</summary>
internal static class EventJson
{
    /// <summary>Writes the whole object.</summary>
    public static void Write(Utf8JsonWriter json, DeviceEvent happened)
    {
        json.WriteStartObject();
        json.WriteString("type", EventTypeNames.Of(happened.Type));
        json.WriteString("identity", happened.Device.Identity.Value);
        WriteKnown(json, "ip", happened.Address);
        WriteKnown(json, "protocol", happened.Protocol);
        json.WriteNumber("timestamp", happened.Time);
        WriteKnown(json, "connection_id", happened.ConnectionId);
        if (happened.Tags is { } tags)
        {
            Write(json, tags);
        }

        if (happened.File is { } file)
        {
            json.WriteStartObject("payload");
            json.WriteString("id", file.Id);
            json.WriteNumber("length", file.Length);
            json.WriteString("type", file.Type);
            json.WriteEndObject();
        }
        else if (happened.Type is EventType.DataIn or EventType.DataOut)
        {
            Write(json, happened.Points);
        }

        json.WriteEndObject();
    }

    private static void WriteKnown(Utf8JsonWriter json, string name, string value)
    {
        if (value.Length > 0)
        {
            json.WriteString(name, value);
        }
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyList<Tag> tags)
    {
        json.WriteStartArray("tags");
        foreach (var tag in tags)
        {
            json.WriteStartObject();
            json.WriteString("name", tag.Name.Value);
            json.WriteString("value", tag.Value.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyList<EventPoint> points)
    {
        json.WriteStartArray("payload");
        foreach (var point in points)
        {
            json.WriteStartObject();
            json.WriteNumber("timestamp", point.Time);
            json.WriteStartObject("values");
            foreach (var value in point.Values)
            {
                json.WritePropertyName(value.Alias);
                JsonText.WriteTyped(json, System.Text.Encoding.UTF8.GetString(value.Text.Span), value.Kind);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
