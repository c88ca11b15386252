using System.Text;
using CsCheck;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Murano.Functions.DeviceApi;

namespace Murano.Unit.Tests.DeviceApi;

public static class PresentedTokenTests
{
    private const string One = "0123456789abcdef0123456789abcdef01234567";
    private const string Two = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmn";

    private static string? Find(string? authorization, StringValues cik = default)
    {
        IHeaderDictionary headers = new HeaderDictionary();
        if (authorization is not null)
        {
            headers.Authorization = authorization;
        }

        if (cik.Count > 0)
        {
            headers["x-exosite-cik"] = cik;
        }

        return PresentedToken.Find(headers)?.Reveal();
    }

    private static string Basic(string pair) => "basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(pair));

    public sealed class Find_
    {
        [Theory]
        [Spec("a.3/1")]
        [InlineData(One)]
        [InlineData(Two)]
        [InlineData(" " + One + " ")]
        public void Takes_the_header_of_old_libraries(string cik) => Assert.Equal(cik.Trim(), Find(null, cik));

        [Theory]
        [Spec("a.3/2")]
        [InlineData("token " + One)]
        [InlineData("Token " + One)]
        [InlineData("TOKEN   " + One)]
        public void Takes_a_token_whatever_the_case_of_its_scheme(string authorization) => Assert.Equal(One, Find(authorization));

        [Theory]
        [Spec("a.3/3")]
        [InlineData("basic ")]
        [InlineData("Basic ")]
        public void Takes_basic_with_an_empty_user(string scheme) =>
            Assert.Equal(One, Find(scheme + Convert.ToBase64String(Encoding.ASCII.GetBytes(":" + One))));

        [Theory]
        [Spec("a.3/6")]
        [InlineData("")]
        [InlineData("  ")]
        public void An_empty_header_is_absent(string cik) => Assert.Null(Find(null, cik));

        [Fact]
        [Spec("a.3/7")]
        public void Authorization_goes_first() => Assert.Equal(One, Find("token " + One, Two));

        [Theory]
        [InlineData("")]
        [InlineData("token")]
        [InlineData("token short")]
        [InlineData("Bearer " + One)]
        [InlineData("basic !!!")]
        [InlineData("basic")]
        [InlineData(One)]
        [InlineData("token " + One + "x")]
        [InlineData("token 0123456789abcdef-123456789abcdef01234567")]
        public void What_is_no_device_credential_is_absent(string authorization)
        {
            Assert.Null(Find(authorization));
            Assert.Equal(Two, Find(authorization, Two));
        }

        [Fact]
        public void A_basic_pair_with_a_user_is_no_token() => Assert.Null(Find(Basic("sn-1:" + One)));

        [Fact]
        public void A_long_basic_pair_is_no_token() => Assert.Null(Find(Basic(":" + One + One + One)));

        [Fact]
        public void Of_several_headers_the_first_usable_one_counts() => Assert.Equal(One, Find(null, new(["", One, Two])));

        [Fact]
        public void Never_throws() => Gen.String.Sample(text =>
        {
            Find(text, text);
            Find("basic " + text);
            Find("token " + text);
        });
    }
}
