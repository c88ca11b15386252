using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Murano.Integration.Tests.Infrastructure;

namespace Murano.Integration.Tests.DeviceApi;

/// <summary>Passwords and client certificates over HTTP, from the firmware's and the operator's side.</summary>
public sealed class CredentialTests(AzuriteFixture azurite)
{
    private const string Secret = "correct horse battery staple";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact, Spec("f/2"), Spec("a.5/4"), Spec("a.3/4"), Spec("a.11/3")]
    public async Task A_password_device_lives()
    {
        await using var app = await StartAsync("password");
        using var person = SimulatedOperator.Of(app.Run);

        Assert.Equal(HttpStatusCode.BadRequest, await ActivateAsync(app, "id=sn-1&password=1234567890123456789"));
        Assert.Equal(HttpStatusCode.NoContent, await ActivateAsync(app, "id=sn-1&password=" + Uri.EscapeDataString(Secret)));
        Assert.Equal(HttpStatusCode.Conflict, await ActivateAsync(app, "id=sn-1&password=" + Uri.EscapeDataString(Secret)));
        Assert.Equal(HttpStatusCode.NoContent, await WriteAsync(app.Client, app, "sn-1", Secret));
        Assert.Equal(HttpStatusCode.Unauthorized, await WriteAsync(app.Client, app, "sn-1", Secret + "!"));
        Assert.Equal(HttpStatusCode.Unauthorized, await WriteAsync(app.Client, app, "sn-2", Secret));

        using var put = await person.SendAsync(HttpMethod.Put, "identity/sn-2", """{"auth":{"type":"password","key":"another horse battery staple"}}""");
        Assert.Equal(HttpStatusCode.NoContent, put.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, await WriteAsync(app.Client, app, "sn-2", "another horse battery staple"));
        using var shown = await person.SendAsync(HttpMethod.Get, "identity/sn-2", null);
        var json = await shown.Content.ReadAsStringAsync(Token);
        Assert.Contains("\"type\":\"password\"", json, StringComparison.Ordinal);
        Assert.DoesNotContain("horse", json + app.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("pbkdf2", json + app.Log.Text, StringComparison.Ordinal);
    }

    [Fact, Spec("f/3"), Spec("f/4"), Spec("a.3/5"), Spec("a.5/18")]
    public async Task A_certificate_device_lives()
    {
        await using var app = await StartAsync("certificate");
        using var person = SimulatedOperator.Of(app.Run);
        using var one = Usable(TestCertificates.SelfSigned("CN=sn-1"));
        using var two = Usable(TestCertificates.SelfSigned("CN=sn-1"));
        using var first = app.CreateHttpsClient(one);
        using var second = app.CreateHttpsClient(two);

        Assert.Equal(HttpStatusCode.NoContent, await WriteAsync(first, app));
        Assert.Equal(HttpStatusCode.Unauthorized, await WriteAsync(second, app));
        using (var shown = await person.SendAsync(HttpMethod.Get, "identity/sn-1", null))
        {
            Assert.Contains("\"type\":\"certificate\"", await shown.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        }

        // A key without a type is a certificate: so the command line sends it.
        using var patched = await person.SendAsync(HttpMethod.Patch, "identity/sn-1", JsonSerializer.Serialize(new { auth = new { key = two.ExportCertificatePem() } }));
        Assert.Equal(HttpStatusCode.NoContent, patched.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await WriteAsync(first, app));
        Assert.Equal(HttpStatusCode.NoContent, await WriteAsync(second, app));

        using var ca = TestCertificates.Authority("Maker");
        using var issued = Usable(TestCertificates.Issued(ca, "CN=sn-1"));
        using var third = app.CreateHttpsClient(issued);
        using var set = await person.SendAsync(HttpMethod.Patch, "", JsonSerializer.Serialize(new { pki = new { enabled = true, client_ca = ca.ExportCertificatePem() } }));
        Assert.True(set.IsSuccessStatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await WriteAsync(second, app));
        Assert.Equal(HttpStatusCode.NoContent, await WriteAsync(third, app));
    }

    [Fact, Spec("a.3/5"), Spec("azure.3/4")]
    public async Task A_header_that_the_client_sets_itself_is_not_heard()
    {
        await using var app = await StartAsync("certificate");
        using var certificate = Usable(TestCertificates.SelfSigned("CN=sn-1"));
        using var device = app.CreateHttpsClient(certificate);
        using var plain = app.CreateHttpsClient();
        Assert.Equal(HttpStatusCode.NoContent, await WriteAsync(device, app));

        foreach (var client in (HttpClient[])[app.Client, plain])
        {
            client.DefaultRequestHeaders.Add("X-ARR-ClientCert", Convert.ToBase64String(certificate.RawData));
            Assert.Equal(HttpStatusCode.Unauthorized, await WriteAsync(client, app));
        }
    }

    [Fact, Spec("a.3/5"), Spec("azure.3/4")]
    public async Task Where_the_platform_is_not_trusted_no_certificate_is_heard()
    {
        await using var app = await StartAsync("certificate", "false");
        using var certificate = Usable(TestCertificates.SelfSigned("CN=sn-1"));
        using var device = app.CreateHttpsClient(certificate);

        Assert.Equal(HttpStatusCode.Unauthorized, await WriteAsync(device, app));
    }

    [Fact, Spec("c.4/11")]
    public async Task A_connector_makes_up_identities_where_it_is_told_to()
    {
        await using var app = await StartAsync("token");
        using var person = SimulatedOperator.Of(app.Run);
        Assert.Equal(HttpStatusCode.BadRequest, await ActivateAsync(app, ""));
        using var set = await person.SendAsync(HttpMethod.Patch, "", """{"provisioning":{"generate_identity":true,"presenter_identity":false},"identity_format":{"type":"base10","prefix":"sn","options":{"length":1}}}""");
        Assert.True(set.IsSuccessStatusCode);

        Assert.Equal(HttpStatusCode.OK, await ActivateAsync(app, ""));
        Assert.Equal(HttpStatusCode.OK, await ActivateAsync(app, "id="));
        Assert.Equal(HttpStatusCode.NotFound, await ActivateAsync(app, "id=sn77"));

        using var list = await person.SendAsync(HttpMethod.Get, "identity/", null);
        Assert.Matches("\"sn[0-9]\".*\"sn[0-9]\"", await list.Content.ReadAsStringAsync(Token));
    }

    private static FakeTimeProvider Clock() => new(TestCertificates.Now);

    // Some platforms' TLS wants a key that came with a file.
    private static X509Certificate2 Usable(X509Certificate2 certificate)
    {
        using (certificate)
        {
            return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
        }
    }

    private static async Task<HttpStatusCode> ActivateAsync(TestApp app, string body)
    {
        using var request = Post(app, "/provision/activate", body);
        using var reply = await app.Client.SendAsync(request, Token);
        return reply.StatusCode;
    }

    private static async Task<HttpStatusCode> WriteAsync(HttpClient client, TestApp app, string? identity = null, string? password = null)
    {
        using var request = Post(app, "/onep:v1/stack/alias", "temp=1");
        if (identity is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{identity}:{password}")));
        }

        using var reply = await client.SendAsync(request, Token);
        return reply.StatusCode;
    }

    private static HttpRequestMessage Post(TestApp app, string address, string body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, UriKind.Relative)) { Content = new StringContent(body, Encoding.UTF8, "application/x-www-form-urlencoded") };

        // The certificate of LocalHost is for the name in the address; the connector's stands in the header, as in production.
        request.Headers.Host = SimulatedDevice.HostOf(app);
        return request;
    }

    private async Task<TestApp> StartAsync(string type, string? trust = null)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase) { ["Devices:TrustClientCertificate"] = trust };
        var app = await TestApp.StartAsync(azurite, new TestAppOptions { Time = Clock(), Settings = settings });
        using var person = SimulatedOperator.Of(app.Run);
        await person.DefineAsync("""{"temp":{"format":"string"}}""");
        using var reply = await person.SendAsync(HttpMethod.Patch, "", $$$"""{"provisioning":{"auth_type":"{{{type}}}"}}""");
        Assert.True(reply.IsSuccessStatusCode);
        return app;
    }
}
