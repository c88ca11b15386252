using System.Text.Json;
using Murano.Shared;
using Murano.Shared.Access;
using Murano.Shared.Connectors;

namespace Murano.Functions.ManagementApi;

/// <summary>Operators' keys as JSON. Times are µs since the Unix epoch; 0 = never.</summary>
internal static class KeyJson
{
    private const int LongestName = 200;

    private static readonly Failure BadConnectors = new Failure.Rejected("invalid-type", "connectors", "connectors must be a list of connectors' ids; leave it out for all connectors.");

    /// <summary>Writes a key, never its hash. <c>connectors</c> is null for all.</summary>
    public static void Write(Utf8JsonWriter json, OperatorKey key)
    {
        json.WriteStartObject();
        json.WriteString("id", key.Id.Value);
        json.WriteString("name", key.Name);
        json.WriteString("role", RoleNames.Of(key.Role));
        WriteConnectors(json, key.Connectors);
        json.WriteNumber("expires", key.Expires);
        json.WriteNumber("created", key.Created);
        json.WriteNumber("lastused", key.LastUsed);
        json.WriteEndObject();
    }

    /// <summary>Writes a new key with its secret, which is shown this once.</summary>
    public static void WriteNew(Utf8JsonWriter json, OperatorKeyId id, NewOperatorKey key, string secret)
    {
        json.WriteStartObject();
        json.WriteString("id", id.Value);
        json.WriteString("name", key.Name);
        json.WriteString("role", RoleNames.Of(key.Role));
        WriteConnectors(json, key.Connectors);
        json.WriteNumber("expires", key.Expires);
        json.WriteString("secret", secret);
        json.WriteEndObject();
    }

    /// <summary>Reads <c>{"name","role"[,"connectors"][,"expires"]}</c>.</summary>
    /// <returns>The key; Rejected.</returns>
    public static Outcome<NewOperatorKey> Read(JsonElement body)
    {
        var fields = new JsonFields(body, "");
        var name = fields.Text("name", "", LongestName);
        var role = fields.Word("role", RoleNames.Read);
        var expires = fields.OptionalWhole("expires") ?? 0;
        if (fields.Problem is { } problem)
        {
            return problem;
        }

        if (role is not { } known)
        {
            return new Failure.Rejected("invalid-type", "role", "role must be viewer, operator or admin.");
        }

        if (!fields.TryGet("connectors", out var list) || list.ValueKind == JsonValueKind.Null)
        {
            return new NewOperatorKey(name, known, null, expires);
        }

        return TryReadConnectors(list, out var connectors) ? new NewOperatorKey(name, known, connectors, expires) : BadConnectors;
    }

    private static bool TryReadConnectors(JsonElement list, out HashSet<ConnectorId> connectors)
    {
        connectors = [];
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() is 0 or > OperatorKeys.MaxConnectors)
        {
            return false;
        }

        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.String || !ConnectorId.TryParse(item.GetString(), out var id))
            {
                return false;
            }

            connectors.Add(id);
        }

        return true;
    }

    private static void WriteConnectors(Utf8JsonWriter json, IReadOnlySet<ConnectorId>? connectors)
    {
        if (connectors is null)
        {
            json.WriteNull("connectors");
            return;
        }

        json.WriteStartArray("connectors");
        foreach (var connector in connectors.OrderBy(connector => connector.Value, StringComparer.Ordinal))
        {
            json.WriteStringValue(connector.Value);
        }

        json.WriteEndArray();
    }
}
