using System.Text.Json;
using Murano.Shared.Events;

namespace Murano.Shared.Connectors;

/// <summary>A connector as JSON: the settings blob of specification b.3, and the settings alone for storage.</summary>
internal static class ConnectorJson
{
    /// <summary>Writes the blob that operators read. <c>resources</c> is always there: the official command line relies on it.</summary>
    public static void WriteBlob(Utf8JsonWriter json, Connector connector, string fqdn)
    {
        json.WriteStartObject();
        SettingsJson.WriteNames(json, connector.Settings);
        json.WriteString("fqdn", fqdn);
        SettingsJson.WriteSections(json, connector.Settings);
        EventSettingsJson.Write(json, connector.Settings.Events, isStored: false);
        json.WriteStartObject("resources");
        foreach (var definition in connector.Resources.Values.OrderBy(definition => definition.Alias.Value, StringComparer.Ordinal))
        {
            json.WritePropertyName(definition.Alias.Value);
            ResourceJson.Write(json, definition);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>The settings without resources, for storage.</summary>
    public static string Settings(ConnectorSettings settings) => JsonText.Of(json =>
    {
        json.WriteStartObject();
        SettingsJson.WriteNames(json, settings);
        SettingsJson.WriteSections(json, settings);
        EventSettingsJson.Write(json, settings.Events, isStored: true);
        json.WriteEndObject();
    });

    /// <summary>Reads what <see cref="Settings"/> wrote.</summary>
    /// <exception cref="FormatException">It did not.</exception>
    public static ConnectorSettings ReadSettings(string text)
    {
        using var document = JsonDocument.Parse(text);
        var fields = new JsonFields(document.RootElement, "");
        var settings = SettingsJson.Merge(new ConnectorSettings { Events = EventSettingsJson.ReadStored(fields) }, fields);
        return fields.Problem is { } problem ? throw new FormatException($"Stored settings cannot be read: {problem.Detail}") : settings;
    }
}
