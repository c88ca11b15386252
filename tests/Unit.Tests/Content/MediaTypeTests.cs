using CsCheck;
using Murano.Shared.Content;

namespace Murano.Unit.Tests.Content;

public sealed class MediaTypeTests
{
    [Theory]
    [InlineData("image/png", "image/png")]
    [InlineData(" text/plain; charset=utf-8 ", "text/plain; charset=utf-8")]
    [InlineData("application/vnd.a+json", "application/vnd.a+json")]
    [InlineData("text/plain ;a=\"1,2\"", "text/plain")]
    public void Reads(string text, string inList)
    {
        Assert.True(MediaType.TryParse(text, out var type));
        Assert.Equal((text.Trim(), inList), (type.Value, type.InList));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("text")]
    [InlineData("text/")]
    [InlineData("/plain")]
    [InlineData("te xt/plain")]
    [InlineData("text/plain,text/html")]
    [InlineData("text/plain/x")]
    [InlineData("text/plain; a=ü")]
    [InlineData("text/plain\r\nX: y")]
    [InlineData("text/plain;\t")]
    public void Refuses(string? text) => Assert.False(MediaType.TryParse(text, out _));

    [Fact]
    public void Refuses_what_is_too_long() => Assert.False(MediaType.TryParse("a/" + new string('b', MediaType.MaxLength - 1), out _));

    [Fact]
    public void Any_text_is_a_type_without_a_comma_in_lists_or_refused() =>
        Gen.OneOf(Gen.String, Gen.String["ab/;,\" "]).Sample(text => !MediaType.TryParse(text, out var type) || !type.InList.Contains(',', StringComparison.Ordinal));
}
