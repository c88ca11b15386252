using Murano.Functions.ManagementApi;

namespace Murano.Unit.Tests.ManagementApi;

public sealed class RouteTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a%2Fb%2fc", "a/b/c")]
    [InlineData("100%", "100%")]
    [InlineData("%41", "%41")]
    [InlineData("%252F", "%252F")]
    public void Only_the_slash_is_left_to_decode(string routeValue, string text) => Assert.Equal(text, RouteText.Decode(routeValue));
}
