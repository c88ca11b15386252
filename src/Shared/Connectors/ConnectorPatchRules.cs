using System.Text.Json;
using Murano.Shared.Access;
using Murano.Shared.Events;

namespace Murano.Shared.Connectors;

/// <summary>What a change of settings makes of a connector (specification b.3): sections merge, the map of resources is replaced as a whole.</summary>
internal static class ConnectorPatchRules
{
    /// <summary>Longest settings as JSON without resources, in characters: they are one text property in storage.</summary>
    private const int MaxSettingsLength = 32_000;

    private const string ClientCa = "pki.client_ca";

    /// <summary>The connector after the change; unknown fields, and <c>fqdn</c>, are not looked at.</summary>
    /// <param name="connector">The connector as it is.</param>
    /// <param name="patch">The change.</param>
    /// <param name="terms">What a change of the events needs.</param>
    /// <returns>The connector; Rejected for the first known field with a bad value; TooLarge.</returns>
    public static Outcome<Connector> Apply(Connector connector, JsonElement patch, EventTerms terms)
    {
        var fields = new JsonFields(patch, "");
        var settings = SettingsJson.Merge(connector.Settings, fields);
        settings = settings with { Events = EventSettingsJson.Merge(settings.Events, fields, terms) };
        var resources = connector.Resources;
        if (fields.Problem is { } problem)
        {
            return problem;
        }

        // What was stored before there was this rule stays, so that settings that were read can be sent back, and can be switched off.
        if (settings.Pki != connector.Settings.Pki && WhyNot(settings.Pki, connector.Settings.Pki) is { } bad)
        {
            return bad;
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

    private static Failure.Rejected? WhyNot(PkiSettings pki, PkiSettings before) => pki switch
    {
        { Enabled: false } when string.Equals(pki.ClientCa, before.ClientCa, StringComparison.Ordinal) => null,
        { ClientCa.Length: > 0 } => CertificateRules.WhyNotAuthority(pki.ClientCa, ClientCa),
        { Enabled: true } => new Failure.Rejected("no-ca", ClientCa, $"pki.enabled needs {ClientCa}."),
        _ => null,
    };
}
