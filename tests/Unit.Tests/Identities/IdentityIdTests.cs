using Murano.Shared.Identities;
using Murano.Shared.State;

namespace Murano.Unit.Tests.Identities;

public sealed class IdentityIdTests
{
    [Theory]
    [InlineData("1")]
    [InlineData("00:14:22:01:23:45")]
    [InlineData("a/b #?😀")]
    [InlineData("...")]
    [InlineData("a/..")]
    public void Takes_what_a_device_may_present(string text) => Assert.True(IdentityId.TryParse(text, out _));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a\nb")]
    [InlineData("a%2fb")]
    [InlineData(".")]
    [InlineData("..")]
    public void Refuses_what_cannot_be_addressed(string? text) => Assert.False(IdentityId.TryParse(text, out _));

    [Fact]
    public void Refuses_a_lone_surrogate() => Assert.False(IdentityId.TryParse(new string('\ud800', 1), out _));

    [Fact]
    public void Counts_escaped_characters()
    {
        Assert.True(IdentityId.TryParse(new string('a', IdentityId.MaxEncodedLength), out _));
        Assert.False(IdentityId.TryParse(new string('a', IdentityId.MaxEncodedLength + 1), out _));
        Assert.False(IdentityId.TryParse(new string('/', (IdentityId.MaxEncodedLength / 3) + 1), out _));
    }

    [Theory]
    [InlineData("temperature", true)]
    [InlineData("a/b#c?😀", true)]
    [InlineData("a.b", false)]
    [InlineData("$a", false)]
    [InlineData("", false)]
    public void An_alias_has_no_dot_and_no_dollar(string text, bool expected) => Assert.Equal(expected, Alias.TryParse(text, out _));
}
