using Murano.Shared.Access;

namespace Murano.Unit.Tests.Access;

public sealed class SessionTokenTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1_800_000_000)]
    [InlineData(56_800_235_583 - 1)]
    public void Says_whose_it_is_and_when_it_ends(long end)
    {
        var made = SessionToken.New(OperatorKeyId.New(), end);

        Assert.Matches("^[0-9A-Za-z]{40}$", made.Reveal());
        Assert.True(SessionToken.TryParse(made.Reveal(), out var read));
        Assert.Equal((made.Key, made.End, made.Hash), (read.Key, read.End, read.Hash));
        Assert.DoesNotContain(made.Reveal()[12..], made.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void No_two_are_alike()
    {
        var key = OperatorKeyId.New();

        Assert.NotEqual(SessionToken.New(key, 1).Reveal(), SessionToken.New(key, 1).Reveal(), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("abcdefghijkl0123456789012345678901234567x")]
    [InlineData("abcdefghijkl012345678901234567890123456")]
    [InlineData("Abcdefghijkl0123456789012345678901234567")]
    [InlineData("abcdefghijkl01234567890123456789012345-7")]
    [InlineData("abcdefghijkl0123456789012345678901234\u00e967")]
    public void Anything_else_is_none(string? text) => Assert.False(SessionToken.TryParse(text, out _));
}
