using System.Security.Cryptography.X509Certificates;

namespace Murano.Integration.Tests.DeviceApi;

/// <summary>A client certificate as it is presented once.</summary>
/// <param name="Header">What the platform hands on of it.</param>
/// <param name="Reason">The word for the refusal; null = the device is heard.</param>
/// <param name="Ca">The connector's CA at that moment, in PEM; null = none is asked for.</param>
/// <param name="Tls">The certificate with its key, to be shown in a handshake as well; null = no client's TLS would take it.</param>
public sealed record CertificateCase(string Header, string? Reason, string? Ca = null, X509Certificate2? Tls = null)
{
    /// <summary>A certificate that a TLS client can show.</summary>
    public static CertificateCase Of(X509Certificate2 certificate, string? reason, string? ca = null)
    {
        ArgumentNullException.ThrowIfNull(certificate);

        // Some platforms' TLS wants a key that came with a file.
        var usable = X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
        return new(Convert.ToBase64String(certificate.RawData), reason, ca, usable);
    }

    /// <summary>Bytes in the place of a certificate.</summary>
    public static CertificateCase Of(byte[] bytes, string? reason, string? ca = null) => new(Convert.ToBase64String(bytes), reason, ca);
}
