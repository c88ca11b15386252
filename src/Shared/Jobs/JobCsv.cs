using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Murano.Shared.Connectors;
using Murano.Shared.Identities;
using Murano.Shared.Tags;

namespace Murano.Shared.Jobs;

/// <summary>
/// Rows of an import as a table: first line <c>ID</c>, then in any order <c>SSL Client Certificate</c> or <c>Certificate</c>, and <c>tag:{name}</c> as often as
/// there are tags. A tag's empty field leaves the tag alone; several columns of one name are several values. A line that cannot be is a row with a reason, not the end of the table.
/// </summary>
internal static class JobCsv
{
    private const string Tag = "tag:";
    private const int LongestField = 64 * 1024;

    private static readonly string[] Certificates = ["SSL Client Certificate", "Certificate"];
    private static readonly Failure TooManyRows = new Failure.TooLarge("too-many-rows", FormattableString.Invariant($"A job has at most {Job.MaxRows} identities."));
    private static readonly Failure TooLong = new Failure.Rejected("bad-row", "", "The row has more columns than the first line.");
    private static readonly Failure BadValue = new Failure.Rejected("bad-tag-value", "tags", "The value of a tag is too long, or holds what it must not.");

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

    // For each column the name of its tag; null = the identity or the certificate.
    private static bool TryReadHeader(string[] record, out (bool IsCertificate, TagName? Tag)[] columns)
    {
        columns = new (bool, TagName?)[record.Length];
        if (record is not ["ID", ..])
        {
            return false;
        }

        for (var i = 1; i < record.Length; i++)
        {
            if (Certificates.Contains(record[i], StringComparer.OrdinalIgnoreCase) && !columns.Any(column => column.IsCertificate))
            {
                columns[i] = (true, null);
            }
            else if (record[i].StartsWith(Tag, StringComparison.Ordinal) && TagName.TryParse(record[i][Tag.Length..], out var name))
            {
                columns[i] = (false, name);
            }
            else
            {
                return false;
            }
        }

        return true;
    }

    private static JobRow Read(string[] record, (bool IsCertificate, TagName? Tag)[] columns, long? expire)
    {
        if (record.Length > columns.Length)
        {
            return JobRow.Bad(record[0], TooLong);
        }

        string? certificate = null;
        List<Tag> tags = [];
        for (var i = 1; i < record.Length; i++)
        {
            if (record[i].Length == 0)
            {
                continue;
            }

            if (columns[i].Tag is not { } name)
            {
                certificate = record[i];
            }
            else if (TagValue.TryParse(record[i], out var value))
            {
                tags.Add(new(name, value));
            }
            else
            {
                return JobRow.Bad(record[0], BadValue);
            }
        }

        var change = new IdentityChange { Expire = expire, AuthType = certificate is null ? null : AuthType.Certificate, Key = certificate };
        return JobRow.Of(record[0], change, new TagEdit { Add = tags, Drop = [.. tags.Select(tag => tag.Name).Distinct()] }).TryGet(out var row, out var failure) ? row : JobRow.Bad(record[0], failure);
    }
}
