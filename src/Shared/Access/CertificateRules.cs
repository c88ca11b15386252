using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Murano.Shared.Access;

/// <summary>Which certificates may stand for a device (specification f).</summary>
internal static class CertificateRules
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    // MD5 and SHA-1 under RSA, SHA-1 under ECDSA: a certificate signed so can be forged for money.
    private static readonly string[] BrokenSignatures = ["1.2.840.113549.1.1.4", "1.2.840.113549.1.1.5", "1.2.840.10045.4.1"];

    /// <summary>Why the certificate cannot stand for any device, whoever issued it; null when it can.</summary>
    /// <remarks>No allowance is made for clocks: a certificate that begins in the future fails, as on Murano.</remarks>
    public static Failure.Unauthorized? WhyNot(DeviceCertificate certificate, DateTimeOffset now) => certificate switch
    {
        { CommonName: null } => new Failure.Unauthorized("certificate-name", "The certificate's subject has no CN, or several."),
        { HasStrongKey: false } => new Failure.Unauthorized("certificate-key", "The certificate's key is weak or of an unknown kind."),
        _ when now < certificate.NotBefore => new Failure.Unauthorized("certificate-not-yet", "The certificate is not valid yet."),
        _ when now > certificate.NotAfter => new Failure.Unauthorized("certificate-expired", "The certificate has expired."),
        _ => null,
    };

    /// <summary>Why a text cannot be what certificates are judged by: PEM, of CA certificates and nothing else; null when it can.</summary>
    /// <param name="caPem">The text.</param>
    /// <param name="field">Where it was given.</param>
    public static Failure.Rejected? WhyNotAuthority(string caPem, string field)
    {
        // A key would be shown to everybody who may read the settings.
        if (caPem.Contains("PRIVATE KEY-----", StringComparison.Ordinal))
        {
            return new Failure.Rejected("private-key", field, $"{field} must not hold a private key.");
        }

        X509Certificate2Collection authorities = [];
        try
        {
            authorities.ImportFromPem(caPem);
            return authorities.Count == 0 ? new Failure.Rejected("bad-ca", field, $"{field} must be certificates in PEM.")
                : !authorities.All(IsAuthority) ? new Failure.Rejected("not-a-ca", field, $"{field} must hold certificates of CAs only.")
                : null;
        }
        catch (CryptographicException)
        {
            return new Failure.Rejected("bad-ca", field, $"{field} must be certificates in PEM.");
        }
        finally
        {
            foreach (var authority in authorities)
            {
                authority.Dispose();
            }
        }
    }

    /// <summary>Whether one of the CAs in a PEM text issued the certificate itself. Nothing is fetched, neither issuers nor revocations.</summary>
    public static bool IsIssuedBy(DeviceCertificate certificate, string caPem, DateTimeOffset now)
    {
        X509Certificate2Collection authorities = [];
        try
        {
            authorities.ImportFromPem(caPem);
            using var loaded = X509CertificateLoader.LoadCertificate(certificate.Der);
            return authorities.Count > 0 && !BrokenSignatures.Contains(loaded.SignatureAlgorithm.Value, StringComparer.Ordinal) && IsIssuedBy(loaded, authorities, now);
        }
        catch (CryptographicException)
        {
            return false;
        }
        finally
        {
            foreach (var authority in authorities)
            {
                authority.Dispose();
            }
        }
    }

    private static bool IsAuthority(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509BasicConstraintsExtension>().Any(constraints => constraints.CertificateAuthority)
        && certificate.Extensions.OfType<X509KeyUsageExtension>().All(usage => usage.KeyUsages.HasFlag(X509KeyUsageFlags.KeyCertSign));

    private static bool IsIssuedBy(X509Certificate2 certificate, X509Certificate2Collection authorities, DateTimeOffset now)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.ExtraStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = now.UtcDateTime;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ClientAuthentication));

        // A CA that is itself issued by another has no root here; that the issuer is one of those named is asked below.
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.AllowUnknownCertificateAuthority;
        try
        {
            return chain.Build(certificate)
                && chain.ChainElements.Count > 1
                && authorities.Any(authority => authority.RawDataMemory.Span.SequenceEqual(chain.ChainElements[1].Certificate.RawDataMemory.Span));
        }
        finally
        {
            foreach (var element in chain.ChainElements)
            {
                element.Certificate.Dispose();
            }
        }
    }
}
