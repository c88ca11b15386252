using System.Text.Json;
using Murano.Shared;
using Murano.Shared.Identities;
using Murano.Shared.Jobs;
using Murano.Shared.Tags;

namespace Murano.Functions.ManagementApi;

/// <summary>
/// What is wanted of a new job: <c>kind</c>; which identities, <c>identities</c>, a list of names, or <c>filter</c>, an object with the fields of the list of
/// identities and <c>q</c>; of an import <c>rows</c> in their place, as batches have them and with <c>tags</c>; of <c>tag</c> the fields of a change of tags and
/// <c>remove</c>, a list of names or a map of values; of <c>state</c> the object <c>state</c>; <c>dryRun</c>; <c>preview</c>.
/// </summary>
internal sealed record JobRequest
{
    private const string Identities = "identities";
    private const int LongestLine = 4_000;

    private static readonly Failure BadKind = new Failure.Rejected("bad-parameter", "kind", "kind must be import, export, lock, unlock, delete, tag or state.");
    private static readonly Failure BadRows = new Failure.Rejected("bad-json", "rows", "rows must be a list of objects, each with an identity.");
    private static readonly Failure BadChoice = new Failure.Rejected("bad-parameter", "filter", "Say which identities are meant: identities, a list of names, or filter, an object; {} for all.");
    private static readonly Failure BadTags = new Failure.Rejected("invalid-type", "remove", "remove must be a list of names of tags, or an object of names with lists of values.");

    /// <summary>What it is to do.</summary>
    public required JobKind Kind { get; init; }

    /// <summary>The details.</summary>
    public JobWork Work { get; init; } = new();

    /// <summary>The rows; null = those that pass the filter.</summary>
    public IReadOnlyList<JobRow>? Rows { get; init; }

    /// <summary>Which identities.</summary>
    public IdentityFilter Filter { get; init; } = new();

    /// <summary>Whether it only tells what it would do.</summary>
    public bool DryRun { get; init; }

    /// <summary>Whether only the identities are asked for.</summary>
    public bool IsPreview { get; init; }

    /// <summary>Reads a request.</summary>
    /// <returns>The request; Rejected.</returns>
    public static Outcome<JobRequest> Read(JsonElement body)
    {
        var fields = new JsonFields(body, "");
        var dryRun = fields.OptionalFlag("dryRun") ?? false;
        var preview = fields.OptionalFlag("preview") ?? false;
        if (fields.Problem is { } problem)
        {
            return problem;
        }

        if (KindOf(body) is not { } kind)
        {
            return BadKind;
        }

        if (!ReadWork(kind, body).TryGet(out var work, out var failure))
        {
            return failure;
        }

        var request = new JobRequest { Kind = kind, Work = work, DryRun = dryRun, IsPreview = preview };
        if (kind == JobKind.Import)
        {
            return ReadRows(body).TryGet(out var rows, out failure) ? request with { Rows = rows } : failure;
        }

        if (body.TryGetProperty(Identities, out var names))
        {
            return names.ValueKind == JsonValueKind.Array && names.EnumerateArray().All(name => name.ValueKind == JsonValueKind.String)
                ? request with { Rows = [.. names.EnumerateArray().Select(name => name.GetString()!).Distinct(StringComparer.Ordinal).Select(name => new JobRow { Identity = name })] }
                : BadChoice;
        }

        return ReadFilter(body).TryGet(out var filter, out failure) ? request with { Filter = filter } : failure;
    }

    private static JobKind? KindOf(JsonElement body) =>
        body.TryGetProperty("kind", out var kind) && kind.ValueKind == JsonValueKind.String ? JobJson.KindOf(kind.GetString()!) : null;

    private static Outcome<JobWork> ReadWork(JobKind kind, JsonElement body)
    {
        switch (kind)
        {
            case JobKind.State:
                return StateJson.Read(body.TryGetProperty("state", out var state) ? state : default).TryGet(out var values, out var failure) ? JobWork.Of(values) : failure;
            case JobKind.Tag:
                var edit = new TagEdit();
                var removes = body.TryGetProperty("remove", out var remove);
                if ((body.TryGetProperty("tags", out _) || !removes) && !TagJson.Read(body).TryGet(out edit, out failure))
                {
                    return failure;
                }

                return removes ? ReadRemoval(remove, edit).TryGet(out edit, out failure) ? JobWork.Of(edit) : failure : JobWork.Of(edit);
            default:
                return new JobWork();
        }
    }

    private static Outcome<TagEdit> ReadRemoval(JsonElement remove, TagEdit edit)
    {
        if (remove.ValueKind == JsonValueKind.Object)
        {
            using var tags = JsonDocument.Parse($$"""{"tags":{{remove.GetRawText()}}}""");
            return TagJson.Read(tags.RootElement).TryGet(out var gone, out var failure) ? edit with { Remove = gone.Add } : failure;
        }

        if (remove.ValueKind != JsonValueKind.Array)
        {
            return BadTags;
        }

        List<TagName> names = [.. edit.Drop];
        foreach (var item in remove.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.String || !TagName.TryParse(item.GetString(), out var name))
            {
                return BadTags;
            }

            names.Add(name);
        }

        return edit with { Drop = names };
    }

    private static Outcome<IReadOnlyList<JobRow>> ReadRows(JsonElement body)
    {
        if (!body.TryGetProperty("rows", out var rows) || rows.ValueKind != JsonValueKind.Array || rows.EnumerateArray().Any(row => row.ValueKind != JsonValueKind.Object))
        {
            return BadRows;
        }

        return rows.EnumerateArray().Select(ReadRow).ToList();
    }

    private static JobRow ReadRow(JsonElement row)
    {
        var name = IdentityChangeJson.ReadIdentity(row) ?? "";
        if (!IdentityChangeJson.Read(row).TryGet(out var change, out var failure))
        {
            return JobRow.Bad(name, failure);
        }

        var edit = new TagEdit();
        if (row.TryGetProperty("tags", out _) && !TagJson.Read(row).TryGet(out edit, out failure))
        {
            return JobRow.Bad(name, failure);
        }

        // A row says what the values of its names are, so that the same row again changes nothing.
        edit = edit with { Drop = [.. edit.Drop.Concat(edit.Add.Select(tag => tag.Name)).Distinct()] };
        return JobRow.Of(name, change, edit).TryGet(out var made, out failure) ? made : JobRow.Bad(name, failure);
    }

    private static Outcome<IdentityFilter> ReadFilter(JsonElement body)
    {
        if (!body.TryGetProperty("filter", out var filter) || filter.ValueKind != JsonValueKind.Object)
        {
            return BadChoice;
        }

        var fields = new IdentityFilterFields();
        foreach (var field in filter.EnumerateObject())
        {
            var text = field.Value.ValueKind switch
            {
                JsonValueKind.String => field.Value.GetString()!,
                JsonValueKind.True or JsonValueKind.False => field.Value.GetRawText(),
                _ => null,
            };
            var isLine = string.Equals(field.Name, "q", StringComparison.Ordinal);

            // Refused rather than ignored: the job would work on the wrong devices.
            if (text is not { Length: > 0 and <= LongestLine } || (!isLine && !IdentityFilterFields.Knows(field.Name)))
            {
                return new Failure.Rejected("bad-parameter", "filter", "A field of filter is not known, or not a text.");
            }

            if ((isLine ? FilterText.Add(text, fields) : fields.Add(field.Name, text)) is { } problem)
            {
                return problem;
            }
        }

        return fields.Filter;
    }
}
