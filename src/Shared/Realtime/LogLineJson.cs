using System.Text.Json;

namespace Murano.Shared.Realtime;

/// <summary>
/// Events in the form of Murano's command line (specification b.6): one object a line, of type, subject, seconds and the event itself. That program finds the end
/// of an object by counting braces, those in texts too; so braces in texts are written as <c>\u007b</c> and <c>\u007d</c>, which is the same JSON.
/// </summary>
internal static class LogLineJson
{
    /// <summary>The line of an event, with its newline.</summary>
    public static ReadOnlyMemory<byte> Of(JsonElement happened)
    {
        var plain = JsonText.BytesOf(json =>
        {
            json.WriteStartObject();
            json.WriteString("type", TextOf(happened, "type"));
            json.WriteString("subject", TextOf(happened, "identity"));
            json.WriteNumber("timestamp", happened.TryGetProperty("timestamp", out var time) && time.TryGetInt64(out var micros) ? micros / UnixTime.MicrosPerSecond : 0);
            json.WriteStartObject("data");
            foreach (var member in happened.EnumerateObject().Where(member => !LogCount.IsNumber(member)))
            {
                member.WriteTo(json);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        });
        return Line(plain.Span);
    }

    /// <summary>The line that tells how many events this viewer lost; null = that is not known, and there may be none.</summary>
    public static ReadOnlyMemory<byte> Dropped(long? count, long now)
    {
        using var document = JsonDocument.Parse(LogEventJson.Dropped(count, now));
        return Of(document.RootElement);
    }

    private static byte[] Line(ReadOnlySpan<byte> json)
    {
        List<byte> line = new(json.Length + 16);
        var isText = false;
        for (var i = 0; i < json.Length; i++)
        {
            var letter = json[i];
            if (isText && letter is (byte)'{' or (byte)'}')
            {
                line.AddRange(letter == '{' ? "\\u007b"u8 : "\\u007d"u8);
                continue;
            }

            line.Add(letter);
            if (isText && letter == '\\')
            {
                line.Add(json[++i]);
            }
            else if (letter == '"')
            {
                isText = !isText;
            }
        }

        line.Add((byte)'\n');
        return [.. line];
    }

    private static string TextOf(JsonElement happened, string name) =>
        happened.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
