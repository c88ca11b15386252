using System.Text.RegularExpressions;

namespace Murano.Unit.Tests.Documents;

/// <summary>Links between documents lead somewhere.</summary>
public sealed partial class LinkTests
{
    [Fact]
    public void Every_relative_link_leads_to_a_file() => Assert.Empty(
        from link in Links()
        where !Exists(link.Target)
        select $"{Repository.NameOf(link.File)}: {link.Target}");

    [Fact]
    public void Every_link_to_a_heading_leads_to_one() => Assert.Empty(
        from link in Links()
        where link.Heading.Length > 0 && Exists(link.Target) && !Headings(link.Target).Contains(link.Heading)
        select $"{Repository.NameOf(link.File)}: #{link.Heading}");

    private static bool Exists(string path) => File.Exists(path) || Directory.Exists(path);

    private static IEnumerable<(string File, string Target, string Heading)> Links() =>
        from file in Repository.Files("", "*.md")
        from match in Link().Matches(Code().Replace(File.ReadAllText(file), ""))
        let parts = match.Groups[1].Value.Split('#', 2)
        where !parts[0].Contains(':', StringComparison.Ordinal)
        select (file, parts[0].Length == 0 ? file : Path.GetFullPath(parts[0], Path.GetDirectoryName(file)!), parts.Length > 1 ? parts[1] : "");

    private static HashSet<string> Headings(string file) =>
        [.. Heading().Matches(File.ReadAllText(file)).Select(match => NotInAnchors().Replace(match.Groups[1].Value.ToLowerInvariant(), "").Replace(' ', '-'))];

    [GeneratedRegex("\\]\\(([^)\\s]+)\\)")]
    private static partial Regex Link();

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex("^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("[^a-z0-9 _-]")]
    private static partial Regex NotInAnchors();
}
