using System.Text.Json;
using System.Text.Json.Nodes;
using Murano.Admin.Export;

namespace Murano.Admin.Import;

/// <summary>
/// Decides what an import does for an identity. What the target does not have is added. What it has otherwise stays, and is told as a conflict, unless it is to be
/// overwritten: operators and devices may have worked with it since.
/// </summary>
/// <param name="resources">The target's resources.</param>
/// <param name="overwrites">Whether what differs is overwritten.</param>
internal sealed class ImportPlanner(IReadOnlyDictionary<string, TargetResource> resources, bool overwrites)
{
    private const string Identity = "identity";

    private static readonly string[] Kept = ["token", "password", "certificate"];

    /// <summary>Decides.</summary>
    /// <param name="source">As it was exported.</param>
    /// <param name="target">As the target has it; null = it does not know it.</param>
    /// <param name="token">The device's token, of the owner's records; null = none is known.</param>
    public ImportPlan Plan(ExportedIdentity source, TargetDevice? target, string? token)
    {
        var type = source.AuthType is null or "cik" ? "token" : source.AuthType;
        var plan = new ImportPlan { Identity = source.Identity, IsNew = target is null };
        var row = new JsonObject { [Identity] = source.Identity };
        if (target is null)
        {
            Make(plan, row, source, type, token);
        }
        else
        {
            Compare(plan, row, source, target, type, token);
        }

        plan.Row = row.Count > 1 || target is null ? row : null;
        PlanCredential(plan, source, target, type, token);
        PlanValues(plan, source, target);
        if (source.DevMode)
        {
            plan.Note("devmode", ImportOutcome.Skipped, "set-by-activation", "The mark of developer mode comes with an activation over the developer-mode address.");
        }

        if (plan is { IsNew: false, Row: null } && plan.Results.TrueForAll(result => result.Outcome != ImportOutcome.Conflict))
        {
            plan.Note(Identity, ImportOutcome.Unchanged);
        }

        return plan;
    }

    private static void Make(ImportPlan plan, JsonObject row, ExportedIdentity source, string type, string? token)
    {
        var auth = new JsonObject();
        if (Kept.Contains(type))
        {
            auth["type"] = token is null ? type : "token";
        }
        else
        {
            plan.Note("auth", ImportOutcome.Skipped, "unknown-auth-type", $"There is no kind of credential {type} here: it gets the connector's.");
        }

        // The window of a device that was provisioned is over for Murano; one that has to activate here needs an open one.
        if (source.Expire > 0 && !(source.MayHaveCredential && token is null))
        {
            auth["expire"] = source.Expire;
        }

        if (auth.Count > 0)
        {
            row["auth"] = auth;
        }

        if (source.Locked)
        {
            row["locked"] = true;
        }

        if (source.Reprovision && token is null)
        {
            row["reprovision"] = true;
        }

        if (source.Tags.Count > 0)
        {
            row["tags"] = MapOf(source.Tags);
            plan.HasTags = true;
        }
    }

    private void Compare(ImportPlan plan, JsonObject row, ExportedIdentity source, TargetDevice target, string type, string? token)
    {
        if (source.Locked != target.Facts.Locked && Overwrite(plan, "locked", source.Locked ? "It was locked and is not here." : "It was not locked and is here."))
        {
            row["locked"] = source.Locked;
        }

        if (!target.IsProvisioned && token is null && Kept.Contains(type) && !Same(type, target.Facts.AuthType) && Overwrite(plan, "auth", $"It had {type} and is to get {target.Facts.AuthType} here."))
        {
            row["auth"] = new JsonObject { ["type"] = type };
        }

        if (!target.IsProvisioned && token is null && !source.MayHaveCredential && source.Expire != target.Facts.Expire && Overwrite(plan, "expire", "Its activation window ends at another time here."))
        {
            var auth = row["auth"] as JsonObject ?? [];
            auth["expire"] = source.Expire;
            row["auth"] = auth;
        }

        if (source.Reprovision && !target.Facts.Reprovision && token is null && Overwrite(plan, "reprovision", "It was to activate once more and is not here."))
        {
            row["reprovision"] = true;
        }

        List<ExportedTag> tags = [];
        var present = target.Facts.Tags.ToLookup(tag => tag.Name, tag => tag.Value, StringComparer.Ordinal);
        foreach (var name in source.Tags.GroupBy(tag => tag.Name, StringComparer.Ordinal))
        {
            var isSame = present[name.Key].ToHashSet(StringComparer.Ordinal).SetEquals(name.Select(tag => tag.Value));
            if (!isSame && (!present.Contains(name.Key) || Overwrite(plan, "tags", $"Tag {name.Key} has other values here.")))
            {
                tags.AddRange(name);
            }
        }

        if (tags.Count > 0)
        {
            row["tags"] = MapOf(tags);
            plan.HasTags = true;
        }
    }

    private void PlanCredential(ImportPlan plan, ExportedIdentity source, TargetDevice? target, string type, string? token)
    {
        if (token is not null && target is { WasRevoked: true } && !overwrites)
        {
            plan.NoteRevoked();
        }
        else if (token is not null)
        {
            plan.Token = token;
            plan.IsTokenInDoubt = target is { IsProvisioned: true };
            plan.Reprovision = source.Reprovision && (target is null || (overwrites && !target.Facts.Reprovision));
        }
        else if (source.MayHaveCredential && target is not { IsProvisioned: true })
        {
            var (reason, message) = type switch
            {
                "password" => ("password-not-exported", "Passwords are not shown: it activates with its password once more, for which its window is open."),
                "certificate" => ("certificate-not-exported", "Certificates are not shown: its certificate is taken at its first request."),
                _ => ("no-token", "Tokens are not shown, and there is none in the table: its token gets 401 until it activates once more, for which its window is open."),
            };
            plan.Note("credential", ImportOutcome.Skipped, reason, message);
        }
    }

    private void PlanValues(ImportPlan plan, ExportedIdentity source, TargetDevice? target)
    {
        List<string> reported = [];
        foreach (var (alias, value) in source.State)
        {
            if (!resources.TryGetValue(alias, out var resource))
            {
                plan.Note("values", ImportOutcome.Skipped, "unknown-resource", $"{alias}: there is no such resource.");
                continue;
            }

            if (value.Reported is not null && (!resource.IsSettable || value.Set is null || !Same(value.Reported, value.Set)))
            {
                reported.Add(alias);
            }

            if (value.Set is not { } set || !resource.IsSettable)
            {
                continue;
            }

            var present = target?.Facts.State.GetValueOrDefault(alias)?.Set;
            var typed = Typed(set, resource.Format);
            if (present is not null && (Same(present, set) || Same(present, JsonSerializer.SerializeToElement(typed))))
            {
                plan.Note("values", ImportOutcome.Unchanged);
            }
            else if (present is null || Overwrite(plan, "values", $"{alias} is set to something else here."))
            {
                plan.Values[alias] = typed;
            }
        }

        if (reported.Count > 0)
        {
            plan.Note("reported", ImportOutcome.Skipped, "device-reports", $"Only the device can report values, and does with its next write: {string.Join(", ", reported)}.");
        }
    }

    /// <summary>A value in the type that its resource has: Murano shows as text what devices wrote.</summary>
    internal static JsonNode? Typed(JsonElement value, string format)
    {
        var text = ((JsonElement?)value).AsText() ?? "";
        return format switch
        {
            "number" when value.ValueKind == JsonValueKind.String && IsNumber(text) => JsonNode.Parse(text),
            "boolean" when text is "true" or "false" => JsonValue.Create(text is "true"),
            "boolean" when text is "1" or "0" => JsonValue.Create(text is "1"),
            _ => JsonValue.Create(value),
        };
    }

    private static bool IsNumber(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Number;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool Same(JsonElement? one, JsonElement? other) => Same(one.AsText(), other.AsText());

    private static bool Same(string? one, string? other) => string.Equals(one, other, StringComparison.Ordinal);

    private static JsonObject MapOf(IEnumerable<ExportedTag> tags)
    {
        var map = new JsonObject();
        foreach (var name in tags.GroupBy(tag => tag.Name, tag => tag.Value, StringComparer.Ordinal))
        {
            map[name.Key] = new JsonArray([.. name.Select(value => JsonValue.Create(value))]);
        }

        return map;
    }

    private bool Overwrite(ImportPlan plan, string what, string message)
    {
        if (!overwrites)
        {
            plan.Note(what, ImportOutcome.Conflict, $"{what}-differs", message);
        }

        return overwrites;
    }
}
