using System.Text.Json;
using System.Text.Json.Nodes;
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

    [Fact]
    public void Tags_that_are_given_are_texts_and_lists_of_texts_within_a_length() => Given.Sample(
        (tags, spoil) =>
        {
            var json = Text(tags);
            var fits = ContentTags.Parse(json).Json.Length <= ContentLimits.TagCharacters;
            Assert.Equal(fits, ContentTags.TryParse(json, out var read));
            Assert.False(fits && !JsonNode.DeepEquals(JsonNode.Parse(json), JsonNode.Parse(read!.Json)));
            Assert.False(ContentTags.TryParse($"{json[..^1]}{(tags.Count > 0 ? "," : "")}\"~spoilt\":{spoil}}}", out _));
        });

    [Fact]
    public void Tags_include_what_is_taken_out_of_them_and_nothing_else() => Gen.Select(Given, Gen.Int[0, 100]).Sample(
        (given, seed) =>
        {
            var (all, random) = (given.Item1, new Random(seed));
            var some = all.Where(_ => random.Next(2) == 0).ToDictionary(tag => tag.Key, tag => tag.Value.Where(_ => random.Next(2) == 0).ToArray(), StringComparer.Ordinal);
            Assert.True(ContentTags.Parse(Text(all)).Include(ContentTags.Parse(Text(some))));
            Assert.Equal(all.All(tag => some.TryGetValue(tag.Key, out var values) && tag.Value.All(values.Contains)), ContentTags.Parse(Text(some)).Include(ContentTags.Parse(Text(all))));
        });

    [Fact]
    public void No_text_that_is_given_as_tags_makes_trouble() => Gen.OneOf(Inputs.AnyText, Inputs.TextOf("{", "}", "[", "]", "\"a\"", ":", ",", "\"b\"", "1", "null", "{\"a\":\"b\"}", "\"\\uD800\"", "\"description\"")).Sample(
        text =>
        {
            if (ContentTags.TryParse(text, out var tags))
            {
                Assert.True(tags.Include(ContentTags.None));
                Assert.Equal(tags.Json, ContentTags.Parse(tags.Json).Json);
            }
        },
        iter: LongRun.Inputs);

    // Values by name, and something that cannot be a value.
    private static readonly Gen<(Dictionary<string, string[]>, string)> Given = Gen.Select(
        Gen.Select(Gen.Frequency((2, Inputs.OneOf("a", "b", "description")), (1, Inputs.WellFormed)), Gen.Frequency((2, Inputs.OneOf("x", "y", "z")), (1, Inputs.WellFormed)).Array[0, 4])
            .Array[0, 20].Select(tags => tags.GroupBy(tag => tag.Item1, StringComparer.Ordinal).ToDictionary(tag => tag.Key, tag => tag.First().Item2.Distinct(StringComparer.Ordinal).ToArray(), StringComparer.Ordinal)),
        Inputs.OneOf("1", "null", "true", "{}", "[1]", "[null]", "[[]]", "[\"a\",{}]"));

    private static string Text(Dictionary<string, string[]> tags) =>
        JsonSerializer.Serialize(tags.ToDictionary(tag => tag.Key, tag => tag.Value.Length == 1 ? tag.Value[0] : (object)tag.Value, StringComparer.Ordinal));
}
