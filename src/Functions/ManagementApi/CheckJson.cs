using System.Text.Json;
using Murano.Shared.Storage.Checks;

namespace Murano.Functions.ManagementApi;

/// <summary>Reports of checks as JSON.</summary>
internal static class CheckJson
{
    /// <summary>Writes <c>{"mayLoadMore","cursor","checked","mended","differences":[{"kind","count","examples":[{"place","detail"}]}]}</c>.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="report">What was found.</param>
    /// <param name="cursor">Leads to the next step; null = there is no such thing.</param>
    public static void Write(Utf8JsonWriter json, CheckReport report, string? cursor)
    {
        json.WriteStartObject();
        json.WriteBoolean("mayLoadMore", report.Next is not null);
        if (cursor is not null)
        {
            json.WriteString("cursor", cursor);
        }

        json.WriteNumber("checked", report.Checked);
        json.WriteBoolean("mended", report.Mended);
        json.WriteStartArray("differences");
        foreach (var (kind, (count, examples)) in report.Found)
        {
            json.WriteStartObject();
            json.WriteString("kind", NameOf(kind));
            json.WriteNumber("count", count);
            json.WriteStartArray("examples");
            foreach (var example in examples)
            {
                json.WriteStartObject();
                json.WriteString("place", example.Place);
                json.WriteString("detail", example.Detail);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string NameOf(CheckKind kind) => kind switch
    {
        CheckKind.Rows => "rows",
        CheckKind.Fence => "fence",
        CheckKind.Delete => "delete",
        CheckKind.Directory => "directory",
        CheckKind.Recency => "recency",
        CheckKind.TagIndex => "tagindex",
        CheckKind.Credentials => "credentials",
        CheckKind.Content => "content",
        CheckKind.Todo => "todo",
        _ => "connector",
    };
}
