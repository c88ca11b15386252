using System.Text;
using CsCheck;
using Murano.Shared.Access;

namespace Murano.Unit.Tests.Access;

public sealed class PresentedOperatorTests
{
    private static string Basic(string text) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    [Theory]
    [Spec("b.1/2")]
    [InlineData("token secret")]
    [InlineData("Token   secret ")]
    [InlineData("Bearer secret")]
    [InlineData("BEARER secret")]
    public void A_secret_comes_alone(string header)
    {
        Assert.True(PresentedOperator.TryRead(header, out var presented));
        Assert.Equal("secret", presented.Secret);
        Assert.Null(presented.Name);
        Assert.DoesNotContain("secret", presented.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    [Spec("b.1/2")]
    public void Or_with_a_name()
    {
        Assert.True(PresentedOperator.TryRead(Basic("ann@example.org:se:cret"), out var presented));
        Assert.Equal(("ann@example.org", "se:cret"), (presented.Name, presented.Secret));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("token")]
    [InlineData("token ")]
    [InlineData("Digest x")]
    [InlineData("Basic")]
    [InlineData("Basic !!!")]
    [InlineData("Basic bm9jb2xvbg==")]
    public void Anything_else_is_nothing(string? header) => Assert.False(PresentedOperator.TryRead(header, out _));

    [Fact]
    public void No_header_makes_reading_throw() => Gen.String.Sample(text =>
    {
        _ = PresentedOperator.TryRead(text, out _);
        _ = PresentedOperator.TryRead("Basic " + text, out _);
        return true;
    });
}
