using System.Net;
using Murano.Integration.Tests.Infrastructure;
using Murano.Shared.Access;

namespace Murano.Integration.Tests.Devices;

/// <summary>What a connector's settings mean for devices that have their token already.</summary>
public sealed class ConnectorSettingsTests(AzuriteFixture azurite)
{
    private static readonly IReadOnlyDictionary<string, string?> Domain = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase) { ["Devices:Domain"] = "m2.example.test" };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact, Spec("f/5")]
    public async Task Changing_the_kind_of_credential_leaves_provisioned_devices_alone()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var token = await fleet.One.ActivateAsync("sn-1").Ok();

        await fleet.PatchAsync("""{"provisioning":{"auth_type":"certificate"}}""");

        await fleet.One.WriteAsync(token, ("temp", "1")).Ok();
        Assert.Equal("wrong-kind", await fleet.One.ActivateAsync("sn-2").FailedAsync());
    }

    [Fact, Spec("f/8")]
    public async Task A_device_whose_identity_fits_no_longer_is_refused_on_each_request_until_it_fits_again()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var token = await fleet.One.ActivateAsync("sn-1").Ok();
        await fleet.One.WriteAsync(token, ("temp", "1")).Ok();

        await fleet.PatchAsync("""{"identity_format":{"type":"base10"}}""");
        Assert.Equal("identity-format", await fleet.One.WriteAsync(token, ("temp", "2")).FailedAsync());
        Assert.Equal("identity-format", await fleet.One.ReadAsync(token, "temp").FailedAsync());

        await fleet.PatchAsync("""{"identity_format":{"type":"opaque"}}""");
        Assert.Equal("temp=1", await fleet.One.ReadAsync(token, "temp").Ok());
    }

    [Fact, Spec("a.1/1"), Spec("a.1/4")]
    public async Task A_token_is_refused_under_the_host_name_of_another_connector()
    {
        await using var fleet = await Fleet.StartAsync(azurite, Domain);
        var token = await fleet.One.ActivateAsync("sn-1").Ok();
        var other = await fleet.One.Connectors.CreateAsync("Other", [], Token).Ok();

        Assert.True((await AskAsync(fleet.One, token, $"{fleet.Connector}.m2.example.test")).TryGet(out _, out _));
        Assert.Equal("wrong-host", (await AskAsync(fleet.One, token, $"{other.Id}.m2.example.test")).Failed().Reason);
        Assert.True((await AskAsync(fleet.One, token, "nobody.m2.example.test")).TryGet(out _, out _));
        Assert.True((await AskAsync(fleet.One, token, "m2.exosite.com")).TryGet(out _, out _));
    }

    [Fact]
    public async Task Strict_hosts_refuse_every_name_but_the_connectors_own()
    {
        await using var fleet = await Fleet.StartAsync(azurite, new Dictionary<string, string?>(Domain, StringComparer.OrdinalIgnoreCase) { ["Devices:StrictHost"] = "true" });
        var token = await fleet.Scale(plain: true).ActivateAsync("sn-1").Ok();

        Assert.True((await AskAsync(fleet.One, token, $"{fleet.Connector}.m2.example.test")).TryGet(out _, out _));
        Assert.Equal("wrong-host", (await AskAsync(fleet.One, token, "nobody.m2.example.test")).Failed().Reason);
        Assert.Equal("wrong-host", (await AskAsync(fleet.One, token, "m2.exosite.com")).Failed().Reason);
        Assert.Equal("unknown-connector", await fleet.One.ActivateAsync("sn-2").FailedAsync());
    }

    [Fact]
    public async Task Settings_changed_elsewhere_are_seen_within_ten_seconds()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var other = fleet.Scale();
        var token = await other.ActivateAsync("sn-1").Ok();
        await fleet.PatchAsync("""{"provisioning":{"enabled":false}}""");

        fleet.Time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal("provisioning-off", await other.ActivateAsync("sn-2").FailedAsync());
        await other.WriteAsync(token, ("temp", "1")).Ok();
    }

    private static async Task<Shared.Outcome<DeviceSession>> AskAsync(Instance instance, DeviceToken token, string host) =>
        await instance.Access.AuthenticateAsync(token, new DeviceOrigin(IPAddress.Loopback, host, IsHttps: true), Token);
}
