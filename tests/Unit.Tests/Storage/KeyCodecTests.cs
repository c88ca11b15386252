using CsCheck;
using Murano.Shared.Connectors;
using Murano.Shared.Identities;
using Murano.Shared.Storage;

namespace Murano.Unit.Tests.Storage;

public sealed class KeyCodecTests
{
    private static readonly string[] Pieces = ["/", "#", "?", "\\", "!", "*", "\"", "%2f", "é", "汉", "😀", "a b", "\u0000", "\u0085", "~", "a", "B7"];

    private static readonly Gen<string> Texts = Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]).Array[0, 8].Select(pieces => string.Concat(pieces));

    [Theory]
    [InlineData("sn-1", "sn-1")]
    [InlineData("00:14:22.a_b@c", "00:14:22.a_b@c")]
    [InlineData("a/b#c?d", "a*2Fb*23c*3Fd")]
    [InlineData("!*", "*21*2A")]
    [InlineData("é😀", "*C3*A9*F0*9F*98*80")]
    [InlineData("", "")]
    public void Escapes_each_byte_that_is_not_plain(string text, string part)
    {
        Assert.Equal(part, KeyCodec.Encode(text));
        Assert.Equal(text, KeyCodec.Decode(part));
    }

    [Fact]
    public void Reads_back_what_it_wrote() => Texts.Sample(text => Assert.Equal(text, KeyCodec.Decode(KeyCodec.Encode(text))));

    [Fact]
    public void Tells_the_length_without_writing() => Texts.Sample(text => Assert.Equal(KeyCodec.Encode(text).Length, KeyCodec.EncodedLength(text)));

    [Fact]
    public void Keeps_prefixes() => Gen.Select(Texts, Texts).Sample((head, tail) =>
        Assert.StartsWith(KeyCodec.Encode(head), KeyCodec.Encode(head + tail), StringComparison.Ordinal));

    [Fact]
    public void Writes_nothing_that_a_key_may_not_hold() => Texts.Sample(text =>
        Assert.All(KeyCodec.Encode(text), c => Assert.True(char.IsAsciiLetterOrDigit(c) || "._:@-*".Contains(c, StringComparison.Ordinal))));

    [Theory]
    [InlineData("*")]
    [InlineData("a*2")]
    [InlineData("*GG")]
    [InlineData("*41")]
    [InlineData("*2f")]
    [InlineData("*FF")]
    [InlineData("a!b")]
    [InlineData("é")]
    [InlineData("\u0141*2F")]
    public void Refuses_what_it_did_not_write(string part) => Assert.Throws<FormatException>(() => KeyCodec.Decode(part));

    [Fact]
    public void A_partition_names_its_device()
    {
        Assert.True(ConnectorId.TryParse("u1rnqm3kgg2u80000", out var connector));
        Assert.True(IdentityId.TryParse("a/b!c", out var identity));
        var key = new DeviceKey(connector, identity);

        Assert.Equal("u1rnqm3kgg2u80000!a*2Fb*21c", key.Partition);
        Assert.Equal(key, DeviceKey.Parse(key.Partition));
    }

    [Fact]
    public void A_connectors_range_holds_its_devices_and_no_others()
    {
        Assert.True(ConnectorId.TryParse("abc", out var connector));
        Assert.True(ConnectorId.TryParse("abcd", out var other));
        Texts.Where(text => IdentityId.TryParse(text, out _)).Sample(text =>
        {
            Assert.True(IdentityId.TryParse(text, out var identity));
            Assert.True(Within(new DeviceKey(connector, identity).Partition));
            Assert.False(Within(new DeviceKey(other, identity).Partition));
        });

        bool Within(string partition) =>
            string.CompareOrdinal(partition, DeviceKey.RangeStart(connector)) > 0 && string.CompareOrdinal(partition, DeviceKey.RangeEnd(connector)) < 0;
    }
}
