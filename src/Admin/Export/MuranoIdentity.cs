using System.Text.Json;

namespace Murano.Admin.Export;

/// <summary>An identity as a management API shows it, read leniently: what old Murano leaves out counts as absent.</summary>
internal static class MuranoIdentity
{
    /// <summary>Reads an identity.</summary>
    /// <returns>The identity, null when the object names none; and what of it could not be taken, as words.</returns>
    public static (ExportedIdentity? Identity, IReadOnlyList<string> LeftOut) Read(JsonElement value)
    {
        List<string> leftOut = [];
        if (value.Find("identity").AsText() is not { Length: > 0 } name)
        {
            return (null, leftOut);
        }

        var auth = value.Find("auth");
        var status = value.Find("status").AsText() ?? "";
        var (tags, allTags) = value.Find("tags").AsTags();
        if (!allTags)
        {
            leftOut.Add("tags");
        }

        return (
            new ExportedIdentity
            {
                Identity = name,
                AuthType = auth?.ValueKind == JsonValueKind.Object ? auth.Value.Find("type").AsText() : auth.AsText(),
                Expire = (auth?.ValueKind == JsonValueKind.Object ? auth.Value.Find("expire") : value.Find("expire")).AsMicros(),
                Status = status,
                Locked = value.Find("locked").AsFlag() || status is "locked",
                Reprovision = value.Find("reprovision").AsFlag() || status is "reprovision",
                DevMode = value.Find("devmode").AsFlag(),
                LastSeen = value.Find("lastseen").AsMicros(),
                LastIp = value.Find("lastip").AsText() ?? "",
                Tags = tags,
                State = ReadState(value.Find("state"), leftOut),
            },
            leftOut);
    }

    /// <summary>Reads values by alias: <c>{"reported","set","timestamp"}</c> each, or the reported value alone.</summary>
    public static IReadOnlyDictionary<string, ExportedValue> ReadState(JsonElement? value, ICollection<string> leftOut)
    {
        var state = new SortedDictionary<string, ExportedValue>(StringComparer.Ordinal);
        if (value is not { ValueKind: JsonValueKind.Object } values)
        {
            // An empty map is an empty list in some languages.
            if (value is { } odd && !(odd.ValueKind == JsonValueKind.Array && odd.GetArrayLength() == 0))
            {
                leftOut.Add("state");
            }

            return state;
        }

        foreach (var entry in values.EnumerateObject())
        {
            var read = entry.Value.ValueKind == JsonValueKind.Object && (entry.Value.Find("reported") ?? entry.Value.Find("set") ?? entry.Value.Find("timestamp")) is not null
                ? new ExportedValue { Reported = Scalar(entry.Value.Find("reported")), Set = Scalar(entry.Value.Find("set")), Timestamp = entry.Value.Find("timestamp").AsMicros() }
                : new ExportedValue { Reported = entry.Value.ValueKind == JsonValueKind.Null ? null : Scalar(entry.Value) };
            if (entry.NameText() is not { } alias)
            {
                leftOut.Add("state");
            }
            else if (read.Reported is not null || read.Set is not null)
            {
                state[alias] = read;
            }
        }

        return state;
    }

    // The cloud's values are texts, numbers and booleans; what else there is, is JSON text.
    private static JsonElement? Scalar(JsonElement? value) => value is not { } found ? null
        : found.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? JsonSerializer.SerializeToElement(found.GetRawText())
        : found.Clone();
}
