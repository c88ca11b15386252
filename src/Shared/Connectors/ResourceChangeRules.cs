using System.Text.Json;
using Murano.Shared.State;

namespace Murano.Shared.Connectors;

/// <summary>What a change of one resource makes of a connector (specification c.1).</summary>
internal static class ResourceChangeRules
{
    /// <summary>The connector with one resource more.</summary>
    /// <returns>Conflict when it is defined; Rejected for the definition, or one too many.</returns>
    public static Outcome<Connector> Add(Connector connector, Alias alias, JsonElement definition)
    {
        if (connector.Resources.ContainsKey(alias))
        {
            return new Failure.Conflict("resource-exists", "The resource exists already.");
        }

        return connector.Resources.Count < ResourceRules.MaxResources
            ? Put(connector, alias, definition)
            : new Failure.Rejected("too-many-resources", "", FormattableString.Invariant($"A connector has at most {ResourceRules.MaxResources} resources."));
    }

    /// <summary>The connector with another definition of a resource.</summary>
    /// <returns>NotFound when it is not defined; Rejected for the definition.</returns>
    public static Outcome<Connector> Update(Connector connector, Alias alias, JsonElement definition) =>
        connector.Resources.ContainsKey(alias) ? Put(connector, alias, definition) : ConnectorFailures.UnknownResource;

    /// <summary>The connector without a resource.</summary>
    /// <returns>NotFound when it is not defined.</returns>
    public static Outcome<Connector> Remove(Connector connector, Alias alias) => connector.Resources.ContainsKey(alias)
        ? connector with { Resources = connector.Resources.Where(entry => entry.Key != alias).ToDictionary() }
        : ConnectorFailures.UnknownResource;

    private static Outcome<Connector> Put(Connector connector, Alias alias, JsonElement json) =>
        ResourceJson.Read(alias, json, alias.Value).TryGet(out var definition, out var failure)
            ? connector with { Resources = new Dictionary<Alias, ResourceDefinition>(connector.Resources) { [alias] = definition } }
            : failure;
}
