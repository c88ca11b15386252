using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Murano.Tests;

/// <summary>Certificates of devices and CAs, made on the spot.</summary>
public static class TestCertificates
{
    /// <summary>The clock by which they are made.</summary>
    public static DateTimeOffset Now { get; } = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A self-signed certificate with a new P-256 key.</summary>
    public static X509Certificate2 SelfSigned(string subject, DateTimeOffset? from = null, DateTimeOffset? to = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new CertificateRequest(subject, key, HashAlgorithmName.SHA256).CreateSelfSigned(from ?? Now.AddDays(-1), to ?? Now.AddDays(30));
    }

    /// <summary>A CA, signed by itself or by another.</summary>
    public static X509Certificate2 Authority(string name, X509Certificate2? issuer = null, DateTimeOffset? to = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        if (issuer is null)
        {
            return request.CreateSelfSigned(Now.AddDays(-100), to ?? Now.AddDays(100));
        }

        using var issued = request.Create(issuer, Now.AddDays(-50), to ?? Now.AddDays(50), [7]);
        return issued.CopyWithPrivateKey(key);
    }

    /// <summary>A certificate with a new P-256 key from a CA.</summary>
    /// <param name="issuer">The CA.</param>
    /// <param name="subject">The device's name.</param>
    /// <param name="usage">An extended usage to state; null = none.</param>
    public static X509Certificate2 Issued(X509Certificate2 issuer, string subject, string? usage = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        if (usage is not null)
        {
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], critical: false));
        }

        using var issued = request.Create(issuer, Now.AddDays(-1), Now.AddDays(30), RandomNumberGenerator.GetBytes(8));
        return issued.CopyWithPrivateKey(key);
    }
}
