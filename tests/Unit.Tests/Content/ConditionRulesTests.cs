using CsCheck;
using Murano.Shared.Content;

namespace Murano.Unit.Tests.Content;

public sealed class ConditionRulesTests
{
    private const string Tag = "abc";
    private const long Modified = 1_462_500_951; // Fri, 06 May 2016 02:15:51 GMT

    [Theory]
    [InlineData("\"abc\"", true)]
    [InlineData("W/\"abc\"", true)]
    [InlineData("*", true)]
    [InlineData("abc", true)]
    [InlineData("\"x\", \"abc\"", true)]
    [InlineData("\"x,y\",W/\"abc\" , \"z\"", true)]
    [InlineData(",,\"abc\"", true)]
    [InlineData("\"ABC\"", false)]
    [InlineData("\"x\"", false)]
    [InlineData("\"x, abc", false)]
    [InlineData("\"x,abc\"", false)]
    [InlineData("\"*\"", false)]
    [InlineData("w/\"abc\"", false)]
    [InlineData("", false)]
    [InlineData(",", false)]
    public void If_None_Match_compares_weakly(string line, bool matches) => Assert.Equal(matches, ConditionRules.Matches([line], Tag));

    [Fact]
    public void If_None_Match_may_have_several_lines() => Assert.True(ConditionRules.Matches(["\"x\"", null, "\"abc\""], Tag));

    [Theory]
    [InlineData(null, true)]
    [InlineData("\"abc\"", true)]
    [InlineData("abc", true)]
    [InlineData("Fri, 06 May 2016 02:15:51 GMT", true)]
    [InlineData("Fri, 06 May 2016 02:15:50 GMT", false)]
    [InlineData("W/\"abc\"", false)]
    [InlineData("\"x\"", false)]
    [InlineData("\"abc\", \"x\"", false)]
    [InlineData("*", false)]
    [InlineData("", false)]
    public void If_Range_compares_strongly(string? header, bool holds) => Assert.Equal(holds, ConditionRules.Holds(header, Tag, Modified));

    [Fact]
    public void Any_text_ends() => Gen.OneOf(Gen.String, Gen.String["\"W/,abc* "]).Sample(text =>
    {
        // Only a text that holds the tag or a star can match.
        Assert.True(!ConditionRules.Matches([text], Tag) || text.Contains(Tag, StringComparison.Ordinal) || text.Contains('*', StringComparison.Ordinal), text);
        Assert.True(!ConditionRules.Holds(text, Tag, 0) || text.Contains(Tag, StringComparison.Ordinal), text);
    });
}
