using System.Globalization;
using System.Text.Json;
using Murano.Shared;
using Murano.Shared.Content;

namespace Murano.Functions.ManagementApi;

/// <summary>Files in the forms of specification b.5 and c.5.</summary>
internal static class ContentJson
{
    /// <summary>What is known of a file: type, length, last_modified, id and tags as Murano had them, and sha256 where it is known.</summary>
    public static void Write(Utf8JsonWriter json, ContentItem item)
    {
        Begin(json, item);
        json.WritePropertyName("tags");
        json.WriteRawValue(item.Facts.Tags.Object);
        json.WriteEndObject();
    }

    /// <summary>The same in a list, where a file without tags has no property for them.</summary>
    public static void WriteInList(Utf8JsonWriter json, ContentItem item)
    {
        if (item.Facts.Tags.Json.Length > 0)
        {
            Write(json, item);
            return;
        }

        Begin(json, item);
        json.WriteEndObject();
    }

    /// <summary>Its id alone, as an object.</summary>
    public static void WriteId(Utf8JsonWriter json, ContentId id)
    {
        json.WriteStartObject();
        json.WriteString("id", id.Value);
        json.WriteEndObject();
    }

    private static void Begin(Utf8JsonWriter json, ContentItem item)
    {
        json.WriteStartObject();
        json.WriteString("type", item.Facts.Type.Value);
        json.WriteNumber("length", item.Length);
        json.WriteString("last_modified", UnixTime.FromMicros(item.Facts.Modified).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        json.WriteString("id", item.Id.Value);
        if (item.Facts.Sha256.Length > 0)
        {
            json.WriteString("sha256", item.Facts.Sha256);
        }
    }
}
