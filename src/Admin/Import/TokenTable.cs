using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Murano.Shared.Access;

namespace Murano.Admin.Import;

/// <summary>The owner's own record of tokens: a table with the first line <c>identity,token</c>. A line that cannot be is a result, not the end.</summary>
internal sealed class TokenTable
{
    private const string Kind = "token";

    private readonly Dictionary<string, string> _tokens = new(StringComparer.Ordinal);
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    /// <summary>What is wrong with lines.</summary>
    public IReadOnlyList<ImportResult> Problems { get; private set; } = [];

    /// <summary>Reads the table; lines without a token say nothing.</summary>
    /// <exception cref="AdminException">The first line is another one, or the file is none.</exception>
    public static async Task<TokenTable> ReadAsync(TextReader text)
    {
        var table = new TokenTable();
        List<ImportResult> problems = [];
        Dictionary<string, string> owners = new(StringComparer.Ordinal);
        HashSet<string> torn = new(StringComparer.Ordinal);
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture) { HasHeaderRecord = false, TrimOptions = TrimOptions.Trim, BadDataFound = null };
        using var parser = new CsvParser(text, configuration, leaveOpen: true);
        if (!await parser.ReadAsync() || parser.Record is not [var first, var second, ..] || !Is(first, "identity") || !Is(second, "token"))
        {
            throw new AdminException("The first line of the table of tokens must be identity,token.");
        }

        while (await parser.ReadAsync())
        {
            if (parser.Record is not [{ Length: > 0 } identity, { Length: > 0 } token, ..])
            {
                continue;
            }

            if (!DeviceToken.TryParse(token, out _))
            {
                problems.Add(Problem(identity, "bad-token", FormattableString.Invariant($"Line {parser.RawRow}: a token has 40 letters and digits.")));
            }
            else if (owners.TryGetValue(token, out var owner) && !string.Equals(owner, identity, StringComparison.Ordinal))
            {
                problems.Add(Problem(identity, "token-twice", FormattableString.Invariant($"Line {parser.RawRow}: the token is also that of {owner}, which keeps it.")));
            }
            else if (table._tokens.TryGetValue(identity, out var other) && !string.Equals(other, token, StringComparison.Ordinal))
            {
                torn.Add(identity);
                problems.Add(Problem(identity, "two-tokens", FormattableString.Invariant($"Line {parser.RawRow}: the identity has two tokens, and gets none.")));
            }
            else
            {
                owners[token] = identity;
                table._tokens[identity] = token;
            }
        }

        foreach (var identity in torn)
        {
            table._tokens.Remove(identity);
        }

        table.Problems = problems;
        return table;
    }

    /// <summary>The token of an identity; null = the table has none.</summary>
    public string? Take(string identity)
    {
        _used.Add(identity);
        return _tokens.GetValueOrDefault(identity);
    }

    /// <summary>Lines of identities that were not asked for.</summary>
    public IEnumerable<ImportResult> Unused() =>
        _tokens.Keys.Where(identity => !_used.Contains(identity)).Select(identity => Problem(identity, "not-exported", "The table has a token for an identity that the export does not have.") with { Outcome = ImportOutcome.Skipped });

    private static bool Is(string field, string name) => string.Equals(field, name, StringComparison.OrdinalIgnoreCase);

    private static ImportResult Problem(string identity, string reason, string message) => new(Kind, identity, "line", ImportOutcome.Failed, reason, message);
}
