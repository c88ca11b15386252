using System.Text;
using CsCheck;
using Murano.Shared.Access;

namespace Murano.Unit.Tests.Access;

public sealed class EntraTokenRulesTests
{
    [Theory]
    [InlineData("ann@example.com", "ann@example.com")]
    [InlineData("  Ann\tof\r\nHere  ", "AnnofHere")]
    [InlineData("Änne Ö. 李 🦊", "Änne Ö. 李 🦊")]
    [InlineData("ann\u202e@moc.elpmaxe", "ann@moc.elpmaxe")]
    [InlineData("a\u2028b\u2029c\u0000d\ue000e", "abcde")]
    [InlineData("", "")]
    [InlineData("\u0007\u200b", "")]
    public void Names_are_cleaned_of_what_cannot_be_seen(string name, string expected) => Assert.Equal(expected, EntraTokenRules.Clean(name));

    [Fact]
    public void Names_are_cut_between_characters()
    {
        Assert.Equal(new string('x', 128), EntraTokenRules.Clean(new string('x', 5000)));
        Assert.Equal(new string('x', 127), EntraTokenRules.Clean(new string('x', 127) + "🦊🦊"));
    }

    [Fact]
    public void No_name_breaks_a_line_or_a_text() => Gen.String.Sample(name =>
    {
        var clean = EntraTokenRules.Clean(name);
        return clean.Length <= 128 && !clean.Any(char.IsControl) && string.Equals(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(clean)), clean, StringComparison.Ordinal)
            && string.Equals(EntraTokenRules.Clean(clean), clean, StringComparison.Ordinal);
    });
}
