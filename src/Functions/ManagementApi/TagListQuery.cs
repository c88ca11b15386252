using System.Globalization;
using Microsoft.AspNetCore.Http;
using Murano.Shared;
using Murano.Shared.Tags;

namespace Murano.Functions.ManagementApi;

/// <summary>The parameters of requests about tags.</summary>
internal static class TagListQuery
{
    private const string False = "false";

    /// <summary>Reads <c>limit</c>, <c>after</c> (the last name or value of a page leads to the next) and <c>counts</c>; an empty one counts as absent.</summary>
    /// <returns>The query; Rejected for a parameter that cannot be.</returns>
    public static Outcome<TagQuery> Parse(IQueryCollection parameters)
    {
        var query = new TagQuery { After = Text("after") };
        if (Text("limit") is { } limit)
        {
            if (!int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var rows) || rows < 1)
            {
                return Bad("limit must be a whole number from 1.");
            }

            query = query with { Limit = Math.Min(rows, TagQuery.MaxLimit) };
        }

        return Text("counts") switch
        {
            null or "true" => query,
            False => query with { Counts = false },
            _ => Bad("counts must be true or false."),
        };

        string? Text(string name) => parameters[name].LastOrDefault() is { Length: > 0 } text ? text : null;
    }

    /// <summary>
    /// What a DELETE removes of a name: the values in <c>value</c>, with commas between (specification c.1), and those in <c>exact</c>, each as it is, for values
    /// that have a comma; both may come more than once. Without either, the name.
    /// </summary>
    /// <returns>The edit; Rejected when a parameter is there and names nothing: that must not remove everything.</returns>
    public static Outcome<TagEdit> ParseRemoval(IQueryCollection parameters, TagName name)
    {
        string[] texts = [.. parameters["value"].SelectMany(text => (text ?? "").Split(',')).Concat(parameters["exact"].Select(text => text ?? "")).Where(text => text.Length > 0)];
        if (texts.Length > 0)
        {
            // What cannot be a value is no value of the device either, so it is gone already.
            return new TagEdit { Remove = [.. texts.Select(text => TagValue.TryParse(text, out var value) ? new Tag(name, value) : (Tag?)null).OfType<Tag>()] };
        }

        return parameters.ContainsKey("value") || parameters.ContainsKey("exact") ? Bad("value and exact must not be empty.") : new TagEdit { Drop = [name] };
    }

    private static Failure.Rejected Bad(string detail) => new("bad-parameter", "", detail);
}
