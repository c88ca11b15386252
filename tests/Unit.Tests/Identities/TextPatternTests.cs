using CsCheck;
using Murano.Shared.Identities;

namespace Murano.Unit.Tests.Identities;

public sealed class TextPatternTests
{
    [Theory]
    [Spec("b.4/2")]
    [InlineData("1234", "1234", true)]
    [InlineData("1234", "12345", false)]
    [InlineData("12*", "12", true)]
    [InlineData("12*", "012", false)]
    [InlineData("*34", "1234", true)]
    [InlineData("1?3", "123", true)]
    [InlineData("1?3", "13", false)]
    [InlineData("10.0.*", "10.0.0.9", true)]
    [InlineData("10.0.*", "10x0.0.9", false)]
    [InlineData("a*\n", "ab\n", true)]
    [InlineData("^12", "1234", true)]
    [InlineData("34$", "1234", true)]
    [InlineData("2.+4", "1234", true)]
    [InlineData("[23]{2}", "1234", true)]
    [InlineData("[56]", "1234", false)]
    public void Matches_as_it_says(string pattern, string text, bool matches)
    {
        Assert.True(TextPattern.TryParse(pattern, out var parsed));

        Assert.Equal(matches, parsed.Matches(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("(")]
    [InlineData(@"(a)\1")]
    [InlineData("(?=a)b")]
    public void What_cannot_be_matched_in_linear_time_is_refused(string? pattern) => Assert.False(TextPattern.TryParse(pattern, out _));

    [Fact]
    public void A_match_begins_with_the_prefix() => Gen.Select(Gen.String[Gen.Char["ab*?.^$["], 1, 8], Gen.String[Gen.Char["ab.^$["], 0, 10]).Sample((pattern, text) =>
    {
        if (TextPattern.TryParse(pattern, out var parsed) && parsed.Matches(text))
        {
            Assert.StartsWith(parsed.Prefix, text, StringComparison.Ordinal);
        }
    });
}
