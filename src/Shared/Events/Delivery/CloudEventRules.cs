using System.Globalization;
using System.Text.Json;
using Murano.Shared.Connectors;
using Murano.Shared.Storage;

namespace Murano.Shared.Events.Delivery;

/// <summary>Events as CloudEvents 1.0 in structured mode.</summary>
internal static class CloudEventRules
{
    /// <summary>Content type of <see cref="Encode"/>.</summary>
    public const string ContentType = "application/cloudevents+json; charset=utf-8";

    private const string TypePrefix = "murano.";
    private const string Time = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    /// <summary>An event of a device.</summary>
    public static CloudEventMessage Of(OutboxEvent happened)
    {
        var (connector, identity) = (happened.Device.Connector, happened.Device.Identity.Value);
        var sequence = happened.Sequence.ToString("D19", CultureInfo.InvariantCulture);

        // A signature covers id, time and body with dots between; an id without dots leaves one way to read that.
        var id = string.Concat(connector.Value, "/", KeyCodec.Encode(identity).Replace(".", "*2E", StringComparison.Ordinal), $"/{sequence}");
        return new(connector, id, TypePrefix + EventTypeNames.Of(happened.Type), identity, happened.Time, sequence, happened.Data);
    }

    /// <summary>An event by which an operator finds out whether events arrive.</summary>
    /// <param name="connector">Whose.</param>
    /// <param name="now">µs since the Unix epoch.</param>
    public static CloudEventMessage Test(ConnectorId connector, long now)
    {
        var sequence = now.ToString("D19", CultureInfo.InvariantCulture);
        var data = JsonText.BytesOf(json =>
        {
            json.WriteStartObject();
            json.WriteString("type", "test");
            json.WriteNumber("timestamp", now);
            json.WriteEndObject();
        });
        return new(connector, $"{connector.Value}//{sequence}", TypePrefix + "test", "", now, sequence, data);
    }

    /// <summary>The JSON of an event.</summary>
    public static ReadOnlyMemory<byte> Encode(CloudEventMessage message) => JsonText.BytesOf(json => Write(json, message));

    /// <summary>The JSON of an event as the only one of a batch.</summary>
    public static ReadOnlyMemory<byte> EncodeBatch(CloudEventMessage message) => JsonText.BytesOf(json =>
    {
        json.WriteStartArray();
        Write(json, message);
        json.WriteEndArray();
    });

    private static void Write(Utf8JsonWriter json, CloudEventMessage message)
    {
        json.WriteStartObject();
        json.WriteString("specversion", "1.0");
        json.WriteString("id", message.Id);
        json.WriteString("source", $"/murano/{message.Connector.Value}");
        json.WriteString("type", message.Type);
        if (message.Subject.Length > 0)
        {
            json.WriteString("subject", message.Subject);
        }

        json.WriteString("time", UnixTime.FromMicros(message.Time).ToString(Time, CultureInfo.InvariantCulture));
        json.WriteString("datacontenttype", "application/json");
        json.WriteString("sequence", message.Sequence);
        json.WritePropertyName("data");
        json.WriteRawValue(message.Data.Span);
        json.WriteEndObject();
    }
}
