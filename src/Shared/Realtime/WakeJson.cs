using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Murano.Shared.Connectors;
using Murano.Shared.Identities;

namespace Murano.Shared.Realtime;

/// <summary>Wakes as they go from instance to instance: <c>{"connector","identity","kind"}</c>, and never a value.</summary>
internal static class WakeJson
{
    /// <summary>The wake as UTF-8.</summary>
    public static ReadOnlyMemory<byte> BytesOf(Wake wake) => JsonText.BytesOf(json =>
    {
        json.WriteStartObject();
        json.WriteString("connector", wake.Connector.Value);
        json.WriteString("identity", wake.Identity.Value);
        json.WriteString("kind", wake.Kind == WakeKind.Set ? "set" : "access");
        json.WriteEndObject();
    });

    /// <summary>The wake of a message. A kind that this version does not know counts as <see cref="WakeKind.Access"/>, upon which everything is looked at.</summary>
    /// <returns>False for what names no device.</returns>
    public static bool TryRead(JsonElement data, [NotNullWhen(true)] out Wake? wake)
    {
        wake = null;
        if (data.ValueKind == JsonValueKind.Object
            && ConnectorId.TryParse(Text(data, "connector"), out var connector)
            && IdentityId.TryParse(Text(data, "identity"), out var identity))
        {
            wake = new Wake(connector, identity, Text(data, "kind") is "set" ? WakeKind.Set : WakeKind.Access);
        }

        return wake is not null;
    }

    private static string? Text(JsonElement data, string name) => data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
