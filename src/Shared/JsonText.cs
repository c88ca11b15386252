using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Murano.Shared.State;

namespace Murano.Shared;

/// <summary>JSON as text and bytes, written in one way everywhere: compact, and escaped no more than JSON itself asks for.</summary>
internal static class JsonText
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What <paramref name="write"/> writes, as text.</summary>
    public static string Of(Action<Utf8JsonWriter> write) => Encoding.UTF8.GetString(BytesOf(write).Span);

    /// <summary>What <paramref name="write"/> writes, as UTF-8.</summary>
    public static ReadOnlyMemory<byte> BytesOf(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            write(json);
        }

        return buffer.WrittenMemory;
    }

    /// <summary>Writes a text as the kind of value it is said to be, or as a string where it cannot be that in JSON.</summary>
    public static void WriteTyped(Utf8JsonWriter json, string text, ValueKind kind)
    {
        if (kind == ValueKind.Boolean && text is "true" or "false")
        {
            json.WriteBooleanValue(text.Length == "true".Length);
        }
        else if (kind == ValueKind.Number && IsNumber(text))
        {
            json.WriteRawValue(text, skipInputValidation: true);
        }
        else
        {
            json.WriteStringValue(text);
        }
    }

    private static bool IsNumber(string text)
    {
        if (text.Length == 0 || !(char.IsAsciiDigit(text[0]) || text[0] == '-') || !char.IsAsciiDigit(text[^1]))
        {
            return false;
        }

        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
        try
        {
            return reader.Read() && reader.TokenType == JsonTokenType.Number && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
