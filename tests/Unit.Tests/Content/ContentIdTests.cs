using CsCheck;
using Murano.Shared.Content;
using Murano.Shared.Identities;
using Murano.Shared.Storage;

namespace Murano.Unit.Tests.Content;

public sealed class ContentIdTests
{
    private static readonly Gen<string> Texts = Gen.OneOf(Gen.String["ab/*!.%2FA:-@ "], Gen.String, Gen.String["ab"]);

    [Theory]
    [InlineData("boot.png")]
    [InlineData("a/b")]
    [InlineData("device2")]
    [InlineData("Device2/a/b")]
    [InlineData("...")]
    [InlineData("a,b ; ü !*")]
    public void The_connector_s_own(string text)
    {
        Assert.True(ContentId.TryParse(text, out var id));
        Assert.Equal((text, (IdentityId?)null), (id.Value, id.Owner));
        Assert.True(id.IsVisibleTo(Identity("any")));
    }

    [Theory]
    [InlineData("device2/sn-1/log.txt", "sn-1", "log.txt")]
    [InlineData("device2/00:11:22/a/b", "00:11:22", "a/b")]
    [InlineData("device2/a*2Fb/c", "a/b", "c")]
    [InlineData("device2/a*2A2Fb/c", "a*2Fb", "c")]
    public void A_device_s(string text, string identity, string name)
    {
        Assert.True(ContentId.TryParse(text, out var id));
        Assert.Equal((text, identity, name), (id.Value, id.Owner!.Value.Value, id.Name));
        Assert.True(id.IsVisibleTo(Identity(identity)));
        Assert.False(id.IsVisibleTo(Identity(identity + "0")));
        Assert.False(id.IsVisibleTo(Identity(identity[..1])));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a/../b")]
    [InlineData("a/.")]
    [InlineData("a\n")]
    [InlineData("a\u007F")]
    [InlineData("a\u0085")]
    [InlineData("a%2fb")]
    [InlineData("device2/")]
    [InlineData("device2/a")]
    [InlineData("device2/a/")]
    [InlineData("device2//a")]
    [InlineData("device2/../a")]
    [InlineData("device2/a*b/c")]
    [InlineData("device2/a*2fb/c")]
    public void No_id(string? text) => Assert.False(ContentId.TryParse(text, out _));

    // Not as data of a theory: on its way there it would become another text.
    [Fact]
    public void No_text() => Assert.False(ContentId.TryParse("a\uD800", out _));

    [Fact]
    public void No_id_with_half_a_character() => Assert.False(ContentId.TryParse(new string('\uD800', 1), out _));

    [Fact]
    public void Too_long()
    {
        Assert.True(ContentId.TryParse(new string('a', 700), out _));
        Assert.False(ContentId.TryParse(new string('a', 701), out _));
        Assert.False(ContentId.TryParse(new string('ä', 117), out _));
    }

    [Fact]
    public void The_longest_name_of_the_longest_identity_can_be_read_back_and_fits_a_blob_s_name()
    {
        var identity = Identity(new string('/', 66) + "ab");
        Assert.True(ContentId.TryMake(identity, new string('x', ContentId.MaxNameEncodedLength), out var id));

        Assert.InRange(ContentKeys.Blob(id).Length, 1, 1024);
        var plain = Identity(new string('a', 200));
        Assert.True(ContentId.TryMake(plain, new string('x', ContentId.MaxNameEncodedLength), out id));
        Assert.True(ContentId.TryParse(id.Value, out var again));
        Assert.Equal(id, again);
    }

    [Fact]
    public void Ids_and_blobs_name_each_other() => Gen.Select(Texts, Texts).Sample((text, identity) =>
    {
        Assert.True(!ContentId.TryParse(text, out var item) || RoundTrips(item), text);
        Assert.True(!IdentityId.TryParse(identity, out var owner) || !ContentId.TryMake(owner, text, out var file) || RoundTrips(file), text);
    });

    [Fact]
    public void No_two_devices_share_an_id_or_a_prefix() => Gen.Select(Texts, Texts, Texts, Texts).Sample((one, name, two, other) =>
    {
        if (IdentityId.TryParse(one, out var first) && IdentityId.TryParse(two, out var second) && first != second
            && ContentId.TryMake(first, name, out var mine) && ContentId.TryMake(second, other, out var theirs))
        {
            Assert.NotEqual(mine.Value, theirs.Value, StringComparer.Ordinal);
            Assert.False(ContentKeys.Blob(theirs).StartsWith(ContentKeys.FilesOf(first), StringComparison.Ordinal));
            Assert.False(theirs.IsVisibleTo(first));
        }
    });

    [Fact]
    public void Any_blob_is_a_file_or_none() => Gen.OneOf(Gen.String, Gen.String["itemdevice2!*2F"]).Sample(blob => !ContentKeys.TryParse(blob, out var id) || ContentKeys.Blob(id).Length > 0);

    private static bool RoundTrips(ContentId id) => ContentKeys.TryParse(ContentKeys.Blob(id), out var parsed) && parsed == id && ContentId.TryParse(id.Value, out parsed) && parsed == id;

    private static IdentityId Identity(string text) => IdentityId.TryParse(text, out var id) ? id : throw new ArgumentException(text, nameof(text));
}
