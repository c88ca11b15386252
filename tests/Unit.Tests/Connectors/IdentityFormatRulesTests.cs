using CsCheck;
using Murano.Shared.Connectors;
using Murano.Shared.Identities;

namespace Murano.Unit.Tests.Connectors;

public sealed class IdentityFormatRulesTests
{
    private static readonly string[] Types = ["opaque", "base10", "base16", "mac:48", "uuid"];

    private static IdentityId Id(string text) => IdentityId.TryParse(text, out var id) ? id : throw new ArgumentException("Not an identity.", nameof(text));

    private static bool Matches(string type, string identity, string prefix = "", string casing = "mixed", double length = 0) =>
        IdentityFormatRules.Matches(new IdentityFormat { Type = type, Prefix = prefix, Casing = casing, Length = length }, Id(identity));

    [Theory]
    [Spec("f/9")]
    [Spec("c.4/5")]
    [InlineData("opaque", "anything at all", true)]
    [InlineData("base10", "0123456789", true)]
    [InlineData("base10", "12a", false)]
    [InlineData("base10", "١٢", false)]
    [InlineData("base16", "09afAF", true)]
    [InlineData("base16", "09ag", false)]
    [InlineData("mac:48", "0123456789ab", true)]
    [InlineData("mac:48", "01:23:45:67:89:ab", true)]
    [InlineData("mac:48", "01-23-45-67-89-AB", true)]
    [InlineData("mac:48", "01:23-45:67:89:ab", false)]
    [InlineData("mac:48", "01 23 45 67 89 ab", false)]
    [InlineData("mac:48", "0123456789a", false)]
    [InlineData("mac:48", "0123456789abc", false)]
    [InlineData("mac:48", "0g:23:45:67:89:ab", false)]
    [InlineData("mac:48:colon", "01:23:45:67:89:ab", true)]
    [InlineData("mac:48:colon", "01-23-45-67-89-ab", false)]
    [InlineData("mac:48:", "01-23-45-67-89-ab", false)]
    [InlineData("mac:48:-", "01-23-45-67-89-ab", true)]
    [InlineData("mac:48-", "01-23-45-67-89-ab", true)]
    [InlineData("mac:48:dash", "0123456789ab", false)]
    [InlineData("mac:48:plain", "0123456789ab", true)]
    [InlineData("mac:48:plain", "01:23:45:67:89:ab", false)]
    [InlineData("uuid", "3f2504e0-4f89-41d3-9a0c-0305e82c3301", true)]
    [InlineData("uuid", "3F2504E0-4F89-41D3-BA0C-0305E82C3301", true)]
    [InlineData("uuid", "3f2504e0-4f89-11d3-9a0c-0305e82c3301", false)]
    [InlineData("uuid", "3f2504e0-4f89-41d3-7a0c-0305e82c3301", false)]
    [InlineData("uuid", "3f2504e04f8941d39a0c0305e82c3301", false)]
    [InlineData("something new", "1", false)]
    public void The_type_decides(string type, string identity, bool matches) => Assert.Equal(matches, Matches(type, identity));

    [Theory]
    [Spec("c.4/6")]
    [InlineData("SN-", "SN-12", true)]
    [InlineData("SN-", "sn-12", false)]
    [InlineData("SN-", "12", false)]
    [InlineData("SN-", "SN-", false)]
    [InlineData("SN-", "SN-x", false)]
    public void The_prefix_stands_in_front_as_it_is_written(string prefix, string identity, bool matches) =>
        Assert.Equal(matches, Matches("base10", identity, prefix));

    [Theory]
    [Spec("c.4/7")]
    [InlineData("base16", "AB12", "upper", true)]
    [InlineData("base16", "Ab12", "upper", false)]
    [InlineData("base16", "ab12", "lower", true)]
    [InlineData("base16", "Ab12", "lower", false)]
    [InlineData("base16", "Ab12", "mixed", true)]
    [InlineData("mac:48", "01:23:45:67:89:ab", "upper", false)]
    [InlineData("opaque", "Ab", "upper", true)]
    public void The_casing_counts_for_hexadecimal_digits(string type, string identity, string casing, bool matches) =>
        Assert.Equal(matches, Matches(type, identity, casing: casing));

    [Theory]
    [Spec("c.4/8")]
    [InlineData(0, "1", true)]
    [InlineData(0.9, "12345", true)]
    [InlineData(4, "1234", true)]
    [InlineData(4, "12345", false)]
    [InlineData(12.67, "123456789012", true)]
    [InlineData(12.67, "1234567890123", false)]
    public void The_length_is_that_behind_the_prefix(double length, string rest, bool matches) =>
        Assert.Equal(matches, Matches("base10", "SN" + rest, "SN", length: length));

    [Fact]
    public void Every_identity_is_opaque_and_digits_are_base10_and_base16() =>
        Gen.String[Gen.Char["0123456789"], 1, 40].Sample(text => Matches("opaque", text) && Matches("base10", text) && Matches("base16", text));

    [Fact]
    public void A_prefix_in_front_changes_nothing_else() =>
        Gen.Select(Gen.String[Gen.Char["0123456789abcXYZ:-"], 1, 20], Gen.Int[0, Types.Length - 1]).Sample((text, type) =>
            Matches(Types[type], text) == Matches(Types[type], "pre-" + text, "pre-"));
}
