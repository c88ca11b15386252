using CsCheck;
using Murano.Shared.Content;

namespace Murano.Unit.Tests.Content;

public sealed class ContentTagsTests
{
    [Theory]
    [InlineData(null, "", "")]
    [InlineData("{}", "{}", "")]
    [InlineData("""{"description":"a, b"}""", """{"description":"a, b"}""", "a, b")]
    [InlineData("""{"description":["a","b"]}""", """{"description":["a","b"]}""", "a")]
    [InlineData("""{"description":"a\r\nb"}""", """{"description":"a\r\nb"}""", "a  b")]
    [InlineData("""{"description":5}""", """{"description":5}""", "")]
    [InlineData("""{"description":[]}""", """{"description":[]}""", "")]
    [InlineData("[1]", "", "")]
    [InlineData("{", "", "")]
    public void Reads(string? json, string kept, string description)
    {
        var tags = ContentTags.Parse(json);
        Assert.Equal((kept, description), (tags.Json, tags.Description));
    }

    [Fact]
    public void Keeps_ASCII_only()
    {
        var tags = ContentTags.Parse("""{"description":"Grüße 🦆"}""");

        Assert.All(tags.Json, c => Assert.InRange(c, ' ', '~'));
        Assert.Equal("Grüße 🦆", ContentTags.Parse(tags.Json).Description);
    }

    [Fact]
    public void Any_text_is_tags_or_none() => Gen.OneOf(Gen.String, Gen.String["{}[]\"\\uD8:,description"]).Sample(text => ContentTags.Parse(text).Json.All(c => c is >= ' ' and <= '~'));
}
