using System.Text.Json;
using Murano.Shared;
using Murano.Shared.Events;

namespace Murano.Functions.ManagementApi;

/// <summary>The delivery of events as JSON.</summary>
internal static class EventStateJson
{
    /// <summary>Writes <c>{"on","types"[,"destination"],"breaker","deadletters"}</c>.</summary>
    public static void Write(Utf8JsonWriter json, EventSettings settings, EventState state, DateTimeOffset now)
    {
        json.WriteStartObject();
        json.WriteBoolean("on", settings.IsOn);
        EventSettingsJson.WriteTypes(json, settings);
        if (settings.Destination is { } destination)
        {
            json.WritePropertyName("destination");
            EventSettingsJson.WriteDestination(json, destination, isStored: false);
        }

        json.WriteStartObject("breaker");
        json.WriteBoolean("open", state.Wait > TimeSpan.Zero);
        json.WriteNumber("failures", state.Failures);
        json.WriteNumber("until", state.Wait > TimeSpan.Zero ? (now + state.Wait).ToUnixMicros() : 0);
        json.WriteEndObject();
        json.WriteStartObject("deadletters");
        json.WriteNumber("count", state.DeadLetters);
        json.WriteBoolean("more", state.More);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Writes <c>{"delivered"[,"why"]}</c>.</summary>
    public static void WriteTest(Utf8JsonWriter json, DeliveryResult result)
    {
        json.WriteStartObject();
        json.WriteBoolean("delivered", result is DeliveryResult.Delivered);
        if ((result as DeliveryResult.Failed)?.Why is { } failed)
        {
            json.WriteString("why", failed);
        }
        else if ((result as DeliveryResult.Refused)?.Why is { } refused)
        {
            json.WriteString("why", refused);
        }

        json.WriteEndObject();
    }

    /// <summary>Writes <c>{"secret"}</c>.</summary>
    public static void WriteSecret(Utf8JsonWriter json, string secret)
    {
        json.WriteStartObject();
        json.WriteString("secret", secret);
        json.WriteEndObject();
    }
}
