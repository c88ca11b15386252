using System.Text.RegularExpressions;

namespace Murano.Unit.Tests.Documents;

/// <summary>docs/refusals.md has each reason that the code gives, with its codes, and no other.</summary>
public sealed partial class RefusalDocumentTests
{
    // The codes of DeviceReply.For and OperatorReply.For, which have tests of their own.
    private static readonly Dictionary<string, string> Codes = new(StringComparer.Ordinal)
    {
        ["Unauthorized"] = "401",
        ["Forbidden"] = "403",
        ["NotFound"] = "404",
        ["Conflict"] = "409",
        ["Rejected"] = "400",
        ["TooLarge"] = "413",
        ["TooMany"] = "429",
        ["Busy"] = "503",
    };

    [Fact]
    public void Each_reason_has_its_line_in_order() => Assert.Equal(Given().Select(reason => reason.Key), Rows().Select(row => row.Reason), StringComparer.Ordinal);

    [Fact]
    public void Each_line_has_the_codes_that_the_reason_comes_with()
    {
        var rows = Rows().ToDictionary(row => row.Reason, row => row.Codes, StringComparer.Ordinal);

        Assert.All(Given(), reason => Assert.Equal(string.Join(", ", reason.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)), rows.GetValueOrDefault(reason.Key, $"no line for {reason.Key}")));
    }

    [Fact]
    public void Each_kind_of_failure_has_a_code() => Assert.Equal(typeof(Murano.Shared.Failure).GetNestedTypes().Select(type => type.Name).Order(StringComparer.Ordinal), Codes.Keys.Order(StringComparer.Ordinal));

    // Reasons and the codes that come with them, in order.
    private static List<IGrouping<string, string>> Given() =>
    [
        .. Repository.Files("src/Shared", "*.cs").Concat(Repository.Files("src/Functions", "*.cs"))
            .SelectMany(file => OfFile(File.ReadAllText(file)))
            .GroupBy(given => given.Reason, given => given.Code, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal),
    ];

    private static IEnumerable<(string Reason, string Code)> OfFile(string text)
    {
        var constants = Constant().Matches(text).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value, StringComparer.Ordinal);
        foreach (Match match in Made().Matches(text))
        {
            var name = match.Groups["name"].Value;
            var reason = match.Groups["reason"] is { Success: true } literal ? literal.Value : constants.GetValueOrDefault(name, "");

            // Where the kind is not written out, it is the type of what is being made: the nearest one before it. JsonFields takes one kind only.
            var kind = match.Groups["kind"] is { Success: true } written ? written.Value : Kind().Matches(text[..match.Index]).LastOrDefault()?.Groups[1].Value ?? "Rejected";
            if (reason.Length > 0)
            {
                yield return (reason, Codes[IsOfJson(text, match) ? "Rejected" : kind]);
            }

            if (string.Equals(name, "Unknown", StringComparison.Ordinal) && string.Equals(reason, "unknown-encoding", StringComparison.Ordinal))
            {
                yield return (reason, "415");
            }
        }
    }

    private static bool IsOfJson(string text, Match match) => !match.Groups["kind"].Success && text[..match.Index].EndsWith("Refuse(", StringComparison.Ordinal);

    private static IEnumerable<(string Reason, string Codes)> Rows() =>
        Repository.Read("docs/refusals.md").Split('\n').Select(line => Row().Match(line)).Where(match => match.Success).Select(match => (match.Groups[1].Value, match.Groups[2].Value));

    [GeneratedRegex("const string (\\w+) = \"([a-z0-9-]+)\";")]
    private static partial Regex Constant();

    [GeneratedRegex("new(?: Failure\\.(?<kind>\\w+))?\\(\\s*(?:\"(?<reason>[a-z0-9]+(?:-[a-z0-9]+)*)\"|(?<name>[A-Z]\\w*)),")]
    private static partial Regex Made();

    [GeneratedRegex("Failure\\.(Unauthorized|Forbidden|NotFound|Conflict|Rejected|TooLarge|TooMany|Busy)\\b")]
    private static partial Regex Kind();

    [GeneratedRegex("^\\| `([a-z0-9-]+)` \\| ([0-9, ]+) \\| [^|]+ \\|$")]
    private static partial Regex Row();
}
