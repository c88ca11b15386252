using System.Text.Json;
using Murano.Shared.Connectors;
using Murano.Shared.Identities;
using Murano.Shared.State;
using Murano.Shared.Tags;

namespace Murano.Functions.ManagementApi;

/// <summary>Identities as JSON (specification c.3). Secrets never come back.</summary>
internal static class IdentityJson
{
    /// <summary>Writes a page of the list (specification b.4); states and tags where they were asked for.</summary>
    public static void WritePage(Utf8JsonWriter json, IdentityPage page)
    {
        json.WriteStartObject();
        json.WriteBoolean("mayLoadMore", page.Next is not null);
        if (page.Next is not null)
        {
            json.WriteString("cursor", page.Next);
        }

        json.WriteStartArray("devices");
        foreach (var device in page.Devices)
        {
            json.WriteStartObject();
            WriteFields(json, device);
            WriteDetails(json, device.State, device.Tags);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Writes one identity with its state, with the times of both sides if they are wanted, and its tags.</summary>
    public static void WriteWhole(Utf8JsonWriter json, Device device, IReadOnlyList<StateEntry> state, bool withTimes = false)
    {
        json.WriteStartObject();
        WriteFields(json, device);
        WriteDetails(json, state, device.Tags ?? [], withTimes);
        json.WriteEndObject();
    }

    /// <summary>Writes an identity that was made up: <c>{"identity":"…"}</c>.</summary>
    public static void WriteName(Utf8JsonWriter json, IdentityId identity)
    {
        json.WriteStartObject();
        json.WriteString("identity", identity.Value);
        json.WriteEndObject();
    }

    private static void WriteDetails(Utf8JsonWriter json, IReadOnlyList<StateEntry>? state, IReadOnlyList<Tag>? tags, bool withTimes = false)
    {
        if (state is not null)
        {
            json.WritePropertyName("state");
            StateJson.Write(json, state, withTimes);
        }

        if (tags is not null)
        {
            json.WritePropertyName("tags");
            TagJson.WriteMap(json, tags);
        }
    }

    private static void WriteFields(Utf8JsonWriter json, Device device)
    {
        json.WriteString("identity", device.Identity.Value);
        json.WriteStartObject("auth");
        json.WriteString("type", AuthTypeNames.Of(device.AuthType));
        json.WriteNumber("expire", device.Expire);
        json.WriteEndObject();
        json.WriteString("status", StatusNames.Of(device.Status));
        json.WriteBoolean("locked", device.Locked);
        json.WriteBoolean("reprovision", device.Reprovision);
        json.WriteBoolean("devmode", device.DevMode);
        json.WriteString("lastip", device.LastAddress);
        json.WriteString("lastprotocol", device.LastProtocol);
        json.WriteNumber("lastseen", device.LastSeen);
        json.WriteBoolean("online", device.Presence == PresenceState.Online);
        json.WriteString("presence", PresenceNames.Of(device.Presence));
    }
}
