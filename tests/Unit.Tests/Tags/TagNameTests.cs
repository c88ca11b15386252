using CsCheck;
using Murano.Shared.Connectors;
using Murano.Shared.Identities;
using Murano.Shared.Storage;
using Murano.Shared.Tags;

namespace Murano.Unit.Tests.Tags;

public sealed class TagNameTests
{
    private static readonly string[] Pieces = ["/", "#", "?", "\\", "!", "*", "\"", ",", "é", "汉", "😀", "a b", "~", "a", "B7", ".", ":"];

    private static readonly Gen<string> Texts = Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]).Array[1, 6].Select(pieces => string.Concat(pieces)).Where(text => text is not ("." or ".."));

    // As long as it can be when each byte is escaped.
    private static readonly string LongestName = new('!', TagName.MaxEncodedLength / 3);
    private static readonly string LongestValue = new('!', TagValue.MaxEncodedLength / 3);

    [Theory]
    [Spec("c.2/1")]
    [InlineData("claim_code")]
    [InlineData("app:x1:name")]
    [InlineData("a b/c!d*e,f\"g")]
    [InlineData("汉😀")]
    [InlineData("...")]
    public void Takes_names_and_values_of_any_characters(string text)
    {
        Assert.True(TagName.TryParse(text, out var name));
        Assert.True(TagValue.TryParse(text, out var value));
        Assert.Equal((text, text), (name.Value, value.Value));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a\nb")]
    [InlineData("a\u0000")]
    [InlineData("a\u0085b")]
    [InlineData("a%2fb")]
    public void Refuses_what_neither_can_be(string? text)
    {
        Assert.False(TagName.TryParse(text, out _));
        Assert.False(TagValue.TryParse(text, out _));
    }

    [Fact]
    public void Refuses_a_lone_surrogate() => Assert.False(TagName.TryParse(new string('\ud800', 1), out _) || TagValue.TryParse(new string('\udc00', 1), out _));

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    public void Refuses_a_name_in_which_no_address_can_end(string text)
    {
        Assert.False(TagName.TryParse(text, out _));
        Assert.True(TagValue.TryParse(text, out _));
    }

    [Fact]
    public void Counts_escaped_characters()
    {
        Assert.True(TagName.TryParse(new string('a', 80), out _));
        Assert.False(TagName.TryParse(new string('a', 81), out _));
        Assert.True(TagName.TryParse(LongestName, out _));
        Assert.False(TagName.TryParse(LongestName + "!", out _));
        Assert.True(TagValue.TryParse(new string('a', 200), out _));
        Assert.False(TagValue.TryParse(new string('a', 201), out _));
        Assert.True(TagValue.TryParse(LongestValue, out _));
        Assert.False(TagValue.TryParse(LongestValue + "!", out _));
        Assert.True(TagName.TryParse(new string('汉', 8), out _));
        Assert.False(TagName.TryParse(new string('汉', 9), out _));
    }

    [Fact]
    public void The_longest_of_all_fit_one_key_of_the_index_and_one_property_of_the_work()
    {
        Assert.True(IdentityId.TryParse(new string('i', IdentityId.MaxEncodedLength), out var identity));
        var longest = New(new string('n', TagName.MaxEncodedLength), new string('v', TagValue.MaxEncodedLength));

        Assert.InRange(TagKeys.Partition(new DeviceKey(ConnectorId.New(), identity), longest).Length, 480, 512);
        Assert.InRange((TagKeys.Text(longest).Length + 1) * TagRules.MaxTags, 20_000, 32_768);
    }

    [Fact]
    public void Keys_read_back_as_they_were_written() => Gen.Select(Texts, Texts, Texts).Sample((name, value, identity) =>
    {
        if (!TagName.TryParse(name, out _) || !TagValue.TryParse(value, out _) || !IdentityId.TryParse(identity, out var id))
        {
            return;
        }

        Assert.True(ConnectorId.TryParse("c1", out var connector));
        var tag = New(name, value);
        Assert.Equal(tag, DeviceRows.ParseTag(DeviceRows.Tag(tag)));
        Assert.Equal((tag, id), TagKeys.Parse(TagKeys.Partition(new DeviceKey(connector, id), tag)));
    });

    [Theory]
    [InlineData("a", "a", "a", true)]
    [InlineData("a", "a", "ab", false)]
    [InlineData("a!", "a!", "a", false)]
    [InlineData("a*", "a*", "a!", false)]
    public void A_name_s_range_holds_its_own_rows_and_no_others(string wanted, string own, string other, bool same)
    {
        Assert.True(ConnectorId.TryParse("c1", out var connector));
        Assert.True(TagName.TryParse(wanted, out var name));

        var (from, to) = TagKeys.Range(connector, name, null);

        Assert.True(Within(own));
        Assert.Equal(same, Within(other));

        bool Within(string text)
        {
            Assert.True(IdentityId.TryParse("sn", out var identity));
            var partition = TagKeys.Partition(new DeviceKey(connector, identity), New(text, "v"));
            return string.CompareOrdinal(partition, from) >= 0 && string.CompareOrdinal(partition, to) < 0;
        }
    }

    internal static Tag New(string name, string value)
    {
        Assert.True(TagName.TryParse(name, out var tagName));
        Assert.True(TagValue.TryParse(value, out var tagValue));
        return new(tagName, tagValue);
    }
}
