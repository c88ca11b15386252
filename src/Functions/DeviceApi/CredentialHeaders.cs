using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Murano.Shared;
using Murano.Shared.Access;

namespace Murano.Functions.DeviceApi;

/// <summary>
/// Takes a device's credential out of its request (specification a.3): <c>Authorization</c> goes before <c>X-Exosite-CIK</c>, and both before a client
/// certificate. What is empty, of another scheme or not of a credential's form counts as not there, so that the next is looked at.
/// </summary>
public sealed class CredentialHeaders(IOptions<DeviceOptions> options)
{
    /// <summary>The header of old libraries.</summary>
    public const string CikHeader = "X-Exosite-CIK";

    /// <summary>The header in which the platform hands on a client certificate that took part in the TLS handshake: DER as base64.</summary>
    public const string CertificateHeader = "X-ARR-ClientCert";

    private const int MaxBasicLength = 2_048;
    private const int MaxReadings = 16;

    private readonly bool _trustCertificate = options.Value.TrustClientCertificate == true;

    /// <summary>Finds the credential, unproven.</summary>
    internal PresentedCredential Find(IHeaderDictionary headers)
    {
        foreach (var line in headers.Authorization)
        {
            if (FromAuthorization(line) is { } credential)
            {
                return credential;
            }
        }

        foreach (var line in headers[CikHeader])
        {
            if (DeviceToken.TryParse(line?.Trim(), out var token))
            {
                return token;
            }
        }

        return _trustCertificate && FromCertificate(headers) is { } certificate ? new PresentedCredential.Certificate(certificate) : PresentedCredential.None;
    }

    private static PresentedCredential? FromAuthorization(string? line)
    {
        var text = line.AsSpan().Trim();
        var blank = text.IndexOfAny(' ', '\t');
        if (blank < 0)
        {
            return null;
        }

        var scheme = text[..blank];
        var rest = text[(blank + 1)..].Trim();
        if (scheme.Equals("token", StringComparison.OrdinalIgnoreCase))
        {
            return FromToken(rest.ToString());
        }

        return scheme.Equals("basic", StringComparison.OrdinalIgnoreCase) ? FromBasic(rest) : null;
    }

    private static PresentedCredential.Token? FromToken(string text) => DeviceToken.TryParse(text, out var token) ? new PresentedCredential.Token(token) : null;

    private static PresentedCredential? FromBasic(ReadOnlySpan<char> base64)
    {
        var bytes = new byte[Math.Min(base64.Length, MaxBasicLength)];
        if (base64.Length > MaxBasicLength || !Convert.TryFromBase64Chars(base64, bytes, out var length))
        {
            return null;
        }

        var pair = Encoding.UTF8.GetString(bytes, 0, length);
        return pair.StartsWith(':') ? FromToken(pair[1..]) : FromPair(pair);
    }

    // Each colon may be the one that joins identity and password: a MAC address holds five.
    private static PresentedCredential.Password? FromPair(string pair)
    {
        List<int> colons = [];
        for (var at = pair.IndexOf(':', StringComparison.Ordinal); at >= 0 && colons.Count < MaxReadings; at = pair.IndexOf(':', at + 1))
        {
            colons.Add(at);
        }

        PresentedCredential.Password? reading = null;
        for (var i = colons.Count - 1; i >= 0; i--)
        {
            reading = DevicePassword.TryParse(pair[(colons[i] + 1)..], out var password) ? new(pair[..colons[i]], password, reading) : reading;
        }

        return reading;
    }

    // The platform sets the header once; of several, none can be believed.
    private static DeviceCertificate? FromCertificate(IHeaderDictionary headers)
    {
        var lines = headers[CertificateHeader];
        if (lines.Count != 1 || lines[0] is not { Length: > 0 and <= DeviceCertificate.MaxBytes / 3 * 4 } base64)
        {
            return null;
        }

        var der = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, der, out var length) && DeviceCertificate.TryRead(der[..length], out var certificate) ? certificate : null;
    }
}
