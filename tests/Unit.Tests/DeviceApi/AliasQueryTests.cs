using System.Globalization;
using CsCheck;
using Murano.Functions.DeviceApi;
using Murano.Shared;
using Murano.Shared.State;

namespace Murano.Unit.Tests.DeviceApi;

public static class AliasQueryTests
{
    private static List<string> Read(string? query)
    {
        Assert.True(AliasQuery.Parse(query).TryGet(out var aliases, out var failure), failure?.Detail);
        return aliases;
    }

    private static Failure Refused(string query)
    {
        Assert.False(AliasQuery.Parse(query).TryGet(out _, out var failure));
        return failure;
    }

    private static string Aliases(int count) => "?" + string.Join('&', Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"a{i}")));

    public sealed class Parse
    {
        [Theory]
        [Spec("a.7/3")]
        [InlineData("?a&b", new[] { "a", "b" })]
        [InlineData("?a=&b", new[] { "a", "b" })]
        [InlineData("?a=5&b=x=y", new[] { "a", "b" })]
        [InlineData("?&&b&&a&", new[] { "b", "a" })]
        [InlineData("?b&a&b", new[] { "b", "a" })]
        [InlineData("?a%3Ab", new[] { "a:b" })]
        [InlineData("?%F0%9F%A6%86", new[] { "🦆" })]
        [InlineData("?a+b&c%20d", new[] { "a b", "c d" })]
        [InlineData("?%zz", new[] { "%zz" })]
        [InlineData("?%25zz", new[] { "%zz" })]
        [InlineData("?%2F%23%3F", new[] { "/#?" })]
        [InlineData("?größe", new[] { "größe" })]
        [InlineData("a", new[] { "a" })]
        [InlineData("?", new string[0])]
        [InlineData("", new string[0])]
        [InlineData(null, new string[0])]
        [InlineData("?&&", new string[0])]
        public void Reads_aliases_in_order_once_each(string? query, string[] expected) => Assert.Equal(expected, Read(query), StringComparer.Ordinal);

        [Theory]
        [InlineData("?=x", "empty-alias")]
        [InlineData("?%FF", "not-utf8")]
        [InlineData("?a&%C3", "not-utf8")]
        public void Refuses_what_is_malformed(string query, string reason) => Assert.Equal(reason, Assert.IsType<Failure.Rejected>(Refused(query)).Reason);

        [Fact]
        public void Has_its_limit()
        {
            Assert.Equal(StateLimits.MaxAliases, Read(Aliases(StateLimits.MaxAliases)).Count);
            Assert.Equal(StateLimits.MaxAliases, Read(Aliases(StateLimits.MaxAliases) + "&a0&a96").Count);
            Assert.Equal("too-many-aliases", Assert.IsType<Failure.TooLarge>(Refused(Aliases(StateLimits.MaxAliases + 1))).Reason);
        }

        [Fact]
        public void Never_throws() => Gen.String.Sample(query =>
        {
            AliasQuery.Parse(query).TryGet(out _, out _);
        });

        [Fact]
        public void Reads_back_what_was_encoded() => Gen.String[Gen.Char[' ', '\uD7FF'], 1, 20].Array[1, 20].Sample(aliases =>
            Assert.Equal(aliases.Distinct(StringComparer.Ordinal), Read("?" + string.Join('&', aliases.Select(Uri.EscapeDataString))), StringComparer.Ordinal));
    }
}
