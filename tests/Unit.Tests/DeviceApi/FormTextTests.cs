using System.Text;
using CsCheck;
using Murano.Functions.DeviceApi;

namespace Murano.Unit.Tests.DeviceApi;

public static class FormTextTests
{
    private static string Decoded(string text)
    {
        var source = Encoding.UTF8.GetBytes(text);
        var target = new byte[FormText.DecodedLength(source)];
        Assert.Equal(target.Length, FormText.Decode(source, target));
        return Encoding.UTF8.GetString(target);
    }

    private static byte[] Encoded(byte[] source)
    {
        var target = new byte[FormText.EncodedLength(source)];
        Assert.Equal(target.Length, FormText.Encode(source, target));
        return target;
    }

    public sealed class Decode
    {
        [Theory]
        [Spec("a.4/2")]
        [InlineData("", "")]
        [InlineData("plain", "plain")]
        [InlineData("a+b", "a b")]
        [InlineData("a%20b%2Bc", "a b+c")]
        [InlineData("%e2%82%AC", "€")]
        [InlineData("%zz", "%zz")]
        [InlineData("%25zz", "%zz")]
        [InlineData("100%", "100%")]
        [InlineData("%4", "%4")]
        [InlineData("%%41", "%A")]
        [InlineData("%2525", "%25")]
        [InlineData("""{"a":[1,2],"b":"c=d"}""", """{"a":[1,2],"b":"c=d"}""")]
        public void Undoes_escapes_and_leaves_broken_ones(string encoded, string expected) => Assert.Equal(expected, Decoded(encoded));

        [Fact]
        public void Can_work_in_place()
        {
            var bytes = "a%41+%zz%42"u8.ToArray();

            var length = FormText.Decode(bytes, bytes);

            Assert.Equal("aA %zzB", Encoding.UTF8.GetString(bytes, 0, length));
        }

        [Fact]
        public void Needs_exactly_the_length_that_was_foretold() => Gen.Byte.Array[0, 200].Sample(bytes =>
        {
            var target = new byte[bytes.Length];
            return FormText.Decode(bytes, target) == FormText.DecodedLength(bytes);
        });

        [Fact]
        public void Needs_exactly_the_length_that_was_foretold_among_many_escapes() =>
            Gen.OneOf([.. "%4Fg+"u8.ToArray().Select(Gen.Const)]).Array[0, 60].Sample(bytes =>
                FormText.Decode(bytes, new byte[bytes.Length]) == FormText.DecodedLength(bytes));
    }

    public sealed class Encode
    {
        [Fact]
        [Spec("a.4/1")]
        public void Escapes_all_but_letters_digits_and_four_marks() =>
            Assert.Equal("aZ0-._~%20%2B%26%3D%25%E2%82%AC%0A", Encoding.ASCII.GetString(Encoded(Encoding.UTF8.GetBytes("aZ0-._~ +&=%€\n"))));

        [Fact]
        public void Is_undone_by_decode() => Gen.Byte.Array[0, 200].Sample(bytes =>
        {
            var encoded = Encoded(bytes);
            var target = new byte[FormText.DecodedLength(encoded)];
            FormText.Decode(encoded, target);
            return target.AsSpan().SequenceEqual(bytes);
        });
    }
}
