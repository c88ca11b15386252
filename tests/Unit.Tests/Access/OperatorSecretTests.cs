using CsCheck;
using Murano.Shared.Access;

namespace Murano.Unit.Tests.Access;

public sealed class OperatorSecretTests
{
    [Fact]
    public void A_new_one_has_its_form_and_is_read_back()
    {
        var secret = OperatorSecret.New();

        Assert.Matches("^msk_[a-z0-9]{12}_[A-Za-z0-9]{43}$", secret.Reveal());
        Assert.True(OperatorSecret.TryParse(secret.Reveal(), out var read));
        Assert.Equal(secret.Id, read.Id);
        Assert.True(read.IsOf(secret.Hash));
        Assert.False(OperatorSecret.New().IsOf(secret.Hash));
        Assert.False(read.IsOf(""));
    }

    [Fact]
    public void It_is_never_shown_by_accident()
    {
        var secret = OperatorSecret.New();

        Assert.DoesNotContain(secret.Reveal()[17..], secret.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(secret.Hash, new OperatorKey { Id = secret.Id, Name = "n", Role = OperatorRole.Admin, Hash = secret.Hash }.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("msk_")]
    [InlineData("msk_abcdefghijkl_short")]
    [InlineData("msk_ABCDEFGHIJKL_0123456789012345678901234567890123456789012")]
    [InlineData("msk_abcdefghijkl-0123456789012345678901234567890123456789012")]
    [InlineData("abc_abcdefghijkl_0123456789012345678901234567890123456789012")]
    [InlineData("0123456789abcdef0123456789abcdef01234567")]
    public void Other_forms_are_none(string? text) => Assert.False(OperatorSecret.TryParse(text, out _));

    [Fact]
    public void No_text_makes_reading_fail_otherwise_than_by_saying_no() =>
        Gen.String.Sample(text => !OperatorSecret.TryParse(text, out _) && !OperatorSecret.TryParse("msk_abcdefghijkl_" + text + new string('ü', 43), out _));
}
