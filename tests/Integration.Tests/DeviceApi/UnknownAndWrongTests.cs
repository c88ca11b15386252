using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Murano.Integration.Tests.Infrastructure;
using Murano.Shared.Access;

namespace Murano.Integration.Tests.DeviceApi;

/// <summary>Whoever guesses learns nothing: what is unknown and what is wrong get the same bytes, and cost storage and processor the same.</summary>
public sealed partial class UnknownAndWrongTests(AzuriteFixture azurite)
{
    private const string Secret = "correct horse battery staple";
    private const string Guess = "another horse battery staple";
    private const string Known = "0123456789abcdef0123456789abcdef01234567";

    private readonly StorageProbe _probe = new();

    [Fact, Spec("a.2/2")]
    public async Task A_token()
    {
        await using var app = await StartAsync("token");
        using var person = SimulatedOperator.Of(app.Run);
        using var put = await person.SendAsync(HttpMethod.Put, "identity/sn-1", $$$"""{"auth":{"type":"token","key":"{{{Known}}}"}}""");
        Assert.True(put.IsSuccessStatusCode);
        await WarmUpAsync(app);

        var near = await AskAsync(app, $"X-Exosite-CIK: {Known[..^1]}8");
        var far = await AskAsync(app, "X-Exosite-CIK: zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz");
        var again = await AskAsync(app, $"X-Exosite-CIK: {Known[..^1]}8");

        AssertRefusedAlike(near, far);
        AssertRefusedAlike(near, again);
    }

    [Fact, Spec("f/2")]
    public async Task A_password()
    {
        await using var app = await StartAsync("password");
        using var person = SimulatedOperator.Of(app.Run);
        foreach (var (identity, change) in (IEnumerable<(string, string)>)
        [
            ("sn-1", $$$"""{"auth":{"type":"password","key":"{{{Secret}}}"}}"""),
            ("sn-2", $$$"""{"auth":{"type":"password","key":"{{{Secret}}}"},"locked":true}"""),
            ("sn-3", $$$"""{"auth":{"type":"token","key":"{{{Known}}}"}}"""),
            ("sn-4", "{}"),
        ])
        {
            using var put = await person.SendAsync(HttpMethod.Put, $"identity/{identity}", change);
            Assert.True(put.IsSuccessStatusCode);
        }

        await WarmUpAsync(app);
        var unknown = await AskAsync(app, Basic("sn-0", Guess));
        foreach (var identity in (string[])["sn-1", "sn-2", "sn-3", "sn-4"])
        {
            AssertRefusedAlike(unknown, await AskAsync(app, Basic(identity, Guess)));
        }

        // A second guess is no cheaper than the first, and with no place left to hash in, neither is answered.
        AssertRefusedAlike(unknown, await AskAsync(app, Basic("sn-1", Guess)));
        var verifier = app.Services.GetRequiredService<PasswordVerifier>();
        using (verifier.TryEnter())
        {
            AssertRefusedAlike(unknown, await AskAsync(app, Basic("sn-1", Guess)));
            AssertRefusedAlike(unknown, await AskAsync(app, Basic("sn-0", Guess)));
            using var other = verifier.TryEnter();
            var (reply, work) = await AskAsync(app, Basic("sn-0", Guess));
            Assert.StartsWith("HTTP/1.1 429 ", reply, StringComparison.Ordinal);
            foreach (var identity in (string[])["sn-1", "sn-2", "sn-3", "sn-4"])
            {
                Assert.Equal((reply, work), await AskAsync(app, Basic(identity, Guess)));
            }
        }
    }

    [Theory, Spec("f/3"), Spec("f/4")]
    [InlineData("{\"provisioning\":{\"enabled\":false}}")]
    [InlineData("{\"provisioning\":{\"presenter_identity\":false}}")]
    public async Task A_certificate(string settings)
    {
        await using var app = await StartAsync("certificate");
        using var person = SimulatedOperator.Of(app.Run);
        using var first = Usable(TestCertificates.SelfSigned("CN=sn-1"));
        using var wrong = Usable(TestCertificates.SelfSigned("CN=sn-1"));
        using var unknown = Usable(TestCertificates.SelfSigned("CN=sn-0"));
        Assert.StartsWith("HTTP/1.1 204 ", (await AskAsync(app, "X: 1", first)).Reply, StringComparison.Ordinal);
        await person.PatchSettingsAsync(settings);
        Assert.StartsWith("HTTP/1.1 204 ", (await AskAsync(app, "X: 1", first)).Reply, StringComparison.Ordinal);

        AssertRefusedAlike(await AskAsync(app, "X: 1", unknown), await AskAsync(app, "X: 1", wrong));
        AssertRefusedAlike(await AskAsync(app, "X: 1", unknown), await AskAsync(app, "X: 1", wrong));
    }

    // What differs between two requests for two devices all the same: the date, the device's name and the hash of its credential.
    [GeneratedRegex("sn-[0-9]|[0-9a-f]{64}|(?<=Date: )[^\r]*")]
    private static partial Regex Own();

    private static void AssertRefusedAlike((string Reply, string Work) one, (string Reply, string Work) other)
    {
        Assert.StartsWith("HTTP/1.1 401 ", one.Reply, StringComparison.Ordinal);
        Assert.NotEmpty(one.Work);
        Assert.Equal(one, other);
    }

    private static string Basic(string identity, string password) => "Authorization: Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{identity}:{password}"));

    // Some platforms' TLS wants a key that came with a file.
    private static X509Certificate2 Usable(X509Certificate2 certificate)
    {
        using (certificate)
        {
            return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
        }
    }

    // Settings are in memory from here on, so that no request has to fetch them.
    private async Task WarmUpAsync(TestApp app) => _ = await AskAsync(app, "X-Exosite-CIK: " + Known);

    /// <summary>A write over HTTPS: its reply, and what storage was asked for, without what is a device's own.</summary>
    private async Task<(string Reply, string Work)> AskAsync(TestApp app, string credential, X509Certificate2? certificate = null)
    {
        using var ca = X509CertificateLoader.LoadCertificateFromFile(app.Run.Ca);
        await using var connection = await RawHttp.ConnectAsync(app.Https, new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            LocalCertificateSelectionCallback = certificate is null ? null : (_, _, _, _, _) => certificate,
            CertificateChainPolicy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { ca }, RevocationMode = X509RevocationMode.NoCheck },
        });
        _probe.Reset();
        await connection.SendAsync(string.Create(CultureInfo.InvariantCulture, $"POST /onep:v1/stack/alias HTTP/1.1\r\nHost: {SimulatedDevice.HostOf(app)}\r\n{credential}\r\nContent-Length: 6\r\n\r\ntemp=1"));
        var reply = await connection.ReadReplyAsync();
        return (Own().Replace(reply.ToString(), "?"), Own().Replace(string.Join('\n', _probe.Requests), "?"));
    }

    private async Task<TestApp> StartAsync(string type)
    {
        var app = await TestApp.StartAsync(azurite, new TestAppOptions { Time = new FakeTimeProvider(TestCertificates.Now), Policies = [_probe] });
        using var person = SimulatedOperator.Of(app.Run);
        await person.DefineAsync("""{"temp":{"format":"string"}}""");
        await person.PatchSettingsAsync($$$"""{"provisioning":{"auth_type":"{{{type}}}"}}""");
        return app;
    }
}
