using System.Text;
using System.Text.RegularExpressions;

namespace Murano.Unit.Tests.Documents;

/// <summary>docs/spec-map.md is made from the [Spec] marks in the tests, and from `spec:` lines in wire cases and in tests of the page; set MURANO_WRITE_DOCS=1 to write it anew.</summary>
public sealed partial class SpecMapTests
{
    /// <summary>Lines of roadmap steps up to this one must have a test.</summary>
    private const int Step = 6;

    [Fact]
    public void Each_line_of_the_steps_that_are_done_has_a_test()
    {
        var marks = Marks();

        Assert.Empty(Lines().Where(line => line.Step <= Step && !marks.Any(mark => string.Equals(mark.Line, line.Id, StringComparison.Ordinal))).Select(line => line.Id));
    }

    [Fact]
    public void Each_mark_names_a_line()
    {
        var lines = Lines().Select(line => line.Id).ToHashSet(StringComparer.Ordinal);

        Assert.Empty(Marks().Where(mark => !lines.Contains(mark.Line)).Select(mark => $"{mark.Line} on {mark.Test}"));
    }

    [Fact]
    public void The_document_is_what_the_marks_say() => Repository.Expect("docs/spec-map.md", Render());

    private static string Render()
    {
        var tests = Marks().ToLookup(mark => mark.Line, mark => mark.Test, StringComparer.Ordinal);
        var text = new StringBuilder("# Specification map\n\nMade from the `[Spec]` marks in the tests and from `spec:` lines in wire cases and in tests of the page; a test fails when it is out of date.\nStep = the step of the roadmap that covers the line.\n\n| line | asks | step | tests |\n|---|---|---|---|\n");
        foreach (var line in Lines())
        {
            var names = tests[line.Id].Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(name => $"`{name}`");
            text.Append($"| {line.Id} | {line.Asks} | {line.Step} | {string.Join(", ", names)} |\n");
        }

        return text.ToString();
    }

    private static IEnumerable<(string Id, int Step, string Asks)> Lines() =>
        File.ReadLines(Repository.PathOf("tests/Unit.Tests/Documents/spec-lines.tsv"))
            .Where(line => !line.StartsWith('#') && line.Length > 0)
            .Select(line => line.Split('\t'))
            .Select(parts => (parts[0], int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture), parts[2]));

    private static List<(string Line, string Test)> Marks()
    {
        List<(string, string)> marks = [];
        foreach (var file in Repository.Files("tests", "*.cs"))
        {
            var owner = Path.GetFileNameWithoutExtension(file);
            List<string> waiting = [];
            foreach (var line in File.ReadLines(file))
            {
                waiting.AddRange(SpecMark().Matches(line).Select(match => match.Groups[1].Value));
                if (waiting.Count > 0 && Declaration().Match(line) is { Success: true } declared)
                {
                    marks.AddRange(waiting.Select(id => (id, $"{owner}.{declared.Groups[1].Value}")));
                    waiting.Clear();
                }
            }
        }

        foreach (var file in Repository.Files("tests", "*.http.txt"))
        {
            foreach (var line in File.ReadLines(file))
            {
                marks.AddRange(WireMark().Matches(line).SelectMany(match => match.Groups[1].Value.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries)).Select(id => (id, Path.GetFileName(file))));
            }
        }

        foreach (var file in Repository.Files("tests", "*.e2e.mjs"))
        {
            List<string> waiting = [];
            foreach (var line in File.ReadLines(file))
            {
                waiting.AddRange(PageMark().Matches(line).SelectMany(match => match.Groups[1].Value.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries)));
                if (waiting.Count > 0 && PageTest().Match(line) is { Success: true } named)
                {
                    marks.AddRange(waiting.Select(id => (id, $"{Path.GetFileName(file)}: {named.Groups[2].Value.Replace("\\", "", StringComparison.Ordinal)}")));
                    waiting.Clear();
                }
            }

            Assert.True(waiting.Count == 0, $"{Path.GetFileName(file)}: no test follows {string.Join(", ", waiting)}");
        }

        return marks;
    }

    [GeneratedRegex("Spec\\(\"([^\"]+)\"\\)", RegexOptions.NonBacktracking)]
    private static partial Regex SpecMark();

    [GeneratedRegex("(?:public|internal) [^=;]*?([A-Za-z0-9_]+)(?:\\(|$| :)")]
    private static partial Regex Declaration();

    [GeneratedRegex("^spec: (.+)$")]
    private static partial Regex WireMark();

    [GeneratedRegex("^ *// spec: (.+)$")]
    private static partial Regex PageMark();

    // A test of the page: a property of `tests`, named by a sentence.
    [GeneratedRegex("^  (['\"`])((?:(?!\\1)[^\\\\]|\\\\.)+)\\1: ")]
    private static partial Regex PageTest();
}
