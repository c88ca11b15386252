using System.Globalization;
using System.Text;
using CsCheck;
using Murano.Functions.DeviceApi;
using Murano.Shared;
using Murano.Shared.State;

namespace Murano.Unit.Tests.DeviceApi;

public static class AliasFormTests
{
    private static List<(string Alias, string Value)> Read(string body) => Read(Encoding.UTF8.GetBytes(body));

    private static List<(string Alias, string Value)> Read(byte[] body)
    {
        Assert.True(AliasForm.Parse(body).TryGet(out var values, out var failure), failure?.Detail);
        return [.. values.Select(value => (value.Alias, Encoding.UTF8.GetString(value.Value.Span)))];
    }

    private static Failure Refused(byte[] body)
    {
        Assert.False(AliasForm.Parse(body).TryGet(out _, out var failure));
        return failure;
    }

    private static Failure Refused(string body) => Refused(Encoding.UTF8.GetBytes(body));

    private static string Aliases(int count) => string.Join('&', Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"a{i}=1")));

    public sealed class Parse
    {
        [Fact]
        [Spec("a.7/2")]
        public void Keeps_aliases_and_values_in_order() => Assert.Equal([("b", "1"), ("a", "two")], Read("b=1&a=two"));

        [Fact]
        [Spec("a.4/1")]
        public void Decodes_both_sides() => Assert.Equal([("température", "21 °C")], Read("temp%C3%A9rature=21+%C2%B0C"));

        [Fact]
        [Spec("a.4/2")]
        public void Takes_raw_JSON() => Assert.Equal([("config", """{"on":true,"max":[1,2],"u":"a=b"}""")], Read("""config={"on":true,"max":[1,2],"u":"a=b"}"""));

        [Fact]
        [Spec("a.4/2")]
        public void Takes_raw_UTF8() => Assert.Equal([("größe", "日本")], Read("größe=日本"));

        [Theory]
        [Spec("a.4/2")]
        [InlineData("a==b", "=b")]
        [InlineData("a=%zz", "%zz")]
        [InlineData("a=", "")]
        [InlineData("a=x%", "x%")]
        [InlineData("a=1%0D%0A", "1\r\n")]
        public void Splits_on_the_first_equals_and_leaves_broken_escapes(string body, string value) => Assert.Equal([("a", value)], Read(body));

        [Theory]
        [InlineData("&a=1&&b=2&")]
        [InlineData("a=1&b=2")]
        public void Skips_empty_parts(string body) => Assert.Equal([("a", "1"), ("b", "2")], Read(body));

        [Fact]
        public void Of_an_alias_that_stands_twice_keeps_the_first_place_and_the_last_value() =>
            Assert.Equal([("a", "3"), ("b", "2")], Read("a=1&b=2&%61=3"));

        [Theory]
        [InlineData("")]
        [InlineData("&&")]
        public void An_empty_body_has_no_values(string body) => Assert.Empty(Read(body));

        [Theory]
        [Spec("a.7/2")]
        [InlineData("with.dot")]
        [InlineData("$dollar")]
        [InlineData("/ # ?")]
        [InlineData("🦆")]
        public void Takes_aliases_that_cannot_be_defined(string alias) => Assert.Equal([(alias, "1")], Read(Uri.EscapeDataString(alias) + "=1"));

        [Fact]
        public void Takes_an_alias_too_long_for_a_key()
        {
            var alias = new string('x', 5000);

            Assert.Equal([(alias, "1")], Read(alias + "=1"));
        }

        [Theory]
        [Spec("a.2/5")]
        [InlineData("a", "no-value")]
        [InlineData("a=1&b", "no-value")]
        [InlineData("=1", "empty-alias")]
        [InlineData("=", "empty-alias")]
        [InlineData("a=%FF", "not-utf8")]
        [InlineData("%C3=1", "not-utf8")]
        [InlineData("a=%ED%A0%80", "not-utf8")]
        [InlineData("a=%C0%AF", "not-utf8")]
        public void Refuses_what_is_malformed(string body, string reason) => Assert.Equal(reason, Assert.IsType<Failure.Rejected>(Refused(body)).Reason);

        [Fact]
        public void Refuses_raw_bytes_that_are_not_UTF8() => Assert.Equal("not-utf8", Refused([(byte)'a', (byte)'=', 0xFF]).Reason);

        [Fact]
        public void Never_throws() => Gen.Byte.Array[0, 300].Sample(bytes =>
        {
            AliasForm.Parse(bytes).TryGet(out _, out _);
        });

        [Fact]
        public void Never_throws_on_what_looks_like_a_form() =>
            Gen.OneOf([.. "a=&%C3+é"u8.ToArray().Select(Gen.Const)]).Array[0, 60].Sample(bytes =>
            {
                AliasForm.Parse(bytes).TryGet(out _, out _);
            });

        [Fact]
        public void Reads_back_what_a_reply_writes() =>
            Gen.Select(Gen.String[Gen.Char[' ', '\uD7FF'], 1, 20], Gen.String[Gen.Char['\0', '\uD7FF'], 0, 40]).Array[1, 20].Sample(pairs =>
            {
                var sent = pairs.DistinctBy(pair => pair.Item1, StringComparer.Ordinal).ToList();
                List<AliasValue> values = [.. sent.Select(pair => new AliasValue(pair.Item1, Encoding.UTF8.GetBytes(pair.Item2)))];
                var body = new byte[AliasReply.Length(values)];
                AliasReply.Write(values, body);
                Assert.Equal(sent, Read(body));
            });

        [Fact]
        public void Keeps_no_hold_on_the_body()
        {
            var body = "a=1"u8.ToArray();
            Assert.True(AliasForm.Parse(body).TryGet(out var values, out _));

            Array.Clear(body);

            Assert.Equal("1"u8.ToArray(), values[0].Value.ToArray());
        }
    }

    public sealed class Limits
    {
        [Fact]
        public void Most_aliases() => Assert.Equal(StateLimits.MaxAliases, Read(Aliases(StateLimits.MaxAliases)).Count);

        [Fact]
        public void One_alias_more_is_too_large() => Assert.Equal("too-many-aliases", Assert.IsType<Failure.TooLarge>(Refused(Aliases(StateLimits.MaxAliases + 1))).Reason);

        [Fact]
        public void Ten_thousand_aliases_are_too_large() => Assert.IsType<Failure.TooLarge>(Refused(Aliases(10_000)));

        [Fact]
        public void The_same_alias_ten_thousand_times_is_one() =>
            Assert.Equal([("a", "9999")], Read(string.Join('&', Enumerable.Range(0, 10_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"a={i}")))));

        [Theory]
        [Spec("a.11/1")]
        [InlineData("x")]
        [InlineData("%41")]
        public void Largest_value(string unit)
        {
            var body = "a=" + string.Concat(Enumerable.Repeat(unit, StateLimits.MaxValueBytes));

            Assert.Equal(StateLimits.MaxValueBytes, Read(body)[0].Value.Length);
            Assert.Equal("value-too-large", Assert.IsType<Failure.TooLarge>(Refused(body + unit)).Reason);
        }

        [Fact]
        public void Largest_sum_of_values()
        {
            var value = new string('v', StateLimits.MaxValueBytes);
            var body = string.Join('&', Enumerable.Range(0, StateLimits.MaxRequestValueBytes / StateLimits.MaxValueBytes).Select(i => $"a{i}={value}"));

            Assert.Equal(8, Read(body).Count);
            Assert.Equal("values-too-large", Assert.IsType<Failure.TooLarge>(Refused(body + "&b=1")).Reason);
            Assert.Equal(8, Read(body + "&a0=&a0=" + value).Count);
        }
    }
}
