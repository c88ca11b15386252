using System.Text.Json;

namespace Murano.Shared.Connectors;

/// <summary>What a change of settings makes of a connector (specification b.3): sections merge, the map of resources is replaced as a whole.</summary>
internal static class ConnectorPatchRules
{
    /// <summary>Longest settings as JSON without resources, in characters: they are one text property in storage.</summary>
    private const int MaxSettingsLength = 32_000;

    /// <summary>The connector after the change; unknown fields, and <c>fqdn</c>, are not looked at.</summary>
    /// <returns>The connector; Rejected for the first known field with a bad value; TooLarge.</returns>
    public static Outcome<Connector> Apply(Connector connector, JsonElement patch)
    {
        var fields = new JsonFields(patch, "");
        var settings = SettingsJson.Merge(connector.Settings, fields);
        var resources = connector.Resources;
        if (fields.Problem is { } problem)
        {
            return problem;
        }

        if (fields.TryGet("resources", out var map))
        {
            if (!ResourceJson.ReadMap(map).TryGet(out var replaced, out var failure))
            {
                return failure;
            }

            resources = replaced;
        }

        return ConnectorJson.Settings(settings).Length <= MaxSettingsLength
            ? connector with { Settings = settings, Resources = resources }
            : new Failure.TooLarge("settings-too-large", "The settings are too large.");
    }
}
