using System.Globalization;
using System.Text.Json;
using Murano.Shared.Events;

namespace Murano.Functions.ManagementApi;

/// <summary>Events that could not be delivered as JSON.</summary>
internal static class DeadLetterJson
{
    /// <summary>Writes <c>{"items":[{"id","type","identity","time","sequence","why","event"}][,"cursor"]}</c>.</summary>
    public static void WritePage(Utf8JsonWriter json, DeadLetterPage page)
    {
        json.WriteStartObject();
        json.WriteStartArray("items");
        foreach (var letter in page.Letters)
        {
            json.WriteStartObject();
            json.WriteString("id", letter.Id);
            json.WriteString("type", EventTypeNames.Of(letter.Event.Type));
            json.WriteString("identity", letter.Event.Device.Identity.Value);
            json.WriteNumber("time", letter.Event.Time);
            json.WriteString("sequence", letter.Event.Sequence.ToString("D19", CultureInfo.InvariantCulture));
            json.WriteString("why", letter.Why);
            json.WritePropertyName("event");
            json.WriteRawValue(letter.Event.Data.Span);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteCursor(json, page.Cursor);
        json.WriteEndObject();
    }

    /// <summary>Writes <c>{"delivered","failed"[,"why"],"more"[,"cursor"]}</c>.</summary>
    public static void WriteRetry(Utf8JsonWriter json, DeadLetterRetry done)
    {
        json.WriteStartObject();
        json.WriteNumber("delivered", done.Delivered);
        json.WriteNumber("failed", done.Failed);
        if (done.Why.Length > 0)
        {
            json.WriteString("why", done.Why);
        }

        json.WriteBoolean("more", done.More);
        WriteCursor(json, done.Cursor);
        json.WriteEndObject();
    }

    /// <summary>Writes <c>{"discarded","more"}</c>.</summary>
    public static void WriteDiscarded(Utf8JsonWriter json, int discarded, bool more)
    {
        json.WriteStartObject();
        json.WriteNumber("discarded", discarded);
        json.WriteBoolean("more", more);
        json.WriteEndObject();
    }

    private static void WriteCursor(Utf8JsonWriter json, string? cursor)
    {
        if (cursor is not null)
        {
            json.WriteString("cursor", cursor);
        }
    }
}
