using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Murano.Integration.Tests.Infrastructure;

namespace Murano.Integration.Tests.Hosting;

public sealed class FrontEndTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Headers_that_only_the_front_end_may_set_do_not_come_through()
    {
        await using var app = await RequestApp.StartAsync(azurite, new());

        var reply = await RawHttp.ExchangeAsync(
            app.Http,
            "GET /show HTTP/1.1\r\nHost: any.example\r\nX-ARR-ClientCert: forged\r\nx-arr-clientcert: again\r\nX-Forwarded-For: 1.2.3.4\r\nX-Forwarded-Proto: http\r\n"
            + "X-Forwarded-Host: evil\r\nForwarded: for=1.2.3.4\r\nTE: trailers\r\nX-Original-For: 1.2.3.4\r\nX-Real-IP: 1.2.3.4\r\nX-Exosite-CIK: \r\n\r\n");

        Assert.Equal("https any.example 127.0.0.1\nHost: any.example\nX-Real-IP: 1.2.3.4\nX-Exosite-CIK: ", reply.Text);
    }

    [Fact]
    public async Task Plain_http_counts_as_https_but_for_devmode_names()
    {
        await using var app = await RequestApp.StartAsync(azurite, new());
        var port = app.Http.Port;

        Assert.StartsWith("http ", await SchemeOfAsync(app, $"abc.devmode-m2.localhost:{port}"), StringComparison.Ordinal);
        Assert.StartsWith("http ", await SchemeOfAsync(app, "ABC.Devmode-M2.localhost"), StringComparison.Ordinal);
        Assert.StartsWith("https ", await SchemeOfAsync(app, $"abc.m2.localhost:{port}"), StringComparison.Ordinal);
        Assert.StartsWith("https ", await SchemeOfAsync(app, "127.0.0.1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_certificate_is_handed_on()
    {
        await using var app = await RequestApp.StartAsync(azurite, new());
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=device", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1)); // long expired: the app decides
        using var client = app.CreateHttpsClient(certificate);

        var seen = await client.GetStringAsync(new Uri("/show", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Contains($"X-ARR-ClientCert: {Convert.ToBase64String(certificate.RawData)}", seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_client_certificate_there_is_no_header()
    {
        await using var app = await RequestApp.StartAsync(azurite, new());
        using var client = app.CreateHttpsClient();
        client.DefaultRequestHeaders.Add("X-ARR-ClientCert", "forged");

        var seen = await client.GetStringAsync(new Uri("/show", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.StartsWith("https localhost:", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("X-ARR-ClientCert", seen, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<string> SchemeOfAsync(TestApp app, string host) =>
        (await RawHttp.ExchangeAsync(app.Http, $"GET /show HTTP/1.1\r\nHost: {host}\r\n\r\n")).Text;
}
