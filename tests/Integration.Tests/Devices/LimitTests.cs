using System.Globalization;
using System.Net;
using Murano.Integration.Tests.Infrastructure;
using Murano.Shared;
using Murano.Shared.Access;
using Murano.Shared.Connectors;
using Murano.Shared.Identities;

namespace Murano.Integration.Tests.Devices;

/// <summary>Limits on what strangers, and devices that run wild, may ask of one instance.</summary>
public sealed class LimitTests(AzuriteFixture azurite)
{
    private const string Secret = "correct horse battery staple";
    private const string Wrong = "another horse battery staple";

    private static readonly IPAddress Elsewhere = IPAddress.Parse("198.51.100.9");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Guesses_at_one_device_end_for_their_address_and_for_no_other()
    {
        await using var fleet = await StartAsync();
        await fleet.One.ActivateAsync("sn-1", Secret).Ok();
        await fleet.One.ActivateAsync("sn-2", Secret).Ok();
        var instance = fleet.Scale();
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal("wrong-password", await Write(instance, "sn-1", Wrong).FailedAsync());
        }

        var before = instance.Probe.Requests.Count;
        Assert.Equal(TimeSpan.FromSeconds(6), Later(await Write(instance, "sn-1", Wrong)));
        Assert.Equal(TimeSpan.FromSeconds(6), Later(await Write(instance, "sn-1", Secret)));
        Assert.Equal(before, instance.Probe.Requests.Count); // at once: storage was not asked
        await Write(instance, "sn-2", Secret).Ok();
        instance.Origin = instance.Origin with { Address = Elsewhere };
        await Write(instance, "sn-1", Secret).Ok();

        instance.Origin = instance.Origin with { Address = IPAddress.Parse("::ffff:192.0.2.7") };
        fleet.Time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal("wrong-password", await Write(instance, "sn-1", Wrong).FailedAsync());
        Later(await Write(instance, "sn-1", Wrong));
    }

    [Fact]
    public async Task What_held_lately_passes_whatever_others_do_from_its_address()
    {
        await using var fleet = await StartAsync();
        await fleet.One.ActivateAsync("sn-1", Secret).Ok();
        await Write(fleet.One, "sn-1", Secret).Ok();
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal("wrong-password", await Write(fleet.One, "sn-1", Wrong).FailedAsync());
        }

        Later(await Write(fleet.One, "sn-1", Wrong));
        await Write(fleet.One, "sn-1", Secret).Ok();
        fleet.Time.Advance(TimeSpan.FromSeconds(5.9)); // no credential is believed any longer
        Later(await Write(fleet.One, "sn-1", Wrong));
        await Write(fleet.One, "sn-1", Secret).Ok();
    }

    [Fact]
    public async Task Unknown_identities_are_counted_and_answered_as_wrong_passwords_are()
    {
        await using var fleet = await StartAsync();
        await fleet.One.ActivateAsync("sn-1", Secret).Ok();
        var instance = fleet.Scale();
        async Task<(string Reason, int Requests)> TryAsync(string identity)
        {
            var reason = "";
            var requests = await instance.CountAsync(async () => reason = await Write(instance, identity, Wrong).FailedAsync());
            return (reason, requests);
        }

        for (var i = 0; i < 12; i++)
        {
            var (known, unknown) = (await TryAsync("sn-1"), await TryAsync("nobody"));

            Assert.Equal((i < 10 ? "wrong-password" : "too-many-failures", i < 10 ? 1 : 0), known);
            Assert.Equal((i < 10 ? "unknown-identity" : "too-many-failures", known.Requests), unknown);
        }
    }

    [Fact]
    public async Task An_address_that_has_failed_too_often_gets_one_look_a_second_so_that_its_devices_come_in()
    {
        await using var fleet = await StartAsync(("Devices:FailuresPerMinute", "0"), ("Devices:FailuresPerAddressPerMinute", "5"));
        await fleet.One.ActivateAsync("sn-1", Secret).Ok();
        await fleet.PatchAsync("""{"provisioning":{"auth_type":"token"}}""");
        var token = await fleet.One.ActivateAsync("sn-2").Ok();
        var instance = fleet.Scale();
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal("unknown-token", await Write(instance, DeviceToken.New()).FailedAsync());
        }

        // A token is looked up, and if it is known, it passes.
        Assert.Equal(TimeSpan.FromSeconds(12), Later(await Write(instance, DeviceToken.New())));
        await Write(instance, token).Ok();

        // Of passwords the first one is looked at, the next in a second.
        Assert.Equal("unknown-identity", await Write(instance, "nobody", Wrong).FailedAsync());
        Assert.Equal(TimeSpan.FromSeconds(1), Later(await Write(instance, "sn-1", Secret)));
        fleet.Time.Advance(TimeSpan.FromSeconds(1));
        await Write(instance, "sn-1", Secret).Ok();
        for (var i = 0; i < 3; i++)
        {
            fleet.Time.Advance(TimeSpan.FromSeconds(0.1));
            await Write(instance, "sn-1", Secret).Ok(); // it is known here now
        }

        // Elsewhere all is as ever, and here again when a minute has passed.
        instance.Origin = instance.Origin with { Address = Elsewhere };
        Assert.Equal("unknown-token", await Write(instance, DeviceToken.New()).FailedAsync());
        instance.Origin = fleet.One.Origin;
        fleet.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("unknown-token", await Write(instance, DeviceToken.New()).FailedAsync());
    }

    [Fact]
    public async Task Right_credentials_of_refused_devices_are_no_failures_and_neither_are_conflicts()
    {
        await using var fleet = await StartAsync(("Devices:FailuresPerMinute", "1"), ("Devices:FailuresPerAddressPerMinute", "1"));
        await fleet.One.ActivateAsync("sn-1", Secret).Ok();
        await fleet.One.PatchAsync(fleet.Connector, "sn-1", new IdentityChange { Locked = true }).Ok();
        using var certificate = TestCertificates.SelfSigned("CN=sn-2");
        await fleet.PatchAsync("""{"provisioning":{"auth_type":"certificate","enabled":false}}""");
        Assert.True(DeviceCertificate.TryRead(certificate.RawData, out var read));
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal("locked", await Write(fleet.One, "sn-1", Secret).FailedAsync());
            Assert.Equal("provisioning-off", await Write(fleet.One, new PresentedCredential.Certificate(read)).FailedAsync());
        }

        await fleet.PatchAsync("""{"provisioning":{"auth_type":"password","enabled":true}}""");
        await fleet.One.PutAsync(fleet.Connector, "sn-3", new IdentityChange { Expire = 1 }).Ok();
        await fleet.One.PatchAsync(fleet.Connector, "sn-1", new IdentityChange { Locked = false }).Ok();
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal("already-provisioned", await fleet.One.ActivateAsync("sn-1", Wrong).FailedAsync());
            Assert.Equal("expired", await fleet.One.ActivateAsync("sn-3", Wrong).FailedAsync());
        }

        Assert.Equal("wrong-password", await Write(fleet.Scale(), "sn-1", Wrong).FailedAsync());
        Assert.Equal("wrong-password", await Write(fleet.One, "sn-1", Wrong).FailedAsync());
        Later(await Write(fleet.One, "sn-1", Wrong));
    }

    [Fact]
    public async Task Certificates_that_are_not_the_device_s_count()
    {
        await using var fleet = await StartAsync(("Devices:FailuresPerMinute", "3"));
        await fleet.PatchAsync("""{"provisioning":{"auth_type":"certificate"}}""");
        using var own = TestCertificates.SelfSigned("CN=sn-1");
        using var foreign = TestCertificates.SelfSigned("CN=sn-1");
        Assert.True(DeviceCertificate.TryRead(own.RawData, out var right));
        Assert.True(DeviceCertificate.TryRead(foreign.RawData, out var wrong));
        await Write(fleet.One, new PresentedCredential.Certificate(right)).Ok();
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("replaced", await Write(fleet.One, new PresentedCredential.Certificate(wrong)).FailedAsync());
        }

        Later(await Write(fleet.One, new PresentedCredential.Certificate(wrong)));
        await Write(fleet.One, new PresentedCredential.Certificate(right)).Ok();
        Later(await Write(fleet.Scale(), new PresentedCredential.Certificate(wrong), times: 4));

        await fleet.PatchAsync("""{"provisioning":{"presenter_identity":false}}""");
        using var stranger = TestCertificates.SelfSigned("CN=sn-9");
        Assert.True(DeviceCertificate.TryRead(stranger.RawData, out var unknown));
        Later(await Write(fleet.Scale(), new PresentedCredential.Certificate(unknown), times: 4));
    }

    [Fact]
    public async Task Zero_is_no_limit()
    {
        await using var fleet = await StartAsync(("Devices:FailuresPerMinute", "0"), ("Devices:FailuresPerAddressPerMinute", "0"));
        for (var i = 0; i < 120; i++)
        {
            Assert.Equal("unknown-token", await Write(fleet.One, DeviceToken.New()).FailedAsync());
        }

        for (var i = 0; i < 12; i++)
        {
            Assert.Equal("unknown-identity", await Write(fleet.One, "nobody", Wrong).FailedAsync());
        }
    }

    [Fact]
    public async Task An_address_makes_so_many_identities_a_minute_in_a_connector_and_whitelisted_ones_are_free()
    {
        await using var fleet = await StartAsync(("Devices:NewIdentitiesPerMinute", "3"));
        await fleet.PatchAsync("""{"provisioning":{"auth_type":"token"}}""");
        await fleet.One.PutAsync(fleet.Connector, "known-1", new IdentityChange()).Ok();
        await fleet.One.PutAsync(fleet.Connector, "known-2", new IdentityChange()).Ok();
        await fleet.One.ActivateAsync("known-1").Ok();
        for (var i = 0; i < 3; i++)
        {
            await fleet.One.ActivateAsync(string.Create(CultureInfo.InvariantCulture, $"sn-{i}")).Ok();
            Assert.Equal("already-provisioned", await fleet.One.ActivateAsync("sn-0").FailedAsync());
        }

        var before = await fleet.One.DumpAsync();
        Assert.Equal(TimeSpan.FromSeconds(20), Later(await fleet.One.ActivateAsync("sn-9")));
        Assert.Equal(before, await fleet.One.DumpAsync());
        await fleet.One.ActivateAsync("known-2").Ok();
        Assert.Equal("already-provisioned", await fleet.One.ActivateAsync("sn-1").FailedAsync());

        // One that the connector makes up is new, too; so is one that comes with a password or certificate.
        await fleet.PatchAsync("""{"provisioning":{"generate_identity":true}}""");
        Later(await fleet.One.ActivateAsync((string?)null));
        await fleet.PatchAsync("""{"provisioning":{"auth_type":"password"}}""");
        Later(await fleet.One.ActivateAsync("sn-9", Secret));
        await fleet.PatchAsync("""{"provisioning":{"auth_type":"certificate"}}""");
        using var certificate = TestCertificates.SelfSigned("CN=sn-9");
        Assert.True(DeviceCertificate.TryRead(certificate.RawData, out var read));
        Later(await Write(fleet.One, new PresentedCredential.Certificate(read)));
        await fleet.PatchAsync("""{"provisioning":{"auth_type":"token"}}""");

        fleet.One.Origin = fleet.One.Origin with { Address = Elsewhere };
        await fleet.One.ActivateAsync("sn-8").Ok();
        fleet.One.Origin = new DeviceOrigin(IPAddress.Parse("192.0.2.7"), "", IsHttps: true);
        fleet.Time.Advance(TimeSpan.FromSeconds(20));
        await fleet.One.ActivateAsync("sn-9").Ok();
        Later(await fleet.One.ActivateAsync("sn-10"));
    }

    [Fact]
    public async Task Another_connector_has_a_count_of_its_own_and_refusals_do_not_count()
    {
        await using var fleet = await StartAsync(("Devices:NewIdentitiesPerMinute", "2"), ("Devices:Domain", "m2.example.test"));
        await fleet.PatchAsync("""{"provisioning":{"auth_type":"token","enabled":false}}""");
        Assert.Equal("provisioning-off", await fleet.One.ActivateAsync("sn-0").FailedAsync());
        await fleet.PatchAsync("""{"provisioning":{"enabled":true}}""");
        await fleet.One.ActivateAsync("sn-1").Ok();
        await fleet.One.ActivateAsync("sn-2").Ok();
        Later(await fleet.One.ActivateAsync("sn-3"));

        var other = await fleet.One.Connectors.CreateAsync("Other", [], Token).Ok();
        fleet.One.Origin = fleet.One.Origin with { Host = $"{other.Id}.m2.example.test" };
        await fleet.One.ActivateAsync("sn-3").Ok();
    }

    [Fact]
    public async Task A_device_asks_so_often_and_others_are_not_concerned()
    {
        await using var fleet = await StartAsync(("Devices:RequestsPerMinute", "6"));
        await fleet.PatchAsync("""{"provisioning":{"auth_type":"token"}}""");
        var (one, two) = (await fleet.One.ActivateAsync("sn-1").Ok(), await fleet.One.ActivateAsync("sn-2").Ok());
        for (var i = 0; i < 3; i++)
        {
            await Write(fleet.One, one).Ok();
            await fleet.One.ReadAsync(one, "temp").Ok();
        }

        var before = await fleet.One.DumpAsync();
        Assert.Equal(TimeSpan.FromSeconds(10), Later(await Write(fleet.One, one), "too-many-requests"));
        Assert.Equal(before, await fleet.One.DumpAsync());
        await Write(fleet.One, two).Ok();
        await Write(fleet.Scale(), one).Ok(); // each instance counts for itself
        fleet.Time.Advance(TimeSpan.FromSeconds(10));
        await Write(fleet.One, one).Ok();
    }

    [Fact]
    public async Task Passwords_that_operators_set_wait_for_a_place_to_be_hashed()
    {
        await using var fleet = await StartAsync();
        var verifier = fleet.One.Get<PasswordVerifier>();
        var change = new IdentityChange { AuthType = AuthType.Password, Key = Secret };
        var before = await fleet.One.DumpAsync();
        using (verifier.TryEnter())
        using (verifier.TryEnter())
        {
            Later(await fleet.One.PutAsync(fleet.Connector, "sn-1", change), "too-many-hashes");
            Assert.Equal(before, await fleet.One.DumpAsync());
            await fleet.One.PutAsync(fleet.Connector, "sn-2", new IdentityChange()).Ok(); // nothing to hash
        }

        await fleet.One.PutAsync(fleet.Connector, "sn-1", change).Ok();
        await Write(fleet.One, "sn-1", Secret).Ok();
        using (verifier.TryEnter())
        using (verifier.TryEnter())
        {
            await fleet.One.PutAsync(fleet.Connector, "sn-1", change).Ok(); // known to be the same
            Later(await fleet.One.PutAsync(fleet.Connector, "sn-1", change with { Key = Wrong }), "too-many-hashes");
        }

        await Write(fleet.One, "sn-1", Secret).Ok();
        Assert.Empty(await fleet.RowsAsync("todo"));
    }

    private static Task<Outcome<Done>> Write(Instance instance, string identity, string password) => Write(instance, Instance.Basic(identity, password));

    private static async Task<Outcome<Done>> Write(Instance instance, PresentedCredential presented, int times = 1)
    {
        var outcome = await instance.WriteAsync(presented, ("temp", "1"));
        return times == 1 ? outcome : await Write(instance, presented, times - 1);
    }

    private static TimeSpan Later<T>(Outcome<T> outcome, string? reason = null)
        where T : notnull
    {
        var failure = Assert.IsType<Failure.TooMany>(outcome.Failed());
        Assert.True(failure.RetryAfter > TimeSpan.Zero);
        Assert.Equal(reason ?? failure.Reason, failure.Reason);
        return failure.RetryAfter;
    }

    private async Task<Fleet> StartAsync(params (string Key, string? Value)[] settings)
    {
        var fleet = await Fleet.StartAsync(azurite, settings.ToDictionary(setting => setting.Key, setting => setting.Value, StringComparer.OrdinalIgnoreCase));
        await fleet.PatchAsync("""{"provisioning":{"auth_type":"password"}}""");
        return fleet;
    }
}
