using Murano.Shared.Connectors;
using Murano.Shared.Provisioning;

namespace Murano.Unit.Tests.Provisioning;

public sealed class IdentityGeneratorTests
{
    [Theory]
    [Spec("c.4/11")]
    [InlineData("opaque", "mixed", 0)]
    [InlineData("opaque", "mixed", 200)]
    [InlineData("base10", "mixed", 0)]
    [InlineData("base10", "mixed", 7)]
    [InlineData("base16", "upper", 12.67)]
    [InlineData("base16", "lower", 0)]
    [InlineData("mac:48", "upper", 0)]
    [InlineData("mac:48:colon", "lower", 0)]
    [InlineData("mac:48:dash", "mixed", 17)]
    [InlineData("mac:48", "mixed", 12)]
    [InlineData("uuid", "upper", 0)]
    [InlineData("uuid", "lower", 36)]
    public void Makes_identities_that_the_format_lets_in(string type, string casing, double length)
    {
        // A prefix counts against the longest identity, so the longest body stands alone.
        var format = new IdentityFormat { Type = type, Casing = casing, Length = length, Prefix = length > 100 ? "" : "dev-" };

        for (var i = 0; i < 50; i++)
        {
            Assert.True(IdentityGenerator.TryMake(format, out var identity));
            Assert.True(IdentityFormatRules.Matches(format, identity), identity.Value);
        }
    }

    [Fact]
    public void Says_when_the_format_contradicts_itself() => Assert.False(IdentityGenerator.TryMake(new IdentityFormat { Type = "uuid", Length = 7 }, out _));
}
