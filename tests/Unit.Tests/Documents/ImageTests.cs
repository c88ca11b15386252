using System.Text.RegularExpressions;

namespace Murano.Unit.Tests.Documents;

/// <summary>Pictures in documents are there, each picture is in a document, and each has a light and a dark form.</summary>
public sealed partial class ImageTests
{
    private const string Folder = "docs/images";

    [Fact]
    public void Every_picture_that_is_shown_is_there() =>
        Assert.DoesNotContain(Shown(), shown => !File.Exists(Repository.PathOf(shown.Image)));

    [Fact]
    public void Every_picture_is_shown()
    {
        var shown = Shown().Select(one => one.Image).ToHashSet(StringComparer.Ordinal);

        Assert.DoesNotContain(Repository.Files(Folder, "*").Select(Repository.NameOf), file => !shown.Contains(file));
    }

    [Fact]
    public void Readers_get_the_one_for_their_theme() =>
        Assert.DoesNotContain(Shown(), shown => shown.Image.EndsWith("-light.png", StringComparison.Ordinal)
            && !Shown().Contains((shown.Document, shown.Image.Replace("-light.png", "-dark.png", StringComparison.Ordinal))));

    [Fact]
    public void Every_picture_has_a_text_for_those_who_do_not_see_it() =>
        Assert.Empty(
            from file in Repository.Files("", "*.md")
            from match in Image().Matches(File.ReadAllText(file))
            where !Alternative().IsMatch(match.Value)
            select $"{Repository.NameOf(file)}: {match.Value}");

    private static HashSet<(string Document, string Image)> Shown() =>
    [
        .. from file in Repository.Files("", "*.md")
           from match in Source().Matches(File.ReadAllText(file))
           select (Repository.NameOf(file), Repository.NameOf(Path.GetFullPath(match.Groups[1].Value, Path.GetDirectoryName(file)!))),
    ];

    [GeneratedRegex("(?:src|srcset)=\"([^\":]+)\"")]
    private static partial Regex Source();

    [GeneratedRegex("<img [^>]*>")]
    private static partial Regex Image();

    [GeneratedRegex(" alt=\"[^\"]{10,}\"")]
    private static partial Regex Alternative();
}
