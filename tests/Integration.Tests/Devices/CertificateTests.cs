using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Murano.Integration.Tests.Infrastructure;
using Murano.Shared;
using Murano.Shared.Access;
using Murano.Shared.Connectors;
using Murano.Shared.Identities;

namespace Murano.Integration.Tests.Devices;

/// <summary>Certificate devices against storage, on several instances.</summary>
public sealed class CertificateTests(AzuriteFixture azurite) : IDisposable
{
    private readonly X509Certificate2 _one = TestCertificates.SelfSigned("CN=sn-1");
    private readonly X509Certificate2 _two = TestCertificates.SelfSigned("CN=sn-1");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact, Spec("f/3"), Spec("a.5/18"), Spec("a.3/5")]
    public async Task The_first_use_provisions_and_then_only_the_same_one_passes()
    {
        await using var fleet = await StartAsync();
        var other = fleet.Scale();

        await fleet.One.WriteAsync(Present(_one), ("temp", "1")).Ok();

        Assert.Equal("temp=1", await other.ReadAsync(Present(_one), "temp").Ok());
        Assert.Equal("replaced", await other.WriteAsync(Present(_two), ("temp", "2")).FailedAsync());
        Assert.Equal("replaced", await fleet.One.WriteAsync(Present(_two), ("temp", "2")).FailedAsync());
        var device = await other.GetAsync(fleet.Connector, "sn-1").Ok();
        Assert.Equal((AuthType.Certificate, DeviceStatus.Provisioned), (device.AuthType, device.Status));
        Assert.Empty(await fleet.RowsAsync("todo"));
        Assert.Empty(await fleet.RowsAsync("credentials"));
    }

    [Theory, Spec("f/3")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_twenty_first_uses_at_once_on_two_instances_one_wins(bool same)
    {
        await using var fleet = await StartAsync();
        var other = fleet.Scale();
        var certificates = Enumerable.Range(0, 20).Select(_ => same ? X509CertificateLoader.LoadCertificate(_one.RawData) : TestCertificates.SelfSigned("CN=sn-1")).ToList();

        var outcomes = await Task.WhenAll(certificates.Select((certificate, i) => Task.Run(() => (i % 2 == 0 ? fleet.One : other).WriteAsync(Present(certificate), ("temp", "1")))));

        Assert.Equal(same ? 20 : 1, outcomes.Count(outcome => outcome.TryGet(out _, out _)));
        Assert.All(outcomes.Where(outcome => !outcome.TryGet(out _, out _)), outcome => Assert.Equal("replaced", outcome.Failed().Reason));
        Assert.Single(await fleet.RowsAsync("devices"), row => row.RowKey.StartsWith("live!", StringComparison.Ordinal));
        Assert.Empty(await fleet.RowsAsync("todo"));
        certificates.ForEach(certificate => certificate.Dispose());
    }

    [Fact, Spec("f/4")]
    public async Task Under_a_CA_another_certificate_of_the_same_name_passes_and_without_it_the_stored_one()
    {
        await using var fleet = await StartAsync();
        using var ca = TestCertificates.Authority("Maker");
        using var first = TestCertificates.Issued(ca, "CN=sn-1");
        using var again = TestCertificates.Issued(ca, "CN=sn-1");
        await SetCaAsync(fleet, enabled: true, ca.ExportCertificatePem());

        Assert.Equal("certificate-issuer", await fleet.One.WriteAsync(Present(_one), ("temp", "1")).FailedAsync());
        await fleet.One.WriteAsync(Present(first), ("temp", "1")).Ok();
        var fence = Fence(await fleet.RowsAsync("devices"));
        await fleet.One.WriteAsync(Present(again), ("temp", "2")).Ok();
        Assert.Equal(fence, Fence(await fleet.RowsAsync("devices")));

        await SetCaAsync(fleet, enabled: false, ca.ExportCertificatePem());
        Assert.Equal("replaced", await fleet.One.WriteAsync(Present(again), ("temp", "3")).FailedAsync());
        await fleet.One.WriteAsync(Present(first), ("temp", "3")).Ok();

        // Another CA is judged at once, though the device is warm.
        using var other = TestCertificates.Authority("Maker");
        await SetCaAsync(fleet, enabled: true, other.ExportCertificatePem());
        Assert.Equal("certificate-issuer", await fleet.One.WriteAsync(Present(first), ("temp", "4")).FailedAsync());
    }

    [Fact, Spec("f/3")]
    public async Task It_ends_with_its_last_second_though_the_device_is_warm()
    {
        await using var fleet = await StartAsync();
        using var brief = TestCertificates.SelfSigned("CN=sn-1", to: TestCertificates.Now.AddSeconds(3));
        using var later = TestCertificates.SelfSigned("CN=sn-2", from: TestCertificates.Now.AddSeconds(3));
        await fleet.One.WriteAsync(Present(brief), ("temp", "1")).Ok();
        Assert.Equal("certificate-not-yet", await fleet.One.WriteAsync(Present(later), ("temp", "1")).FailedAsync());

        fleet.Time.Advance(TimeSpan.FromSeconds(4));

        Assert.Equal("certificate-expired", await fleet.One.WriteAsync(Present(brief), ("temp", "2")).FailedAsync());
        await fleet.One.WriteAsync(Present(later), ("temp", "2")).Ok();
    }

    [Fact, Spec("a.5/7"), Spec("a.5/9"), Spec("a.5/11"), Spec("a.5/12"), Spec("a.5/13"), Spec("a.5/16"), Spec("a.5/17"), Spec("f/8")]
    public async Task First_use_goes_by_the_table_of_activation()
    {
        await using var fleet = await StartAsync();
        await fleet.PatchAsync("""{"provisioning":{"enabled":false}}""");
        Assert.Equal("provisioning-off", await fleet.One.WriteAsync(Present(_one), ("temp", "1")).FailedAsync());
        await fleet.PatchAsync("""{"provisioning":{"enabled":true,"presenter_identity":false}}""");
        Assert.Equal("not-whitelisted", await fleet.One.WriteAsync(Present(_one), ("temp", "1")).FailedAsync());
        await fleet.PatchAsync("""{"identity_format":{"prefix":"x"}}""");
        Assert.Equal("identity-format", await fleet.One.WriteAsync(Present(_one), ("temp", "1")).FailedAsync());
        await fleet.PatchAsync("""{"identity_format":{"prefix":""}}""");
        await fleet.One.PutAsync(fleet.Connector, "sn-1", new IdentityChange { Expire = 1 }).Ok();
        Assert.Equal("expired", await fleet.One.WriteAsync(Present(_one), ("temp", "1")).FailedAsync());
        await fleet.One.PutAsync(fleet.Connector, "sn-1", new IdentityChange { Expire = fleet.Time.GetUnixMicros() + 1, Locked = true }).Ok();
        Assert.Equal("locked", await fleet.One.WriteAsync(Present(_one), ("temp", "1")).FailedAsync());
        await fleet.One.PutAsync(fleet.Connector, "sn-1", new IdentityChange { Locked = false }).Ok();
        await fleet.PatchAsync("""{"provisioning":{"ip_whitelisting":{"enabled":true,"allowed":["198.51.100.0/24"]}}}""");
        Assert.Equal("address-not-allowed", await fleet.One.WriteAsync(Present(_one), ("temp", "1")).FailedAsync());
        await fleet.PatchAsync("""{"provisioning":{"ip_whitelisting":{"enabled":true,"allowed":["192.0.2.7"]}}}""");
        await fleet.One.WriteAsync(Present(_one), ("temp", "1")).Ok();
        await fleet.PatchAsync("""{"provisioning":{"ip_whitelisting":{"enabled":true,"allowed":[]}}}""");
        await fleet.One.WriteAsync(Present(_one), ("temp", "2")).Ok();
        await fleet.One.PatchAsync(fleet.Connector, "sn-1", new IdentityChange { Reprovision = true }).Ok();
        await fleet.One.WriteAsync(Present(_two), ("temp", "3")).Ok();
        Assert.Equal("replaced", await fleet.One.WriteAsync(Present(_one), ("temp", "4")).FailedAsync());
    }

    [Fact, Spec("b.4/17")]
    public async Task An_operator_sets_one_by_hand()
    {
        await using var fleet = await StartAsync();
        var pem = _one.ExportCertificatePem();
        await fleet.PatchAsync("""{"provisioning":{"enabled":false}}""");

        await fleet.One.PutAsync(fleet.Connector, "sn-1", new IdentityChange { AuthType = AuthType.Certificate, Key = pem }).Ok();

        await fleet.One.WriteAsync(Present(_one), ("temp", "1")).Ok();
        Assert.Equal("replaced", await fleet.One.WriteAsync(Present(_two), ("temp", "1")).FailedAsync());
        Assert.Equal("certificate-name", await fleet.One.PutAsync(fleet.Connector, "sn-2", new IdentityChange { AuthType = AuthType.Certificate, Key = pem }).FailedAsync());
    }

    [Fact]
    public async Task Cold_costs_two_and_warm_one()
    {
        await using var fleet = await StartAsync();
        await fleet.One.WriteAsync(Present(_one), ("temp", "1")).Ok();
        var instance = fleet.Scale();

        Assert.Equal(2, await instance.CountAsync(() => instance.WriteAsync(Present(_one), ("temp", "1"))));
        Assert.Equal(1, await instance.CountAsync(() => instance.WriteAsync(Present(_one), ("temp", "2"))));
        Assert.Equal(1, await instance.CountAsync(() => instance.WriteAsync(Present(_two), ("temp", "3"))));
        Assert.Equal(1, await instance.CountAsync(() => instance.WriteAsync(Present(_one), ("temp", "4"))));
    }

    [Fact]
    public async Task A_lost_reply_to_a_first_use_is_no_refusal_and_over_plain_http_there_is_none()
    {
        await using var fleet = await StartAsync();
        var lost = 0;
        fleet.One.Probe.Interfere = (_, request) =>
            request.Uri.Path.Contains("batch", StringComparison.Ordinal) && Interlocked.Increment(ref lost) == 1 ? StorageFault.LostReply : StorageFault.None;

        await fleet.One.WriteAsync(Present(_one), ("temp", "1")).Ok();

        var plain = new DeviceOrigin(IPAddress.Loopback, "", IsHttps: false);
        Assert.Equal("https-required", await fleet.One.Access.AuthenticateAsync(Present(_one), plain, Token).FailedAsync());
    }

    public void Dispose()
    {
        _one.Dispose();
        _two.Dispose();
    }

    private static PresentedCredential.Certificate Present(X509Certificate2 certificate)
    {
        Assert.True(DeviceCertificate.TryRead(certificate.RawData, out var read));
        return new(read);
    }

    private static string Fence(IEnumerable<Azure.Data.Tables.TableEntity> rows) => Assert.Single(rows, row => row.RowKey.StartsWith("live!", StringComparison.Ordinal)).RowKey;

    private static Task SetCaAsync(Fleet fleet, bool enabled, string pem) =>
        fleet.PatchAsync(JsonSerializer.Serialize(new { pki = new { enabled, client_ca = pem } }));

    private async Task<Fleet> StartAsync()
    {
        var fleet = await Fleet.StartAsync(azurite);
        await fleet.PatchAsync("""{"provisioning":{"auth_type":"certificate"}}""");
        return fleet;
    }
}
