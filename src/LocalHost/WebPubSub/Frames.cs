using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Murano.LocalHost.WebPubSub;

/// <summary>Frames of the JSON protocols, from the service to a client.</summary>
internal static class Frames
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The first frame of a connection.</summary>
    public static byte[] Connected(string connectionId, string? user, string? reconnectionToken) => Write(json =>
    {
        json.WriteString("type", "system");
        json.WriteString("event", "connected");
        if (user is not null)
        {
            json.WriteString("userId", user);
        }

        json.WriteString("connectionId", connectionId);
        if (reconnectionToken is not null)
        {
            json.WriteString("reconnectionToken", reconnectionToken);
        }
    });

    /// <summary>The last frame of a connection that the service ends.</summary>
    public static byte[] Disconnected(string message) => Write(json =>
    {
        json.WriteString("type", "system");
        json.WriteString("event", "disconnected");
        json.WriteString("message", message);
    });

    /// <summary>The answer to a ping.</summary>
    public static byte[] Pong { get; } = Write(json => json.WriteString("type", "pong"));

    /// <summary>What became of a request.</summary>
    /// <param name="ackId">The request.</param>
    /// <param name="error">Name of the error; null = done.</param>
    /// <param name="message">The error as a sentence.</param>
    public static byte[] Ack(ulong ackId, string? error = null, string? message = null) => Write(json =>
    {
        json.WriteString("type", "ack");
        json.WriteNumber("ackId", ackId);
        json.WriteBoolean("success", error is null);
        WriteError(json, error, message);
    });

    /// <summary>An invocation that nobody answers.</summary>
    public static byte[] NotInvoked(string invocationId) => Write(json =>
    {
        json.WriteString("type", "invokeResponse");
        json.WriteString("invocationId", invocationId);
        json.WriteBoolean("success", false);
        WriteError(json, "NotFound", "No event handler is set up.");
    });

    /// <summary>A message; with its number where the protocol numbers them.</summary>
    public static byte[] Message(HubMessage message, ulong? sequence) => Write(json =>
    {
        json.WriteString("type", "message");
        json.WriteString("from", message.Group is null ? "server" : "group");
        if (message.Group is not null)
        {
            json.WriteString("group", message.Group);
        }

        if (message.User is not null)
        {
            json.WriteString("fromUserId", message.User);
        }

        json.WriteString("dataType", message.Type switch { MessageType.Json => "json", MessageType.Text => "text", MessageType.Binary => "binary", _ => "protobuf" });
        json.WritePropertyName("data");
        switch (message.Type)
        {
            case MessageType.Json:
                json.WriteRawValue(message.Data.Span);
                break;
            case MessageType.Text:
                json.WriteStringValue(message.Data.Span);
                break;
            default:
                json.WriteBase64StringValue(message.Data.Span);
                break;
        }

        if (sequence is { } number)
        {
            json.WriteNumber("sequenceId", number);
        }
    });

    private static void WriteError(Utf8JsonWriter json, string? error, string? message)
    {
        if (error is not null)
        {
            json.WriteStartObject("error");
            json.WriteString("name", error);
            json.WriteString("message", message);
            json.WriteEndObject();
        }
    }

    private static byte[] Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
