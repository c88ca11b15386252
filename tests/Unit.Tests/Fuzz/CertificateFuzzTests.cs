using System.Security.Cryptography.X509Certificates;
using CsCheck;
using Murano.Shared.Access;

namespace Murano.Unit.Tests.Fuzz;

/// <summary>Damaged certificates and CAs.</summary>
public sealed class CertificateFuzzTests : IDisposable
{
    private readonly X509Certificate2 _ca = TestCertificates.Authority("Maker");
    private readonly X509Certificate2 _device;
    private readonly X509Certificate2 _stranger = TestCertificates.SelfSigned("CN=stranger");

    public CertificateFuzzTests() => _device = TestCertificates.Issued(_ca, "CN=sn-1");

    private Gen<string> Pems => Gen.Frequency(
        (2, Inputs.DamagedText(Gen.Const(_ca.ExportCertificatePem()))),
        (1, Inputs.TextOf(_ca.ExportCertificatePem(), _stranger.ExportCertificatePem()[..200], "-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----", "\n", "MIIB", "=", "-----BEGIN X-----\nAA==\n-----END X-----")));

    [Fact, Spec("a.3/5"), Spec("f/3")]
    public void What_is_read_is_the_bytes_themselves() =>
        Gen.Frequency((6, Inputs.Damaged(Gen.Const(_device.RawData))), (1, Gen.Byte.Array[0, 300].Select(bytes => (byte[])[0x30, .. bytes]))).Sample(
            der =>
            {
                if (!DeviceCertificate.TryRead(der, out var read))
                {
                    return;
                }

                Assert.Equal(der, read.Der);
                Assert.True(read.CommonName is null or { Length: > 0 });
                Assert.Equal(CertificateRules.WhyNot(read, TestCertificates.Now), CertificateRules.WhyNot(read, TestCertificates.Now));
            },
            iter: LongRun.Inputs);

    [Fact, Spec("f/4")]
    public void Nothing_that_was_changed_is_of_the_CA()
    {
        var pem = _ca.ExportCertificatePem();
        Assert.True(DeviceCertificate.TryRead(_device.RawData, out var original));
        Assert.True(CertificateRules.IsIssuedBy(original, pem, TestCertificates.Now));
        Inputs.Damaged(Gen.Const(_device.RawData)).Sample(
            der =>
            {
                if (!DeviceCertificate.TryRead(der, out var read) || !CertificateRules.IsIssuedBy(read, pem, TestCertificates.Now))
                {
                    return;
                }

                // The wrapping may be another, never what was signed.
                using var loaded = X509CertificateLoader.LoadCertificate(der);
                Assert.Equal((original.CommonName, original.NotBefore, original.NotAfter), (read.CommonName, read.NotBefore, read.NotAfter));
                Assert.Equal(_device.PublicKey.EncodedKeyValue.RawData, loaded.PublicKey.EncodedKeyValue.RawData);
            },
            iter: LongRun.Inputs);
    }

    [Fact, Spec("f/4")]
    public void A_damaged_CA_vouches_for_no_stranger()
    {
        Assert.True(DeviceCertificate.TryRead(_stranger.RawData, out var stranger));
        Pems.Sample(pem => Assert.False(CertificateRules.IsIssuedBy(stranger, pem, TestCertificates.Now)), iter: LongRun.Inputs);
    }

    [Fact, Spec("b.4/17")]
    public void Text_is_a_certificate_or_none() => Gen.Frequency((3, Pems), (1, Inputs.AnyText)).Sample(
        text =>
        {
            if (DeviceCertificate.TryReadPem(text, out var read))
            {
                Assert.Contains("CERTIFICATE", text, StringComparison.Ordinal);
                Assert.True(DeviceCertificate.TryRead(read.Der, out var again));
                Assert.Equal(read.Hash, again.Hash);
            }
        },
        iter: LongRun.Inputs);

    public void Dispose()
    {
        _ca.Dispose();
        _device.Dispose();
        _stranger.Dispose();
    }
}
