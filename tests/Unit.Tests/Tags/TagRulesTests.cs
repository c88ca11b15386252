using System.Globalization;
using Murano.Shared;
using Murano.Shared.Tags;

namespace Murano.Unit.Tests.Tags;

public sealed class TagRulesTests
{
    [Theory]
    [Spec("c.2/2")]
    [InlineData("add", "", "+a=1", "a=1", "")]
    [InlineData("add a second value", "a=1", "+a=2", "a=2", "")]
    [InlineData("add what is there", "a=1", "+a=1", "", "")]
    [InlineData("add twice", "", "+a=1 +a=1", "a=1", "")]
    [InlineData("replace", "a=1 a=2 b=3", "!a +a=4", "a=4", "a=1 a=2")]
    [InlineData("replace by what is there", "a=1 a=2", "!a +a=2", "", "a=1")]
    [InlineData("remove a value", "a=1 a=2", "-a=2", "", "a=2")]
    [InlineData("remove what is not there", "a=1", "-a=2 -b=1", "", "")]
    [InlineData("remove a name", "a=1 a=2 ab=3", "!a", "", "a=1 a=2")]
    [InlineData("names differ by case", "a=1", "!A", "", "")]
    [InlineData("nothing", "a=1", "", "", "")]
    public void An_edit_changes_what_it_says_and_no_more(string what, string present, string edit, string added, string removed)
    {
        var difference = Ok(TagRules.Apply(Tags(present), Edit(edit)));

        Assert.Equal((what, added, removed), (what, Text(difference.Added), Text(difference.Removed)));
    }

    [Fact]
    public void A_device_has_at_most_99_tags()
    {
        var full = Many(0, 99);

        Assert.Equal(99, Ok(TagRules.Apply([], new TagEdit { Add = full })).Count);
        Assert.Equal("too-many-tags", Refused(TagRules.Apply([], new TagEdit { Add = Many(0, 100) })));
        Assert.Equal("too-many-tags", Refused(TagRules.Apply(full, new TagEdit { Add = Many(99, 1) })));
        Assert.Equal(0, Ok(TagRules.Apply(full, new TagEdit { Add = full })).Count);
        Assert.Equal(99, Ok(TagRules.Apply(full, new TagEdit { Drop = [full[0].Name] })).Removed.Count);
    }

    [Fact]
    public void One_edit_changes_at_most_what_fits_a_transaction()
    {
        var name = Many(0, 1)[0].Name;

        Assert.Equal(99, Ok(TagRules.Apply(Many(0, 50), new TagEdit { Drop = [name], Add = Many(50, 49) })).Count);
        Assert.Equal("too-many-changes", Refused(TagRules.Apply(Many(0, 50), new TagEdit { Drop = [name], Add = Many(50, 50) })));
    }

    private static List<Tag> Many(int from, int count) => [.. Enumerable.Range(from, count).Select(i => TagNameTests.New("n", i.ToString(CultureInfo.InvariantCulture)))];

    private static TagEdit Edit(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new TagEdit
        {
            Add = Tags(string.Join(' ', words.Where(word => word[0] == '+').Select(word => word[1..]))),
            Remove = Tags(string.Join(' ', words.Where(word => word[0] == '-').Select(word => word[1..]))),
            Drop = [.. words.Where(word => word[0] == '!').Select(word => TagNameTests.New(word[1..], "x").Name)],
        };
    }

    private static List<Tag> Tags(string text) =>
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word.Split('=')).Select(parts => TagNameTests.New(parts[0], parts[1]))];

    private static string Text(IEnumerable<Tag> tags) => string.Join(' ', tags.Select(tag => $"{tag.Name}={tag.Value}").Order(StringComparer.Ordinal));

    private static TagDifference Ok(Outcome<TagDifference> outcome)
    {
        Assert.True(outcome.TryGet(out var difference, out var failure), failure?.ToString());
        return difference;
    }

    private static string Refused(Outcome<TagDifference> outcome)
    {
        Assert.False(outcome.TryGet(out _, out var failure));
        return failure!.Reason;
    }
}
