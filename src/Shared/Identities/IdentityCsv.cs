using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Murano.Shared.Connectors;

namespace Murano.Shared.Identities;

/// <summary>
/// Identities as a table (specification b.4, CSV form): a first line <c>ID</c> or <c>ID, SSL Client Certificate</c>, also <c>ID,Certificate</c>, then one
/// record for each identity, the certificate as quoted PEM.
/// </summary>
internal static class IdentityCsv
{
    /// <summary>Most records of one table.</summary>
    public const int MaxRows = 10_000;

    private const int LongestField = 64 * 1024;
    private const int ToldProblems = 20;
    private const string Field = "identities";

    private static readonly string[] Certificates = ["SSL Client Certificate", "Certificate"];

    private static readonly CsvConfiguration Configuration = new(CultureInfo.InvariantCulture)
    {
        HasHeaderRecord = false,
        TrimOptions = TrimOptions.Trim,
        MaxFieldSize = LongestField,
        BadDataFound = null,
    };

    /// <summary>Murano's words for a table that is none.</summary>
    public static Failure BadFormat { get; } = new Failure.Rejected("bad-csv", "", "CSV file format invalid");

    /// <summary>Reads a table. Nothing of it counts unless all of it can be.</summary>
    /// <param name="text">The table.</param>
    /// <param name="expire">End of the activation window of each, µs since the Unix epoch; null = none is stated.</param>
    /// <param name="format">What identities of the connector look like.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The rows; Rejected for another first line, or with the lines that cannot be; TooLarge.</returns>
    public static async Task<Outcome<IReadOnlyList<IdentityRow>>> ReadAsync(TextReader text, long? expire, IdentityFormat format, CancellationToken cancellationToken)
    {
        try
        {
            using var parser = new CsvParser(text, Configuration, leaveOpen: true);
            return await parser.ReadAsync() && IsHeader(parser.Record!)
                ? await ReadRowsAsync(parser, parser.Record!.Length, expire, format, cancellationToken)
                : BadFormat;
        }
        catch (Exception fault) when (fault is CsvHelperException or DecoderFallbackException)
        {
            return BadFormat;
        }
    }

    private static async Task<Outcome<IReadOnlyList<IdentityRow>>> ReadRowsAsync(CsvParser parser, int columns, long? expire, IdentityFormat format, CancellationToken cancellationToken)
    {
        List<IdentityRow> rows = [];
        List<string> problems = [];
        HashSet<IdentityId> seen = [];
        for (var line = parser.RawRow + 1; await parser.ReadAsync(); line = parser.RawRow + 1)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var record = parser.Record!;
            if (record.All(string.IsNullOrEmpty))
            {
                continue;
            }

            if (rows.Count == MaxRows)
            {
                return new Failure.TooLarge("too-many-rows", FormattableString.Invariant($"A table has at most {MaxRows} identities."));
            }

            var (row, problem) = Read(record, columns, expire, format);
            if (row is not null && !seen.Add(row.Identity))
            {
                problem = "the identity is there already";
            }

            if (problem is not null)
            {
                problems.Add(FormattableString.Invariant($"line {line}: {problem}"));
            }
            else
            {
                rows.Add(row!);
            }
        }

        return problems.Count == 0 ? rows : Tell(problems);
    }

    private static (IdentityRow? Row, string? Problem) Read(string[] record, int columns, long? expire, IdentityFormat format)
    {
        if (record.Length > columns)
        {
            return (null, "too many columns");
        }

        if (!IdentityId.TryParse(record[0], out var identity))
        {
            return (null, "this cannot be an identity");
        }

        if (!IdentityFormatRules.Matches(format, identity))
        {
            return (null, "the identity is not of the connector's format");
        }

        var certificate = record.Length > 1 && record[1].Length > 0 ? record[1] : null;
        var change = new IdentityChange { Expire = expire, AuthType = certificate is null ? null : AuthType.Certificate, Key = certificate };
        return IdentityRules.Check(identity, change) is { } refused ? (null, refused.Detail) : (new IdentityRow(identity, change), null);
    }

    private static bool IsHeader(string[] record) => record is ["ID"] || (record is ["ID", var second] && Certificates.Contains(second, StringComparer.OrdinalIgnoreCase));

    private static Failure.Rejected Tell(List<string> problems)
    {
        var told = string.Join("; ", problems.Take(ToldProblems));
        var rest = problems.Count > ToldProblems ? FormattableString.Invariant($"; and {problems.Count - ToldProblems} more") : "";
        return new("bad-rows", Field, $"{char.ToUpperInvariant(told[0])}{told[1..]}{rest}.");
    }
}
