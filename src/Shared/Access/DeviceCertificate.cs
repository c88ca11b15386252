using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Murano.Shared.Access;

/// <summary>A device's client certificate, taken apart. It holds nothing secret.</summary>
public sealed class DeviceCertificate
{
    /// <summary>Longest certificate in bytes.</summary>
    public const int MaxBytes = 12_000;

    private const string CommonNameOid = "2.5.4.3";
    private const byte Sequence = 0x30;

    private DeviceCertificate(X509Certificate2 certificate)
    {
        Der = certificate.RawData;
        Hash = Convert.ToHexStringLower(SHA256.HashData(certificate.RawData));
        NotBefore = new DateTimeOffset(certificate.NotBefore);
        NotAfter = new DateTimeOffset(certificate.NotAfter);
        CommonName = FindCommonName(certificate);
        HasStrongKey = IsStrong(certificate);
    }

    /// <summary>SHA-256 of the certificate in lower-case hexadecimal digits: what is stored of it.</summary>
    public string Hash { get; }

    /// <summary>The subject's only CN: the identity. Null when there is none, or several, or an empty one.</summary>
    public string? CommonName { get; }

    /// <summary>First second in which it holds.</summary>
    public DateTimeOffset NotBefore { get; }

    /// <summary>Last second in which it holds.</summary>
    public DateTimeOffset NotAfter { get; }

    /// <summary>Whether the key is RSA of at least 2,048 bits or an elliptic curve of at least 256.</summary>
    public bool HasStrongKey { get; }

    /// <summary>The certificate itself.</summary>
    internal byte[] Der { get; }

    /// <summary>Reads DER: one certificate, whole, and nothing behind it.</summary>
    public static bool TryRead(byte[] der, [NotNullWhen(true)] out DeviceCertificate? certificate)
    {
        ArgumentNullException.ThrowIfNull(der);
        certificate = null;

        // The loader takes PEM too; what the platform hands on is never that.
        if (der.Length is 0 or > MaxBytes || der[0] != Sequence)
        {
            return false;
        }

        try
        {
            using var loaded = X509CertificateLoader.LoadCertificate(der);
            certificate = loaded.RawData.AsSpan().SequenceEqual(der) ? new(loaded) : null;
        }
        catch (CryptographicException)
        {
            // Not a certificate.
        }

        return certificate is not null;
    }

    /// <summary>Reads the first certificate of a PEM text.</summary>
    public static bool TryReadPem(string? pem, [NotNullWhen(true)] out DeviceCertificate? certificate)
    {
        certificate = null;
        try
        {
            using var loaded = X509Certificate2.CreateFromPem(pem);
            return TryRead(loaded.RawData, out certificate);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static string? FindCommonName(X509Certificate2 certificate)
    {
        try
        {
            string? found = null;
            foreach (var part in certificate.SubjectName.EnumerateRelativeDistinguishedNames())
            {
                // Several attributes in one part are so rare that a CN hidden in them is more likely a trick than a name.
                if (part.HasMultipleElements)
                {
                    return null;
                }

                if (string.Equals(part.GetSingleElementType().Value, CommonNameOid, StringComparison.Ordinal))
                {
                    if (found is not null)
                    {
                        return null;
                    }

                    found = part.GetSingleElementValue() ?? "";
                }
            }

            return found is { Length: > 0 } ? found : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static bool IsStrong(X509Certificate2 certificate)
    {
        const int RsaBits = 2048;
        const int CurveBits = 256;
        try
        {
            using var rsa = certificate.GetRSAPublicKey();
            using var curve = certificate.GetECDsaPublicKey();
            return rsa?.KeySize >= RsaBits || curve?.KeySize >= CurveBits;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
