using System.Formats.Asn1;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Murano.Functions.DeviceApi;
using Murano.Integration.Tests.Infrastructure;
using Murano.Shared.Access;
using static Murano.Tests.TestCertificates;

namespace Murano.Integration.Tests.DeviceApi;

/// <summary>The table of client certificates: each is judged by what the platform hands on of it and, where a TLS client can show it, over a real handshake too.</summary>
public sealed class CertificateCaseTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const int Fewest = 20;
    private const string ClientUse = "1.3.6.1.5.5.7.3.2";
    private const string ServerUse = "1.3.6.1.5.5.7.3.1";

    // Each makes its certificates for a name of its own.
    private static readonly Dictionary<string, Func<string, CertificateCase[]>> Table = new(StringComparer.Ordinal)
    {
        ["self-signed without a CA"] = cn => [CertificateCase.Of(SelfSigned(cn), null), CertificateCase.Of(SelfSigned(cn), "replaced")],
        ["P-384"] = cn => [CertificateCase.Of(Curve(cn, ECCurve.NamedCurves.nistP384), null)],
        ["P-521"] = cn => [CertificateCase.Of(Curve(cn, ECCurve.NamedCurves.nistP521), null)],
        ["P-224"] = cn => [CertificateCase.Of(Curve(cn, ECCurve.CreateFromFriendlyName("secp224r1")).RawData, "certificate-key")],
        ["RSA of 2048 bits"] = cn => [CertificateCase.Of(Rsa(cn, 2048), null)],
        ["RSA of 1024 bits"] = cn => [CertificateCase.Of(Rsa(cn, 1024).RawData, "certificate-key")],
        ["Ed25519"] = cn => [CertificateCase.Of(Ed25519(cn), "certificate-key")],
        ["expired"] = cn => [CertificateCase.Of(SelfSigned(cn, to: Now.AddDays(-1).AddHours(1)), "certificate-expired")],
        ["expired a second ago"] = cn => [CertificateCase.Of(SelfSigned(cn, to: Now.AddSeconds(-1)), "certificate-expired")],
        ["in its last second"] = cn => [CertificateCase.Of(SelfSigned(cn, to: Now), null)],
        ["not valid yet"] = cn => [CertificateCase.Of(SelfSigned(cn, from: Now.AddDays(1)), "certificate-not-yet")],
        ["valid in a second"] = cn => [CertificateCase.Of(SelfSigned(cn, from: Now.AddSeconds(1)), "certificate-not-yet")],
        ["in its first second"] = cn => [CertificateCase.Of(SelfSigned(cn, from: Now), null)],
        ["no CN"] = _ => [CertificateCase.Of(SelfSigned("O=Example"), "certificate-name")],
        ["empty subject"] = _ => [CertificateCase.Of(SelfSigned(""), "certificate-name")],
        ["CN twice"] = cn => [CertificateCase.Of(SelfSigned($"{cn}, {cn}"), "certificate-name")],
        ["CN among other names"] = cn => [CertificateCase.Of(SelfSigned($"C=DE, O=Example, OU=Pumps, {cn}, SERIALNUMBER=7"), null)],
        ["CN not of the format"] = _ => [CertificateCase.Of(SelfSigned("CN=other"), "identity-format")],
        ["CN that no identity can be"] = _ => [CertificateCase.Of(SelfSigned("CN=sn-%2F"), "identity-format")],
        ["CN with a slash and from all planes"] = cn => [CertificateCase.Of(SelfSigned(cn + "/ü🦆"), null)],
        ["for servers, without a CA"] = cn => [CertificateCase.Of(Issued(Authority("Any"), cn, ServerUse).RawData, null)],
        ["garbage"] = _ => [CertificateCase.Of("garbage"u8.ToArray(), "no-credentials"), new("!!!", "no-credentials"), new("", "no-credentials")],
        ["a byte behind it"] = cn => [CertificateCase.Of([.. SelfSigned(cn).RawData, 0], "no-credentials")],
        ["cut short"] = cn => [CertificateCase.Of(SelfSigned(cn).RawData[..^1], "no-credentials")],
        ["two in one"] = cn => [CertificateCase.Of([.. SelfSigned(cn).RawData, .. SelfSigned(cn).RawData], "no-credentials")],
        ["PEM in the header"] = cn => [new(SelfSigned(cn).ExportCertificatePem().ReplaceLineEndings(" "), "no-credentials"), CertificateCase.Of(Encoding.ASCII.GetBytes(SelfSigned(cn).ExportCertificatePem()), "no-credentials")],
        ["PKCS#12 in the header"] = cn => [CertificateCase.Of(SelfSigned(cn).Export(X509ContentType.Pfx), "no-credentials")],
        ["large"] = cn => [CertificateCase.Of(Large(cn, 10_000), null)],
        ["too large"] = cn => [CertificateCase.Of(Large(cn, 13_000), "no-credentials")],
        ["from the CA, and re-issued with another key"] = cn => With(Authority("Maker"), (ca, pem) => [CertificateCase.Of(Issued(ca, cn), null, pem), CertificateCase.Of(Issued(ca, cn), null, pem), CertificateCase.Of(Issued(ca, cn, ClientUse), null, pem)]),
        ["from another CA"] = cn => With(Authority("Maker"), (_, pem) => [CertificateCase.Of(Issued(Authority("Other"), cn), "certificate-issuer", pem)]),
        ["from another CA of the same name"] = cn => With(Authority("Maker"), (_, pem) => [CertificateCase.Of(Issued(Authority("Maker"), cn), "certificate-issuer", pem)]),
        ["self-signed under a CA"] = cn => With(Authority("Maker"), (_, pem) => [CertificateCase.Of(SelfSigned(cn), "certificate-issuer", pem)]),
        ["a CA behind the CA"] = cn => With(Authority("Root"), (root, pem) => With(Authority("Middle", root), (middle, middlePem) =>
            [CertificateCase.Of(Issued(middle, cn), "certificate-issuer", pem), CertificateCase.Of(Issued(middle, cn), null, middlePem), CertificateCase.Of(Issued(middle, cn), null, pem + "\n" + middlePem)])),
        ["the CA itself"] = _ => With(Authority("sn-maker"), (ca, pem) => [CertificateCase.Of(ca, "certificate-issuer", pem)]),
        ["a CA as a device, without a CA"] = cn => [CertificateCase.Of(Authority(cn[3..]), null)],
        ["for servers, from the CA"] = cn => With(Authority("Maker"), (ca, pem) => [CertificateCase.Of(Issued(ca, cn, ServerUse).RawData, "certificate-issuer", pem)]),
        ["the CA has expired"] = cn => With(Authority("Maker", to: Now.AddDays(-1).AddHours(1)), (ca, pem) => [CertificateCase.Of(ByHand(ca, cn, HashAlgorithmName.SHA256), "certificate-issuer", pem)]),
        ["expired, from the CA"] = cn => With(Authority("Maker"), (ca, pem) => [CertificateCase.Of(ByHand(ca, cn, HashAlgorithmName.SHA256, to: Now.AddMinutes(-1)), "certificate-expired", pem)]),
        ["signed over SHA-1"] = cn => With(Authority("Maker"), (ca, pem) => [CertificateCase.Of(ByHand(ca, cn, HashAlgorithmName.SHA1), "certificate-issuer", pem)]),
        ["weak key, from the CA"] = cn => With(Authority("Maker"), (ca, pem) => [CertificateCase.Of(Weak(ca, cn), "certificate-key", pem)]),
        ["the CA is switched off again"] = cn => With(Authority("Maker"), (ca, pem) =>
        {
            using var first = Issued(ca, cn);
            using var again = Issued(ca, cn);
            return [CertificateCase.Of(first, null, pem), CertificateCase.Of(again, null, pem), CertificateCase.Of(first, null), CertificateCase.Of(again, "replaced"), CertificateCase.Of(again, null, pem)];
        }),
    };

    private static int _devices;

    private TestApp? _app;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private TestApp App => _app ?? throw new InvalidOperationException("The app has not started.");

    public async ValueTask InitializeAsync()
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase) { ["Devices:Domain"] = "devices.example" };
        _app = await TestApp.StartAsync(azurite, new TestAppOptions { Time = new FakeTimeProvider(Now), Settings = settings });
        using var person = SimulatedOperator.Of(_app.Run);
        await person.DefineAsync("""{"temp":{"format":"string"}}""");
        await person.PatchSettingsAsync("""{"provisioning":{"auth_type":"certificate"},"identity_format":{"prefix":"sn-"}}""");
    }

    public ValueTask DisposeAsync() => _app?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public void The_table_has_twenty_cases_at_least() => Assert.InRange(Table.Count, Fewest, int.MaxValue);

    [Fact, Spec("f/3"), Spec("f/4"), Spec("a.3/5")]
    public async Task Each_is_judged_as_the_table_says()
    {
        List<string> wrong = [];
        foreach (var (name, make) in Table)
        {
            var step = 0;
            foreach (var shown in make($"CN=sn-{Interlocked.Increment(ref _devices)}"))
            {
                step++;
                await SetCaAsync(shown.Ca);
                var reason = await JudgeAsync(shown.Header);
                var status = shown.Tls is null ? null : await WriteAsync(shown.Tls);
                shown.Tls?.Dispose();
                if (!string.Equals(reason, shown.Reason, StringComparison.Ordinal) || (status is not null && status != (shown.Reason is null ? 204 : 401)))
                {
                    wrong.Add($"{name}, step {step}: {reason ?? "passes"}, status {status}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact, Spec("a.3/5"), Spec("a.3/7")]
    public async Task A_token_goes_before_a_certificate_even_if_it_is_wrong()
    {
        using var certificate = SelfSigned("CN=sn-both");
        var header = Convert.ToBase64String(certificate.RawData);
        Assert.Null(await JudgeAsync(header));
        using var person = SimulatedOperator.Of(App.Run);
        using var put = await person.SendAsync(HttpMethod.Put, "identity/sn-token", """{"auth":{"type":"token","key":"0123456789abcdef0123456789abcdef01234567"}}""");
        Assert.True(put.IsSuccessStatusCode);

        Assert.Equal("sn-token", (await AuthenticateAsync(header, cik: "0123456789abcdef0123456789abcdef01234567").Ok()).Identity.Value);
        Assert.Equal("unknown-token", await AuthenticateAsync(header, cik: "1123456789abcdef0123456789abcdef01234567").FailedAsync());
        Assert.Equal("sn-both", (await AuthenticateAsync(header, cik: "short").Ok()).Identity.Value);
    }

    [Fact, Spec("f/3")]
    public async Task One_certificate_is_a_device_of_each_connector_that_lets_it_in()
    {
        using var certificate = SelfSigned("CN=sn-1");
        var header = Convert.ToBase64String(certificate.RawData);
        var connectors = App.Services.GetRequiredService<Murano.Shared.Connectors.ConnectorService>();
        var second = await connectors.CreateAsync("Second", [], Token).Ok();
        using var patch = JsonDocument.Parse("""{"provisioning":{"auth_type":"certificate"}}""");
        await connectors.PatchAsync(second.Id, patch.RootElement, Token).Ok();

        var one = await AuthenticateAsync(header).Ok();
        var two = await AuthenticateAsync(header, host: $"{second.Id}.devices.example").Ok();

        Assert.Equal((second.Id, one.Identity), (two.Connector.Id, two.Identity));
        Assert.NotEqual(one.Connector.Id, two.Connector.Id);
    }

    private static CertificateCase[] With(X509Certificate2 ca, Func<X509Certificate2, string, CertificateCase[]> make)
    {
        using (ca)
        {
            return make(ca, ca.ExportCertificatePem());
        }
    }

    private static X509Certificate2 Curve(string subject, ECCurve curve)
    {
        using var key = ECDsa.Create(curve);
        return new CertificateRequest(subject, key, HashAlgorithmName.SHA256).CreateSelfSigned(Now.AddDays(-1), Now.AddDays(1));
    }

    private static X509Certificate2 Rsa(string subject, int bits)
    {
        using var key = RSA.Create(bits);
        return new CertificateRequest(subject, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(Now.AddDays(-1), Now.AddDays(1));
    }

    private static X509Certificate2 Large(string subject, int bytes)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509Extension("1.3.6.1.4.1.55555.1", [0x04, 0x82, (byte)(bytes >> 8), (byte)bytes, .. new byte[bytes]], critical: false));
        return request.CreateSelfSigned(Now.AddDays(-1), Now.AddDays(1));
    }

    private static byte[] Weak(X509Certificate2 ca, string subject)
    {
        using var key = RSA.Create(1024);
        using var caKey = ca.GetECDsaPrivateKey()!;
        return new CertificateRequest(subject, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).Create(ca.SubjectName, X509SignatureGenerator.CreateForECDsa(caKey), Now.AddDays(-1), Now.AddDays(1), [1]).RawData;
    }

    // What the platform's own generator would refuse to make: a broken hash, and dates outside those of the CA.
    private static byte[] ByHand(X509Certificate2 ca, string subject, HashAlgorithmName hash, DateTimeOffset? to = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var caKey = ca.GetECDsaPrivateKey()!;
        return new CertificateRequest(subject, key, hash).Create(ca.SubjectName, new HashSignature(caKey), Now.AddDays(-1), to ?? Now.AddDays(1), [1]).RawData;
    }

    // The platform makes no such keys; the signature is never looked at.
    private static byte[] Ed25519(string subject)
    {
        using var frame = SelfSigned(subject);
        var key = new AsnWriter(AsnEncodingRules.DER);
        using (key.PushSequence())
        {
            using (key.PushSequence())
            {
                key.WriteObjectIdentifier("1.3.101.112");
            }

            key.WriteBitString(RandomNumberGenerator.GetBytes(32));
        }

        var request = new CertificateRequest(frame.SubjectName, PublicKey.CreateFromSubjectPublicKeyInfo(key.Encode(), out _), HashAlgorithmName.SHA256);
        using var signer = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return request.Create(frame.SubjectName, X509SignatureGenerator.CreateForECDsa(signer), Now.AddDays(-1), Now.AddDays(1), [1]).RawData;
    }

    private async Task SetCaAsync(string? pem)
    {
        using var person = SimulatedOperator.Of(App.Run);
        await person.PatchSettingsAsync(JsonSerializer.Serialize(new { pki = new { enabled = pem is not null, client_ca = pem ?? "" } }));
    }

    private async Task<string?> JudgeAsync(string header) => (await AuthenticateAsync(header)).TryGet(out _, out var failure) ? null : failure.Reason;

    private Task<Shared.Outcome<DeviceSession>> AuthenticateAsync(string header, string cik = "", string? host = null)
    {
        var presented = App.Services.GetRequiredService<CredentialHeaders>().Find(new HeaderDictionary { ["X-ARR-ClientCert"] = header, ["X-Exosite-CIK"] = cik });
        var origin = new DeviceOrigin(IPAddress.Loopback, host ?? new HostString(SimulatedDevice.HostOf(App)).Host, IsHttps: true);
        return App.Services.GetRequiredService<DeviceAccess>().AuthenticateAsync(presented, origin, Token);
    }

    private async Task<int?> WriteAsync(X509Certificate2 certificate)
    {
        using var ca = X509CertificateLoader.LoadCertificateFromFile(App.Run.Ca);
        await using var connection = await RawHttp.ConnectAsync(App.Https, new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate,
            CertificateChainPolicy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { ca }, RevocationMode = X509RevocationMode.NoCheck },
        });
        await connection.SendAsync($"POST /onep:v1/stack/alias HTTP/1.1\r\nHost: {SimulatedDevice.HostOf(App)}\r\nContent-Length: 6\r\n\r\ntemp=1");
        return (await connection.ReadReplyAsync()).Status;
    }

    private sealed class HashSignature(ECDsa key) : X509SignatureGenerator
    {
        public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm)
        {
            var writer = new AsnWriter(AsnEncodingRules.DER);
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(hashAlgorithm == HashAlgorithmName.SHA1 ? "1.2.840.10045.4.1" : "1.2.840.10045.4.3.2");
            }

            return writer.Encode();
        }

        public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm) => key.SignData(data, hashAlgorithm, DSASignatureFormat.Rfc3279DerSequence);

        protected override PublicKey BuildPublicKey() => new(key);
    }
}
