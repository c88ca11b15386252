using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Murano.Shared.Connectors;
using Murano.Shared.Identities;
using Murano.Shared.Tags;

namespace Murano.Shared.Jobs;

/// <summary>
/// Rows of an import as a table, and an export as the same table: first line <c>ID</c>, then in any order <c>SSL Client Certificate</c> or <c>Certificate</c>, <c>locked</c>
/// (<c>true</c>, <c>false</c>), <c>auth</c> (kind of credential), <c>expire</c> (µs since the Unix epoch), and <c>tag:{name}</c> as often as there are tags. An empty field leaves
/// things alone; several columns of one name are several values. A line that cannot be is a row with a reason, not the end of the table.
/// </summary>
internal static class JobCsv
{
    /// <summary>Most columns of a table that is written: others than an export of tags that no two devices share have far fewer.</summary>
    public const int MaxColumns = 1000;

    private const string Id = "ID";
    private const string Certificate = "Certificate";
    private const string Locked = "locked";
    private const string Auth = "auth";
    private const string Expire = "expire";
    private const string Tag = "tag:";
    private const int LongestField = 64 * 1024;

    private static readonly string[] Certificates = ["SSL Client Certificate", Certificate];
    private static readonly string[] Fields = [Locked, Auth, Expire];
    private static readonly Failure TooManyRows = new Failure.TooLarge("too-many-rows", FormattableString.Invariant($"A job has at most {Job.MaxRows} identities."));
    private static readonly Failure TooLong = new Failure.Rejected("bad-row", "", "The row has more columns than the first line.");
    private static readonly Failure BadValue = new Failure.Rejected("bad-tag-value", "tags", "The value of a tag is too long, or holds what it must not.");

    private static readonly Failure BadLocked = new Failure.Rejected("bad-row", Locked, "locked must be true or false, or empty.");
    private static readonly Failure BadExpire = new Failure.Rejected("bad-row", Expire, "expire must be a number of microseconds since the Unix epoch, or empty.");
    private static readonly Failure BadAuth = new Failure.Rejected("bad-row", Auth, "auth must be token, password or certificate, and with a certificate nothing else.");
    private static readonly Failure TooManyColumns = new Failure.TooLarge("too-many-columns", FormattableString.Invariant($"The table would have more than {MaxColumns} columns. Take the results as JSON."));

    private static readonly CsvConfiguration Configuration = new(CultureInfo.InvariantCulture)
    {
        HasHeaderRecord = false,
        TrimOptions = TrimOptions.Trim,
        MaxFieldSize = LongestField,
        BadDataFound = null,
    };

    /// <summary>Reads a table.</summary>
    /// <returns>The rows; Rejected for another first line; TooLarge.</returns>
    public static async Task<Outcome<IReadOnlyList<JobRow>>> ReadAsync(TextReader text, long? expire, CancellationToken cancellationToken)
    {
        try
        {
            using var parser = new CsvParser(text, Configuration, leaveOpen: true);
            if (!await parser.ReadAsync() || !TryReadHeader(parser.Record!, out var columns))
            {
                return IdentityCsv.BadFormat;
            }

            List<JobRow> rows = [];
            while (await parser.ReadAsync())
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (parser.Record!.All(string.IsNullOrEmpty))
                {
                    continue;
                }

                if (rows.Count == Job.MaxRows)
                {
                    return TooManyRows;
                }

                rows.Add(Read(parser.Record!, columns, expire));
            }

            return rows;
        }
        catch (Exception fault) when (fault is CsvHelperException or DecoderFallbackException)
        {
            return IdentityCsv.BadFormat;
        }
    }

    /// <summary>The columns of a table of results.</summary>
    /// <param name="kind">Export, which makes a table that can be imported; or another, which makes one of what became of the rows.</param>
    /// <param name="results">All results; of an export all tags are looked at.</param>
    /// <returns>The first line; TooLarge.</returns>
    public static async Task<Outcome<IReadOnlyList<string>>> ColumnsAsync(JobKind kind, IAsyncEnumerable<JobResult> results)
    {
        if (kind != JobKind.Export)
        {
            return (string[])[Id, "result", "reason", "message"];
        }

        SortedDictionary<string, int> values = new(StringComparer.Ordinal);
        var columns = 0;
        await foreach (var result in results)
        {
            foreach (var name in result.Row?.Tags.CountBy(tag => tag.Name, StringComparer.Ordinal) ?? [])
            {
                var more = name.Value - values.GetValueOrDefault(name.Key);
                if (more > 0)
                {
                    values[name.Key] = name.Value;
                    columns += more;
                }
            }

            if (columns > MaxColumns)
            {
                return TooManyColumns;
            }
        }

        return (string[])[Id, Locked, Auth, Expire, .. values.SelectMany(name => Enumerable.Repeat(Tag + name.Key, name.Value))];
    }

    /// <summary>Lines of a table of results.</summary>
    /// <param name="columns">As <see cref="ColumnsAsync"/> found them.</param>
    /// <param name="results">Some of the results; null = the first line.</param>
    public static async Task<string> WriteAsync(IReadOnlyList<string> columns, IEnumerable<JobResult>? results)
    {
        await using var text = new StringWriter(CultureInfo.InvariantCulture);
        await using (var writer = new CsvWriter(text, CultureInfo.InvariantCulture, leaveOpen: true))
        {
            foreach (var line in results is null ? [columns] : results.Select(result => LineOf(columns, result)))
            {
                foreach (var field in line)
                {
                    writer.WriteField(field);
                }

                await writer.NextRecordAsync();
            }
        }

        return text.ToString();
    }

    private static IEnumerable<string?> LineOf(IReadOnlyList<string> columns, JobResult result)
    {
        if (result.Row is not { } row)
        {
            return columns.Count == 4 && string.Equals(columns[1], Locked, StringComparison.Ordinal)
                ? [result.Identity]
                : [result.Identity, result.Outcome.ToString().ToLowerInvariant(), result.Reason, result.Message];
        }

        var tags = row.Tags.GroupBy(tag => tag.Name, tag => tag.Value, StringComparer.Ordinal).ToDictionary(name => Tag + name.Key, name => new Queue<string>(name), StringComparer.Ordinal);
        return columns.Select(column => column switch
        {
            Id => row.Identity,
            Locked => row.Locked == true ? "true" : "false",
            Auth => row.AuthType is { } auth ? AuthTypeNames.Of(auth) : null,
            Expire => row.Expire is > 0 and var expire ? expire.ToString(CultureInfo.InvariantCulture) : null,
            _ => tags.TryGetValue(column, out var values) && values.TryDequeue(out var value) ? value : null,
        });
    }

    private static bool TryReadHeader(string[] record, out (string Field, TagName? Tag)[] columns)
    {
        columns = new (string, TagName?)[record.Length];
        if (record is not [Id, ..])
        {
            return false;
        }

        for (var i = 1; i < record.Length; i++)
        {
            if (record[i].StartsWith(Tag, StringComparison.Ordinal) && TagName.TryParse(record[i][Tag.Length..], out var name))
            {
                columns[i] = (Tag, name);
                continue;
            }

            var field = Certificates.Contains(record[i], StringComparer.OrdinalIgnoreCase) ? Certificate : Array.Find(Fields, field => string.Equals(field, record[i], StringComparison.OrdinalIgnoreCase));
            if (field is null || Array.Exists(columns, column => string.Equals(column.Field, field, StringComparison.Ordinal)))
            {
                return false;
            }

            columns[i] = (field, null);
        }

        return true;
    }

    private static JobRow Read(string[] record, (string Field, TagName? Tag)[] columns, long? expire)
    {
        if (record.Length > columns.Length)
        {
            return JobRow.Bad(record[0], TooLong);
        }

        var change = new IdentityChange { Expire = expire };
        List<Tag> tags = [];
        for (var i = 1; i < record.Length; i++)
        {
            if (record[i].Length > 0 && Read(change, tags, columns[i], record[i]).TryGet(out change, out var bad) is false)
            {
                return JobRow.Bad(record[0], bad);
            }
        }

        if (change is { Key: not null, AuthType: not (null or AuthType.Certificate) })
        {
            return JobRow.Bad(record[0], BadAuth);
        }

        change = change with { AuthType = change.Key is null ? change.AuthType : AuthType.Certificate };
        return JobRow.Of(record[0], change, new TagEdit { Add = tags, Drop = [.. tags.Select(tag => tag.Name).Distinct()] }).TryGet(out var row, out var failure) ? row : JobRow.Bad(record[0], failure);
    }

    private static Outcome<IdentityChange> Read(IdentityChange change, List<Tag> tags, (string Field, TagName? Tag) column, string text)
    {
        switch (column)
        {
            case { Tag: { } name }:
                if (!TagValue.TryParse(text, out var value))
                {
                    return BadValue;
                }

                tags.Add(new(name, value));
                return change;
            case { Field: Locked }:
                return bool.TryParse(text, out var locked) ? change with { Locked = locked } : BadLocked;
            case { Field: Expire }:
                return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var expire) ? change with { Expire = expire } : BadExpire;
            case { Field: Auth }:
                return AuthTypeNames.Read(text) is { } type ? change with { AuthType = type } : BadAuth;
            default:
                return change with { Key = text };
        }
    }
}
