using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CsCheck;
using Murano.Shared.Access;
using static Murano.Tests.TestCertificates;

namespace Murano.Unit.Tests.Access;

public sealed class DeviceCertificateTests
{
    private static DeviceCertificate Read(X509Certificate2 certificate)
    {
        using (certificate)
        {
            Assert.True(DeviceCertificate.TryRead(certificate.RawData, out var read));
            return read;
        }
    }

    private static string? WhyNot(X509Certificate2 certificate, DateTimeOffset? now = null) => CertificateRules.WhyNot(Read(certificate), now ?? Now)?.Reason;

    [Fact]
    [Spec("f/3")]
    public void Is_known_by_the_hash_of_its_DER()
    {
        using var certificate = SelfSigned("CN=sn-1, O=Example");
        var der = certificate.RawData;

        Assert.True(DeviceCertificate.TryRead(der, out var read));
        Assert.Equal((Convert.ToHexStringLower(SHA256.HashData(der)), "sn-1", true), (read.Hash, read.CommonName, read.HasStrongKey));
        Assert.True(DeviceCertificate.TryReadPem(certificate.ExportCertificatePem(), out var pem));
        Assert.Equal(read.Hash, pem.Hash);
        Assert.Null(CertificateRules.WhyNot(read, Now));
    }

    [Fact]
    [Spec("f/3")]
    public void Dates_are_kept_to_the_second_without_an_allowance()
    {
        DateTimeOffset from = Now.AddDays(-1), to = Now.AddDays(30);

        Assert.Equal("certificate-not-yet", WhyNot(SelfSigned("CN=sn-1"), from.AddSeconds(-1)));
        Assert.Null(WhyNot(SelfSigned("CN=sn-1"), from));
        Assert.Null(WhyNot(SelfSigned("CN=sn-1"), to));
        Assert.Equal("certificate-expired", WhyNot(SelfSigned("CN=sn-1"), to.AddSeconds(1)));
    }

    [Theory]
    [Spec("a.3/5")]
    [InlineData("O=Example")]
    [InlineData("CN=sn-1, CN=sn-2")]
    [InlineData("CN=sn-1, CN=sn-1")]
    public void A_name_that_is_missing_or_ambiguous_is_none(string subject) => Assert.Equal("certificate-name", WhyNot(SelfSigned(subject)));

    [Fact]
    [Spec("a.3/5")]
    public void A_CN_that_shares_its_part_with_something_else_is_none()
    {
        var name = new AsnWriter(AsnEncodingRules.DER);
        using (name.PushSequence())
        using (name.PushSetOf())
        {
            foreach (var (type, value) in ((string, string)[])[("2.5.4.3", "sn-1"), ("2.5.4.11", "x")])
            {
                using (name.PushSequence())
                {
                    name.WriteObjectIdentifier(type);
                    name.WriteCharacterString(UniversalTagNumber.UTF8String, value);
                }
            }
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.Equal("certificate-name", WhyNot(new CertificateRequest(new X500DistinguishedName(name.Encode()), key, HashAlgorithmName.SHA256).CreateSelfSigned(Now, Now.AddDays(1))));
    }

    [Fact]
    [Spec("a.3/5")]
    public void An_empty_subject_and_an_empty_CN_are_none()
    {
        var empty = new X500DistinguishedNameBuilder();
        empty.AddCommonName(" ");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var blank = new CertificateRequest(new X500DistinguishedName(""), key, HashAlgorithmName.SHA256).CreateSelfSigned(Now, Now.AddDays(1));

        Assert.True(DeviceCertificate.TryRead(blank.RawData, out var read));
        Assert.Null(read.CommonName);
        using var space = new CertificateRequest(empty.Build(), key, HashAlgorithmName.SHA256).CreateSelfSigned(Now, Now.AddDays(1));
        Assert.True(DeviceCertificate.TryRead(space.RawData, out read));
        Assert.Equal(" ", read.CommonName); // a name, though one that few formats let in
    }

    [Theory]
    [Spec("f/3")]
    [InlineData(1024, false)]
    [InlineData(2048, true)]
    public void Short_RSA_keys_are_weak(int bits, bool strong)
    {
        using var key = RSA.Create(bits);

        Assert.Equal(strong, WhyNot(new CertificateRequest("CN=sn-1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(Now, Now.AddDays(1))) is null);
    }

    [Fact]
    public void Larger_curves_are_strong()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP384);

        Assert.Null(WhyNot(new CertificateRequest("CN=sn-1", key, HashAlgorithmName.SHA384).CreateSelfSigned(Now, Now.AddDays(1))));
    }

    [Fact]
    [Spec("a.3/5")]
    public void What_is_not_one_whole_DER_certificate_is_none()
    {
        using var certificate = SelfSigned("CN=sn-1");
        var der = certificate.RawData;

        Assert.All(
            (byte[][])
            [
                [],
                [0x30],
                "garbage"u8.ToArray(),
                der[..^1],
                der[..(der.Length / 2)],
                [.. der, 0],
                [.. der, .. der],
                Encoding.ASCII.GetBytes(certificate.ExportCertificatePem()),
                certificate.Export(X509ContentType.Pfx),
                [0x30, .. new byte[DeviceCertificate.MaxBytes]],
            ],
            bytes => Assert.False(DeviceCertificate.TryRead(bytes, out _)));
        Assert.False(DeviceCertificate.TryReadPem("", out _));
        Assert.False(DeviceCertificate.TryReadPem(null, out _));
    }

    [Fact]
    public void No_bytes_make_reading_throw()
    {
        using var certificate = SelfSigned("CN=sn-1");
        var der = certificate.RawData;
        Gen.Select(Gen.Int[0, der.Length - 1], Gen.Byte).Sample((at, value) =>
        {
            var broken = der.ToArray();
            broken[at] = value;
            if (DeviceCertificate.TryRead(broken, out var read))
            {
                _ = CertificateRules.WhyNot(read, Now);
            }
        });
        Gen.Byte.Array[0, 200].Sample(bytes => { _ = DeviceCertificate.TryRead([0x30, .. bytes], out _); });
        Gen.String.Sample(text => { _ = DeviceCertificate.TryReadPem(text, out _); });
    }
}
