using CsCheck;
using Murano.Shared.Content;

namespace Murano.Unit.Tests.Content;

public sealed class RangeRulesTests
{
    [Theory]
    [InlineData("bytes=0-0", 10, 0, 1)]
    [InlineData("bytes=0-9", 10, 0, 10)]
    [InlineData("bytes=0-99", 10, 0, 10)]
    [InlineData("bytes=3-5", 10, 3, 3)]
    [InlineData("bytes=9-", 10, 9, 1)]
    [InlineData("bytes=-1", 10, 9, 1)]
    [InlineData("bytes=-10", 10, 0, 10)]
    [InlineData("bytes=-11", 10, 0, 10)]
    [InlineData("BYTES=1-2", 10, 1, 2)]
    [InlineData(" bytes= 1-2 ", 10, 1, 2)]
    [InlineData("bytes=9-99999999999999999999999", 10, 9, 1)]
    [InlineData("bytes=-99999999999999999999999", 10, 0, 10)]
    [InlineData("bytes=0000000000000000000000001-2", 10, 1, 2)]
    public void Serves(string header, long total, long first, long length) => Assert.Equal((first, length), RangeRules.Resolve(RangeRules.Parse(header)!.Value, total));

    [Theory]
    [InlineData("bytes=10-", 10)]
    [InlineData("bytes=10-11", 10)]
    [InlineData("bytes=-0", 10)]
    [InlineData("bytes=0-", 0)]
    [InlineData("bytes=0-0", 0)]
    [InlineData("bytes=-1", 0)]
    [InlineData("bytes=9223372036854775807-", 10)]
    public void Finds_nothing(string header, long total) => Assert.Null(RangeRules.Resolve(RangeRules.Parse(header)!.Value, total));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("bytes")]
    [InlineData("bytes=")]
    [InlineData("bytes=-")]
    [InlineData("bytes=5")]
    [InlineData("bytes=5-4")]
    [InlineData("bytes=a-4")]
    [InlineData("bytes=1-b")]
    [InlineData("bytes=--1")]
    [InlineData("bytes=1--")]
    [InlineData("bytes=1 -2")]
    [InlineData("bytes=1- 2")]
    [InlineData("bytes=+1-2")]
    [InlineData("bytes=1-2,4-5")]
    [InlineData("bytes=1-2,")]
    [InlineData("bytes=٣-٤")]
    [InlineData("items=1-2")]
    [InlineData("bytes 1-2")]
    public void Ignores(string? header) => Assert.Null(RangeRules.Parse(header));

    [Fact]
    public void What_is_served_lies_in_the_file() => Gen.Select(Gen.Long[-3, 200], Gen.Long[-3, 200], Gen.Long[0, 100]).Sample((first, last, total) =>
    {
        if (RangeRules.Parse(FormattableString.Invariant($"bytes={(first < 0 ? "" : first)}-{(last < 0 ? "" : last)}")) is { } range && RangeRules.Resolve(range, total) is var (from, length))
        {
            Assert.True(from >= 0 && length > 0 && from + length <= total, $"{first}-{last}/{total}");
            Assert.Equal(first < 0 ? total - Math.Min(last, total) : first, from);
        }
    });

    [Fact]
    public void Any_text_is_a_range_or_ignored() => Gen.Select(Gen.OneOf(Gen.Const("bytes="), Gen.Const("")), Gen.OneOf(Gen.String, Gen.String["0123456789-, "]), Gen.Long[0, long.MaxValue]).Sample((unit, text, total) =>
    {
        var served = RangeRules.Parse(unit + text) is { } range ? RangeRules.Resolve(range, total) : null;
        Assert.True(served is null || (served.Value.First >= 0 && served.Value.Length > 0 && served.Value.Length <= total - served.Value.First), text);
    });
}
