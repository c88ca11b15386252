using System.Globalization;
using System.Text.Json;
using Murano.Shared.Connectors;
using Murano.Shared.Jobs;

namespace Murano.Functions.ManagementApi;

/// <summary>Jobs as JSON.</summary>
internal static class JobJson
{
    private const int Shown = 100;

    private static readonly Dictionary<string, JobKind> Kinds = Enum.GetValues<JobKind>().ToDictionary(kind => kind.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    /// <summary>All kinds, as they are written.</summary>
    public static IEnumerable<string> KindNames => Kinds.Keys;

    /// <summary>The kind of a word; null = none.</summary>
    public static JobKind? KindOf(string word) => Kinds.TryGetValue(word, out var kind) ? kind : null;

    /// <summary>Writes a job.</summary>
    public static void Write(Utf8JsonWriter json, Job job)
    {
        json.WriteStartObject();
        json.WriteString("id", job.Id);
        json.WriteString("kind", Word(job.Kind));
        json.WriteString("status", Word(job.Status));
        json.WriteBoolean("dryRun", job.DryRun);
        json.WriteString("by", job.By);
        json.WriteString("byId", job.ById);
        json.WriteNumber("created", job.Created);
        json.WriteNumber("ended", job.Ended);
        json.WriteNumber("total", job.Total);
        json.WriteNumber("processed", job.Processed);
        json.WriteNumber("changed", job.Changed);
        json.WriteNumber("unchanged", job.Unchanged);
        json.WriteNumber("failed", job.Failed);
        json.WriteEndObject();
    }

    /// <summary>Writes <c>{"jobs":[…]}</c>.</summary>
    public static void WriteList(Utf8JsonWriter json, IReadOnlyList<Job> jobs)
    {
        json.WriteStartObject();
        json.WriteStartArray("jobs");
        foreach (var job in jobs)
        {
            Write(json, job);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Writes <c>{"total","identities"}</c>, the first of them by name.</summary>
    public static void WritePreview(Utf8JsonWriter json, IReadOnlyList<JobRow> rows)
    {
        json.WriteStartObject();
        json.WriteNumber("total", rows.Count);
        json.WriteStartArray("identities");
        foreach (var row in rows.Take(Shown))
        {
            json.WriteStringValue(row.Identity);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Writes <c>{"results":[{"identity","result"[,"reason","message"][,"row"]}][,"cursor"]}</c>.</summary>
    public static void WriteResults(Utf8JsonWriter json, Job job, IReadOnlyList<JobResult> results, int step)
    {
        json.WriteStartObject();
        json.WriteStartArray("results");
        foreach (var result in results)
        {
            json.WriteStartObject();
            json.WriteString("identity", result.Identity);
            json.WriteString("result", Word(result.Outcome));
            if (result.Reason is not null)
            {
                json.WriteString("reason", result.Reason);
                json.WriteString("message", result.Message);
            }

            if (result.Row is { } row)
            {
                WriteRow(json, row);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (results.Count > 0 && (step + 1) * Job.RowsInStep < job.Processed)
        {
            json.WriteString("cursor", (step + 1).ToString(CultureInfo.InvariantCulture));
        }

        json.WriteEndObject();
    }

    // As an import takes it.
    private static void WriteRow(Utf8JsonWriter json, JobRow row)
    {
        json.WriteStartObject("row");
        json.WriteString("identity", row.Identity);
        json.WriteBoolean("locked", row.Locked ?? false);
        json.WriteStartObject("auth");
        json.WriteString("type", AuthTypeNames.Of(row.AuthType ?? AuthType.Token));
        if (row.Expire is > 0)
        {
            json.WriteNumber("expire", row.Expire.Value);
        }

        json.WriteEndObject();
        json.WriteStartObject("tags");
        foreach (var name in row.Tags.GroupBy(tag => tag.Name, StringComparer.Ordinal))
        {
            json.WriteStartArray(name.Key);
            foreach (var tag in name)
            {
                json.WriteStringValue(tag.Value);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>The word for a kind or state.</summary>
    public static string Word(Enum value) => value.ToString().ToLowerInvariant();
}
