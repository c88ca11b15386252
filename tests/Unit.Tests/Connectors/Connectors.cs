using System.Text.Json;
using Murano.Shared;
using Murano.Shared.Connectors;
using Murano.Shared.Events;
using Murano.Shared.State;

namespace Murano.Unit.Tests.Connectors;

/// <summary>Connectors for tests, and their JSON.</summary>
internal static class Connectors
{
    public static ConnectorId Id { get; } = ConnectorId.TryParse("u1rnqm3kgg2u80000", out var id) ? id : default;

    public static Connector Empty { get; } = new(Id, new ConnectorSettings(), new Dictionary<Alias, ResourceDefinition>());

    public static Alias Alias(string text) => Shared.State.Alias.TryParse(text, out var alias) ? alias : throw new ArgumentException("Not an alias.", nameof(text));

    public static Outcome<Connector> Patch(this Connector connector, string json, EventTerms terms = default)
    {
        using var document = JsonDocument.Parse(json);
        return ConnectorPatchRules.Apply(connector, document.RootElement, terms.NewKey is null ? terms with { NewKey = "new" } : terms);
    }

    public static Connector Patched(this Connector connector, string json)
    {
        Assert.True(connector.Patch(json).TryGet(out var patched, out var failure), failure?.ToString());
        return patched;
    }

    public static Failure Refused(this Connector connector, string json)
    {
        Assert.False(connector.Patch(json).TryGet(out _, out var failure));
        return failure!;
    }

    public static string Blob(this Connector connector, string fqdn = "u1.m2.example") => JsonText.Of(json => ConnectorJson.WriteBlob(json, connector, fqdn));
}
