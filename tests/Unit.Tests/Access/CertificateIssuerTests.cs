using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Murano.Shared.Access;
using static Murano.Tests.TestCertificates;

namespace Murano.Unit.Tests.Access;

/// <summary>Certificates under a CA: the CA itself must have issued them.</summary>
public sealed class CertificateIssuerTests
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    private static bool IsIssued(X509Certificate2 certificate, string pem, DateTimeOffset? now = null)
    {
        Assert.True(DeviceCertificate.TryRead(certificate.RawData, out var read));
        return CertificateRules.IsIssuedBy(read, pem, now ?? Now);
    }

    [Theory]
    [Spec("f/4")]
    [InlineData(null, true)]
    [InlineData(ClientAuthentication, true)]
    [InlineData(ServerAuthentication, false)]
    public void One_from_the_CA_passes_unless_it_is_meant_for_something_else(string? usage, bool passes)
    {
        using var ca = Authority("Maker");
        using var device = Issued(ca, "CN=sn-1", usage);

        Assert.Equal(passes, IsIssued(device, ca.ExportCertificatePem()));
    }

    [Fact]
    [Spec("f/4")]
    public void One_from_another_CA_of_the_same_name_does_not()
    {
        using var ca = Authority("Maker");
        using var other = Authority("Maker");
        using var device = Issued(other, "CN=sn-1");

        Assert.False(IsIssued(device, ca.ExportCertificatePem()));
    }

    [Fact]
    [Spec("f/4")]
    public void One_that_signed_itself_does_not()
    {
        using var ca = Authority("Maker");
        using var device = SelfSigned("CN=sn-1");

        Assert.False(IsIssued(device, ca.ExportCertificatePem()));
    }

    [Fact]
    [Spec("f/4")]
    public void The_CA_is_no_device_of_its_own()
    {
        using var ca = Authority("Maker");

        Assert.False(IsIssued(ca, ca.ExportCertificatePem()));
    }

    [Fact]
    [Spec("f/4")]
    public void One_of_several_CAs_is_enough()
    {
        using var one = Authority("One");
        using var two = Authority("Two");
        using var device = Issued(two, "CN=sn-1");

        Assert.True(IsIssued(device, one.ExportCertificatePem() + "\n" + two.ExportCertificatePem()));
    }

    [Fact]
    [Spec("f/4")]
    public void The_issuer_is_the_CA_and_no_CA_below_or_above_it()
    {
        using var root = Authority("Root");
        using var middle = Authority("Middle", root);
        using var device = Issued(middle, "CN=sn-1");

        Assert.False(IsIssued(device, root.ExportCertificatePem()));
        Assert.True(IsIssued(device, middle.ExportCertificatePem()));
        Assert.True(IsIssued(device, middle.ExportCertificatePem() + "\n" + root.ExportCertificatePem()));
    }

    [Fact]
    [Spec("f/4")]
    public void A_forgery_under_the_name_of_a_CA_that_another_issued_does_not_pass()
    {
        using var root = Authority("Root");
        using var middle = Authority("Middle", root);
        using var forger = Authority("Middle");
        using var device = Issued(forger, "CN=sn-1");

        Assert.False(IsIssued(device, middle.ExportCertificatePem()));
        Assert.False(IsIssued(device, middle.ExportCertificatePem() + "\n" + root.ExportCertificatePem()));
    }

    [Fact]
    [Spec("f/4")]
    public void A_CA_that_has_expired_vouches_for_nobody()
    {
        using var ca = Authority("Maker", to: Now.AddDays(40));
        using var device = Issued(ca, "CN=sn-1");

        Assert.True(IsIssued(device, ca.ExportCertificatePem(), Now.AddDays(29)));
        Assert.False(IsIssued(device, ca.ExportCertificatePem(), Now.AddDays(41)));
    }

    [Fact]
    [Spec("f/4")]
    public void A_certificate_that_may_not_issue_is_no_CA()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Maker", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        using var plain = request.CreateSelfSigned(Now.AddDays(-10), Now.AddDays(90));
        using var leafKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var device = new CertificateRequest("CN=sn-1", leafKey, HashAlgorithmName.SHA256)
            .Create(plain.SubjectName, X509SignatureGenerator.CreateForECDsa(key), Now.AddDays(-1), Now.AddDays(1), [1]);

        Assert.False(IsIssued(device, plain.ExportCertificatePem()));
    }

    [Theory]
    [Spec("f/4")]
    [InlineData("")]
    [InlineData("no PEM")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----")]
    public void Without_a_CA_that_can_be_read_nobody_passes(string pem)
    {
        using var device = SelfSigned("CN=sn-1");

        Assert.False(IsIssued(device, pem));
    }

    [Fact]
    [Spec("f/4")]
    public void A_signature_over_SHA1_does_not_count()
    {
        using var ca = Authority("Maker");
        using var caKey = ca.GetECDsaPrivateKey()!;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var device = new CertificateRequest("CN=sn-1", key, HashAlgorithmName.SHA1)
            .Create(ca.SubjectName, new Sha1Signature(caKey), Now.AddDays(-1), Now.AddDays(1), [1]);

        Assert.False(IsIssued(device, ca.ExportCertificatePem()));
    }

    // The platform's own generator no longer makes such signatures.
    private sealed class Sha1Signature(ECDsa key) : X509SignatureGenerator
    {
        public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm) => [0x30, 0x09, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x01];

        public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm) => key.SignData(data, HashAlgorithmName.SHA1, DSASignatureFormat.Rfc3279DerSequence);

        protected override PublicKey BuildPublicKey() => new(key);
    }
}
