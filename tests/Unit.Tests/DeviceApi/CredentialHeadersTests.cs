using System.Text;
using CsCheck;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Murano.Functions.DeviceApi;
using Murano.Shared;
using Murano.Shared.Access;

namespace Murano.Unit.Tests.DeviceApi;

public static class CredentialHeadersTests
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

        return Reader().Find(headers) is PresentedCredential.Token token ? token.Value.Reveal() : null;
    }

    private static CredentialHeaders Reader(bool? trust = null) => new(Options.Create(new DeviceOptions { TrustClientCertificate = trust }));

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

    public sealed class Passwords
    {
        private const string Password = "a password: ü, 20 and more";

        private static PresentedCredential Read(string authorization) => Reader().Find(new HeaderDictionary { ["Authorization"] = authorization });

        [Theory]
        [Spec("a.3/4")]
        [InlineData("sn-1")]
        [InlineData("ü 🦆")]
        public void Come_as_basic_with_the_identity_as_user(string identity)
        {
            var found = Assert.IsType<PresentedCredential.Password>(Read(Basic($"{identity}:{Password}")));

            Assert.Equal(identity, found.Identity);
            Assert.DoesNotContain("20 and more", found + found.Value.ToString(), StringComparison.Ordinal);
        }

        [Fact]
        public void May_be_joined_to_the_identity_by_any_of_its_colons()
        {
            List<string> identities = [];
            for (var reading = Read(Basic($"00:14:22:01:23:45:{new string('x', 20)}")) as PresentedCredential.Password; reading is not null; reading = reading.Otherwise)
            {
                identities.Add(reading.Identity);
            }

            Assert.Equal(["00", "00:14", "00:14:22", "00:14:22:01", "00:14:22:01:23", "00:14:22:01:23:45"], identities);
        }

        [Theory]
        [Spec("a.11/3")]
        [InlineData("sn-1:1234567890123456789")]
        [InlineData("sn-1")]
        [InlineData("sn-1:")]
        public void Have_twenty_characters_at_least(string pair) => Assert.Same(PresentedCredential.None, Read(Basic(pair)));

        [Fact]
        public void Are_not_endless()
        {
            Assert.Same(PresentedCredential.None, Read(Basic("sn-1:" + new string('x', 257))));
            Assert.Same(PresentedCredential.None, Read(Basic("sn-1:" + new string('x', 10_000))));
        }
    }

    public sealed class Certificates
    {
        private static readonly string Certificate = Encode();

        private static string Encode()
        {
            using var certificate = TestCertificates.SelfSigned("CN=sn-1");
            return Convert.ToBase64String(certificate.RawData);
        }

        private static PresentedCredential Read(StringValues lines, bool? trust = true, string cik = "") =>
            Reader(trust).Find(new HeaderDictionary { ["x-arr-clientcert"] = lines, ["X-Exosite-CIK"] = cik });

        [Fact]
        [Spec("a.3/5")]
        public void Come_from_the_platform() => Assert.Equal("sn-1", Assert.IsType<PresentedCredential.Certificate>(Read(Certificate)).Value.CommonName);

        [Theory]
        [Spec("a.3/5")]
        [InlineData(false)]
        [InlineData(null)]
        public void Count_only_where_the_platform_is_trusted(bool? trust) => Assert.Same(PresentedCredential.None, Read(Certificate, trust));

        [Fact]
        [Spec("a.3/5")]
        public void Stand_behind_a_token() => Assert.IsType<PresentedCredential.Token>(Read(Certificate, cik: One));

        [Theory]
        [Spec("a.3/5")]
        [InlineData("")]
        [InlineData("!!!")]
        [InlineData("Z2FyYmFnZQ==")]
        [InlineData("-----BEGIN CERTIFICATE-----")]
        public void Garbage_is_absent(string line)
        {
            Assert.Same(PresentedCredential.None, Read(line));
            Assert.IsType<PresentedCredential.Token>(Read(line, cik: One));
        }

        [Fact]
        [Spec("a.3/5")]
        public void Half_of_one_two_of_them_and_endless_ones_are_absent()
        {
            Assert.Same(PresentedCredential.None, Read(Certificate[..^40]));
            Assert.Same(PresentedCredential.None, Read(new StringValues([Certificate, Certificate])));
            Assert.Same(PresentedCredential.None, Read(Certificate + "," + Certificate));
            Assert.Same(PresentedCredential.None, Read(new string('A', 100_000)));
        }
    }
}
