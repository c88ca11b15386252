using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Murano.Integration.Tests.Infrastructure;
using Murano.Shared.Access;
using Murano.Shared.Connectors;
using Murano.Shared.Identities;
using Murano.Shared.Storage;

namespace Murano.Integration.Tests.Devices;

/// <summary>Polls of password and certificate devices whose credential ends under them. The clock stands still, so what ends was woken.</summary>
public sealed class PollAccessTests(AzuriteFixture azurite)
{
    private const string Secret = "correct horse battery staple";
    private const string Other = "another horse battery staple";

    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(200);

    [Fact, Spec("a.3/9")]
    public async Task Another_password_ends_the_poll_and_the_same_again_does_not()
    {
        await using var fleet = await StartAsync("password");
        await fleet.One.ActivateAsync("sn-1", Secret).Ok();
        var poll = fleet.One.PollAsync(Instance.Basic("sn-1", Secret), Wait, "led");
        await fleet.One.HeldAsync(1);

        await fleet.One.PutAsync(fleet.Connector, "sn-1", new IdentityChange { AuthType = AuthType.Password, Key = Secret }).Ok();
        await fleet.One.HeldAsync(1);
        await fleet.One.PutAsync(fleet.Connector, "sn-1", new IdentityChange { AuthType = AuthType.Password, Key = Other }).Ok();

        Assert.Equal("replaced", await poll.FailedAsync());
        await fleet.One.HeldAsync(0);
    }

    [Theory, Spec("a.3/9")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Another_certificate_ends_the_poll(bool byHand)
    {
        using var one = TestCertificates.SelfSigned("CN=sn-1");
        using var two = TestCertificates.SelfSigned("CN=sn-1");
        await using var fleet = await StartAsync("certificate");
        var poll = fleet.One.PollAsync(Present(one), Wait, "led");
        await fleet.One.HeldAsync(1);

        if (byHand)
        {
            await fleet.One.PutAsync(fleet.Connector, "sn-1", new IdentityChange { AuthType = AuthType.Certificate, Key = two.ExportCertificatePem() }).Ok();
        }
        else
        {
            await fleet.One.PatchAsync(fleet.Connector, "sn-1", new IdentityChange { Reprovision = true }).Ok();
            await fleet.One.WriteAsync(Present(two), ("temp", "1")).Ok();
        }

        Assert.Equal("replaced", await poll.FailedAsync());
    }

    [Fact]
    public async Task A_change_of_the_CA_ends_the_poll_at_its_next_look_so_that_the_certificate_is_shown_again()
    {
        using var ca = TestCertificates.Authority("Maker");
        using var certificate = TestCertificates.Issued(ca, "CN=sn-1");
        await using var fleet = await StartAsync("certificate");
        var other = fleet.Scale();
        await fleet.PatchAsync($$$"""{"pki":{"enabled":true,"client_ca":{{{JsonSerializer.Serialize(ca.ExportCertificatePem())}}}}}""");
        var poll = other.PollAsync(Present(certificate), Wait, "led");
        await other.HeldAsync(1);

        await fleet.PatchAsync("""{"pki":{"enabled":false}}""");
        fleet.Time.Advance(TimeSpan.FromSeconds(25));

        Assert.Equal("pki-changed", await poll.FailedAsync());
    }

    /// <summary>The transaction is stored and its reply lost, in all tries: the operator is told that storage is not to be had, and the device is shut out all the same.</summary>
    [Fact]
    public async Task A_lock_of_which_nobody_knows_whether_it_is_stored_ends_the_poll()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var token = await fleet.One.ActivateAsync("sn-1").Ok();
        var poll = fleet.One.PollAsync(token, Wait, "led");
        await fleet.One.HeldAsync(1);

        var lost = 0;
        fleet.One.Probe.Interfere = (_, request) => request.Uri.Path.EndsWith("$batch", StringComparison.Ordinal) && lost++ < 3 ? (lost == 1 ? StorageFault.LostReply : StorageFault.Refused) : StorageFault.None;
        await Assert.ThrowsAsync<StorageUnavailableException>(() => fleet.One.PatchAsync(fleet.Connector, "sn-1", new IdentityChange { Locked = true }));

        Assert.Equal("locked", await poll.FailedAsync());
    }

    private static PresentedCredential.Certificate Present(X509Certificate2 certificate)
    {
        Assert.True(DeviceCertificate.TryRead(certificate.RawData, out var read));
        return new(read);
    }

    private async Task<Fleet> StartAsync(string type)
    {
        var fleet = await Fleet.StartAsync(azurite);
        await fleet.PatchAsync($$$"""{"provisioning":{"auth_type":"{{{type}}}"}}""");
        return fleet;
    }
}
