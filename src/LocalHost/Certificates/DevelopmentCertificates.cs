using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Murano.LocalHost.Hosting;

namespace Murano.LocalHost.Certificates;

/// <summary>A certification authority of this data folder, and the server certificate that it issued. Both are made when missing and renewed before they expire.</summary>
internal sealed class DevelopmentCertificates(DataFolder folder, TimeProvider time)
{
    private static readonly TimeSpan CaLife = TimeSpan.FromDays(3650);
    private static readonly TimeSpan ServerLife = TimeSpan.FromDays(397); // the longest that browsers accept
    private static readonly TimeSpan RenewBefore = TimeSpan.FromDays(30);

    /// <summary>The PEM file for clients to trust.</summary>
    public string CaFile => folder["ca.pem"];

    private string CaKeyFile => folder["ca.key"];

    private string ServerFile => folder["server.pem"];

    /// <summary>The server's certificate with its key.</summary>
    public X509Certificate2 GetServerCertificate()
    {
        using var ca = Read(CaFile, CaKeyFile) ?? MakeCa();
        using var server = Read(ServerFile, ServerFile) is { } kept && IsIssuedBy(kept, ca) ? kept : MakeServer(ca);

        // A key that exists in memory only cannot be used by every platform's TLS.
        return X509CertificateLoader.LoadPkcs12(server.Export(X509ContentType.Pkcs12), null);
    }

    private bool IsIssuedBy(X509Certificate2 certificate, X509Certificate2 ca)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(ca);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = time.GetUtcNow().UtcDateTime;
        return chain.Build(certificate);
    }

    private static X500DistinguishedName Name(string commonName) => new($"CN={commonName}");

    private X509Certificate2? Read(string certificateFile, string keyFile)
    {
        if (!File.Exists(certificateFile) || !File.Exists(keyFile))
        {
            return null;
        }

        try
        {
            var certificate = X509Certificate2.CreateFromPemFile(certificateFile, keyFile);
            if (certificate.NotAfter.ToUniversalTime() > time.GetUtcNow().UtcDateTime + RenewBefore)
            {
                return certificate;
            }

            certificate.Dispose();
            return null;
        }
        catch (CryptographicException)
        {
            return null; // damaged: made anew
        }
    }

    private X509Certificate2 MakeCa()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(Name("Murano LocalHost development CA"), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        var now = time.GetUtcNow();
        var ca = request.CreateSelfSigned(now.AddDays(-1), now + CaLife);
        SecretFile.Write(CaKeyFile, key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(CaFile, ca.ExportCertificatePem() + "\n");
        return ca;
    }

    private X509Certificate2 MakeServer(X509Certificate2 ca)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(Name("localhost"), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false)); // server authentication
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(ca, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddDnsName("*.m2.localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = time.GetUtcNow();
        var issued = request.Create(ca, now.AddDays(-1), now + ServerLife, RandomNumberGenerator.GetBytes(16)).CopyWithPrivateKey(key);
        SecretFile.Write(ServerFile, issued.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n");
        return issued;
    }
}
