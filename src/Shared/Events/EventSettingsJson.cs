using System.Text.Json;

namespace Murano.Shared.Events;

/// <summary>Section <c>events</c> of a connector's settings as JSON (specification c.4, and a destination beyond it).</summary>
internal static class EventSettingsJson
{
    private const string Section = "events";
    private const string Types = "types";
    private const string Destination = "destination";
    private const string TypesPath = Section + "." + Types;
    private const string Webhook = "webhook";
    private const string EventGrid = "eventgrid";

    /// <summary>The word for a kind of destination.</summary>
    public static string WordOf(EventDestinationKind kind) => kind == EventDestinationKind.Webhook ? Webhook : EventGrid;

    /// <summary>The settings with the section of a change merged into them. A destination where there was none brings all types, unless some were given before or are given with it.</summary>
    /// <param name="present">The settings as they are.</param>
    /// <param name="settings">The fields of the whole change, which hear of a bad value.</param>
    /// <param name="terms">What else is needed.</param>
    public static EventSettings Merge(EventSettings present, JsonFields settings, EventTerms terms)
    {
        if (settings.Object(Section) is not { } fields)
        {
            return present;
        }

        var types = ReadTypes(fields);
        var destination = ReadDestination(fields, present.Destination, terms);
        var isNew = present.Destination is null && destination is not null;
        return new EventSettings
        {
            Types = types ?? (isNew && present.Types.Count == 0 ? Enum.GetValues<EventType>() : present.Types),
            Destination = destination,
        };
    }

    /// <summary>The section as <see cref="Write"/> wrote it for storage, which is believed; none when it is absent.</summary>
    public static EventSettings ReadStored(JsonFields settings)
    {
        if (settings.Object(Section) is not { } fields)
        {
            return new EventSettings();
        }

        var types = ReadTypes(fields) ?? [];
        return fields.Object(Destination) is { } destination
            ? new EventSettings { Types = types, Destination = new(destination.Word("type", ReadKind) ?? default, destination.Text("url", "", DestinationRules.MaxUrlLength), destination.Text("key", "", DestinationRules.MaxUrlLength)) }
            : new EventSettings { Types = types };
    }

    /// <summary>Writes the section when it says something.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="isStored">For storage, with all that is needed to send; else for people, without secrets.</param>
    public static void Write(Utf8JsonWriter json, EventSettings settings, bool isStored)
    {
        if (settings.Types.Count == 0 && settings.Destination is null)
        {
            return;
        }

        json.WriteStartObject(Section);
        WriteTypes(json, settings);
        if (settings.Destination is { } destination)
        {
            json.WritePropertyName(Destination);
            WriteDestination(json, destination, isStored);
        }

        json.WriteEndObject();
    }

    /// <summary>Writes <c>"types":[…]</c>.</summary>
    public static void WriteTypes(Utf8JsonWriter json, EventSettings settings)
    {
        json.WriteStartArray(Types);
        foreach (var type in settings.Types)
        {
            json.WriteStringValue(EventTypeNames.Of(type));
        }

        json.WriteEndArray();
    }

    /// <summary>Writes <c>{"type","url"}</c>, for storage with the key.</summary>
    public static void WriteDestination(Utf8JsonWriter json, EventDestination destination, bool isStored)
    {
        json.WriteStartObject();
        json.WriteString("type", WordOf(destination.Kind));
        json.WriteString("url", isStored ? destination.Url : DestinationRules.Shown(destination.Url));
        if (isStored)
        {
            json.WriteString("key", destination.Key);
        }

        json.WriteEndObject();
    }

    private static List<EventType>? ReadTypes(JsonFields fields)
    {
        if (!fields.TryGet(Types, out var list))
        {
            return null;
        }

        if (list.ValueKind != JsonValueKind.Array)
        {
            fields.Refuse(new("invalid-type", TypesPath, $"{TypesPath} must be a list of types of events."));
            return null;
        }

        List<EventType> types = [];
        foreach (var entry in list.EnumerateArray())
        {
            var word = entry.ValueKind == JsonValueKind.String ? entry.GetString()! : entry.GetRawText();
            if (EventTypeNames.Read(word) is not { } type)
            {
                fields.Refuse(EnumMismatch.Of(TypesPath, word));
                return null;
            }

            if (!types.Contains(type))
            {
                types.Add(type);
            }
        }

        return types;
    }

    private static EventDestination? ReadDestination(JsonFields section, EventDestination? present, EventTerms terms)
    {
        if (!section.TryGet(Destination, out var value))
        {
            return present;
        }

        if (value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        var fields = section.Object(Destination)!;
        var kind = fields.Word("type", ReadKind) ?? present?.Kind ?? EventDestinationKind.Webhook;
        var url = fields.Text("url", present?.Url ?? "", DestinationRules.MaxUrlLength);

        // What was read is sent back by programs that change something else.
        if (present is not null && string.Equals(url, DestinationRules.Shown(present.Url), StringComparison.Ordinal))
        {
            url = present.Url;
        }

        if (present is not null && kind == present.Kind && string.Equals(url, present.Url, StringComparison.Ordinal))
        {
            return present;
        }

        if (DestinationRules.WhyNot(kind, url, terms.AllowPrivate) is { } problem)
        {
            fields.Refuse(problem);
        }

        var keepsKey = present?.Kind == EventDestinationKind.Webhook && string.Equals(DestinationRules.HostOf(url), DestinationRules.HostOf(present.Url), StringComparison.Ordinal);
        return new EventDestination(kind, url, kind != EventDestinationKind.Webhook ? "" : keepsKey ? present!.Key : terms.NewKey);
    }

    private static EventDestinationKind? ReadKind(string word) => word switch
    {
        Webhook => EventDestinationKind.Webhook,
        EventGrid => EventDestinationKind.EventGrid,
        _ => null,
    };
}
