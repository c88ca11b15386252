using System.Net;
using System.Text;
using CsCheck;
using Murano.Functions.DeviceApi;
using Murano.Shared;
using Murano.Shared.Access;

namespace Murano.Unit.Tests.DeviceApi;

public static class ActivationFormTests
{
    private static readonly DeviceOrigin Origin = new(IPAddress.Loopback, "c.example", IsHttps: true);

    public sealed class Parse
    {
        [Theory]
        [Spec("a.5/1")]
        [Spec("a.5/2")]
        [Spec("a.5/3")]
        [Spec("a.5/4")]
        [Spec("a.5/5")]
        [InlineData("id=sn-1", "sn-1", null, null)]
        [InlineData("sn=sn-1", "sn-1", null, null)]
        [InlineData("vendor=c1&model=c2&sn=sn-1", "sn-1", "c1", "c2")]
        [InlineData("id=sn-1&sn=other", "sn-1", null, null)]
        [InlineData("id=&sn=sn-1", "sn-1", null, null)]
        [InlineData("id=sn-1&password=01234567890123456789", "sn-1", null, null)]
        [InlineData("id=sn-1&hwid=&colour=red", "sn-1", null, null)]
        [InlineData("id=a&id=b", "b", null, null)]
        [InlineData("i%64=00%3A1A%3a2b", "00:1A:2b", null, null)]
        [InlineData("id=a+b%2Fc", "a b/c", null, null)]
        [InlineData("id=00:1A:2B", "00:1A:2B", null, null)]
        [InlineData("&id=x&&junk&", "x", null, null)]
        [InlineData("ID=upper&id=lower", "lower", null, null)]
        public void Takes_all_forms(string body, string identity, string? vendor, string? model)
        {
            Assert.True(ActivationForm.Parse(Encoding.UTF8.GetBytes(body), Origin).TryGet(out var request, out _));
            Assert.Equal((identity, vendor, model, Origin), (request.Identity, request.Vendor, request.Model, request.Origin));
        }

        [Theory]
        [Spec("a.2/5")]
        [Spec("a.11/3")]
        [InlineData("id=x&password=1234567890123456789", "bad-password")]
        [InlineData("id=%FF", "not-utf8")]
        [InlineData("id=x&%C3=1", "not-utf8")]
        public void Refuses_what_is_not_UTF8_and_short_passwords(string body, string reason)
        {
            Assert.False(ActivationForm.Parse(Encoding.UTF8.GetBytes(body), Origin).TryGet(out _, out var failure));
            Assert.Equal(reason, Assert.IsType<Failure.Rejected>(failure).Reason);
        }

        [Theory]
        [Spec("c.4/11")]
        [InlineData("")]
        [InlineData("id=")]
        [InlineData("id")]
        [InlineData("ID=x")]
        [InlineData("vendor=a&model=a")]
        public void Whether_there_must_be_an_identity_is_the_connectors_business(string body)
        {
            Assert.True(ActivationForm.Parse(Encoding.UTF8.GetBytes(body), Origin).TryGet(out var request, out _));
            Assert.True(string.IsNullOrEmpty(request.Identity));
        }

        [Theory]
        [Spec("a.5/4")]
        [InlineData("id=x&password=12345678901234567890", true)]
        [InlineData("id=x&password=", false)]
        [InlineData("id=x", false)]
        public void Takes_a_password(string body, bool has)
        {
            Assert.True(ActivationForm.Parse(Encoding.UTF8.GetBytes(body), Origin).TryGet(out var request, out _));
            Assert.Equal(has, request.Password is not null);
        }

        [Fact]
        public void Never_throws() => Gen.Byte.Array[0, 300].Sample(bytes =>
        {
            ActivationForm.Parse(bytes, Origin).TryGet(out _, out _);
        });

        [Fact]
        public void Reads_back_any_identity() => Gen.String[Gen.Char['\0', '\uD7FF'], 1, 60].Sample(identity =>
        {
            Assert.True(ActivationForm.Parse(Encoding.UTF8.GetBytes("id=" + Uri.EscapeDataString(identity)), Origin).TryGet(out var request, out _));
            return string.Equals(request.Identity, identity, StringComparison.Ordinal);
        });
    }
}
