using System.Net;
using Murano.Shared;
using Murano.Shared.Connectors;
using Murano.Shared.Identities;
using Murano.Shared.Provisioning;
using Murano.Shared.Storage;

namespace Murano.Unit.Tests.Provisioning;

public sealed class ProvisioningRulesTests
{
    private const long Now = 1_700_000_000_000_000;

    private static readonly DeviceKey Key = MakeKey();
    private static readonly ConnectorSettings Open = new();

    private static DeviceKey MakeKey()
    {
        Assert.True(ConnectorId.TryParse("abc", out var connector));
        Assert.True(IdentityId.TryParse("12", out var identity));
        return new DeviceKey(connector, identity);
    }

    private static Failure? Ask(ConnectorSettings settings, DeviceHeader? header) => ProvisioningRules.WhyNot(settings, new(Key.Identity, AuthType.Token, IPAddress.Loopback), header, Now);

    private static Failure? Ask(AuthType type, ProvisioningSettings provisioning, DeviceHeader? header, string format = "") =>
        ProvisioningRules.WhyNot(
            Open with { Provisioning = provisioning with { AuthType = type }, IdentityFormat = new() { Prefix = format } },
            new(Key.Identity, type, IPAddress.Parse("192.0.2.7")),
            header is null ? null : header with { AuthType = type },
            Now);

    private static DeviceHeader Header(DeviceStatus status) => new() { Key = Key, Status = status };

    [Fact, Spec("a.5/7")]
    public void Provisioning_off() => Assert.IsType<Failure.NotFound>(Ask(Open with { Provisioning = new() { Enabled = false } }, null));

    [Fact, Spec("a.5/8")]
    public void Identity_of_another_format() => Assert.IsType<Failure.NotFound>(Ask(Open with { IdentityFormat = new() { Prefix = "x" } }, null));

    [Fact, Spec("a.5/10")]
    public void Unknown_identity_that_may_present_itself() => Assert.Null(Ask(Open, null));

    [Fact, Spec("a.5/11")]
    public void Unknown_identity_that_may_not() => Assert.IsType<Failure.NotFound>(Ask(Open with { Provisioning = new() { PresenterIdentity = false } }, null));

    [Fact, Spec("a.5/12")]
    public void Whitelisted_with_an_open_window() => Assert.Null(Ask(Open with { Provisioning = new() { PresenterIdentity = false } }, Header(DeviceStatus.Whitelisted) with { Expire = Now + 1 }));

    [Fact, Spec("a.5/13")]
    public void Whitelisted_with_a_window_that_passed() => Assert.IsType<Failure.Conflict>(Ask(Open, Header(DeviceStatus.Whitelisted) with { Expire = Now }));

    [Fact, Spec("a.5/14")]
    public void Provisioned_already() => Assert.IsType<Failure.Conflict>(Ask(Open, Header(DeviceStatus.Provisioned)));

    [Fact, Spec("a.5/16")]
    public void Provisioned_with_reprovision() => Assert.Null(Ask(Open, Header(DeviceStatus.Provisioned) with { Reprovision = true }));

    [Fact, Spec("a.5/17")]
    public void Locked() => Assert.IsType<Failure.Unauthorized>(Ask(Open, Header(DeviceStatus.Whitelisted) with { Locked = true }));

    [Fact, Spec("a.5/18")]
    public void Certificate_connector() => Assert.IsType<Failure.NotFound>(Ask(Open with { Provisioning = new() { AuthType = AuthType.Certificate } }, null));

    [Theory]
    [Spec("a.5/7"), Spec("a.5/8"), Spec("a.5/9"), Spec("a.5/10"), Spec("a.5/11"), Spec("a.5/12"), Spec("a.5/13"), Spec("a.5/14"), Spec("a.5/16"), Spec("a.5/17")]
    [InlineData(AuthType.Token)]
    [InlineData(AuthType.Password)]
    [InlineData(AuthType.Certificate)]
    public void The_table_is_the_same_for_each_kind_of_credential(AuthType type)
    {
        var whitelisted = Header(DeviceStatus.Whitelisted);
        var provisioned = Header(DeviceStatus.Provisioned);
        var here = new ProvisioningSettings { AddressListEnabled = true, AllowedAddresses = ["192.0.2.0/24"] };
        var elsewhere = here with { AllowedAddresses = ["198.51.100.1"] };

        Assert.Equal("provisioning-off", Ask(type, new() { Enabled = false }, whitelisted)?.Reason);
        Assert.Equal("identity-format", Ask(type, new(), whitelisted, "x")?.Reason);
        Assert.Equal("address-not-allowed", Ask(type, elsewhere, null)?.Reason);
        Assert.Equal("address-not-allowed", Ask(type, elsewhere, whitelisted)?.Reason);
        Assert.Null(Ask(type, here, null));
        Assert.Null(Ask(type, new(), null));
        Assert.Equal("not-whitelisted", Ask(type, new() { PresenterIdentity = false }, null)?.Reason);
        Assert.Null(Ask(type, new() { PresenterIdentity = false }, whitelisted));
        Assert.Null(Ask(type, new(), whitelisted with { Expire = Now + 1 }));
        Assert.Equal("expired", Ask(type, new(), whitelisted with { Expire = Now })?.Reason);
        Assert.Equal("already-provisioned", Ask(type, new(), provisioned)?.Reason);
        Assert.Null(Ask(type, elsewhere, provisioned with { Reprovision = true }));
        Assert.Equal("locked", Ask(type, new(), whitelisted with { Locked = true })?.Reason);
        Assert.Equal("locked", Ask(type, new(), provisioned with { Locked = true, Reprovision = true })?.Reason);
    }

    [Theory]
    [Spec("c.4/10"), Spec("f/5")]
    [InlineData(AuthType.Token, AuthType.Token, AuthType.Token, true)]
    [InlineData(AuthType.Password, AuthType.Token, AuthType.Token, true)] // was given a kind before the connector's changed
    [InlineData(AuthType.Password, AuthType.Token, AuthType.Password, true)]
    [InlineData(AuthType.Password, AuthType.Token, AuthType.Certificate, false)]
    [InlineData(AuthType.Certificate, null, AuthType.Token, false)]
    [InlineData(AuthType.Certificate, null, AuthType.Password, false)]
    [InlineData(AuthType.Certificate, null, AuthType.Certificate, true)]
    public void A_device_gets_the_connectors_kind_or_its_own(AuthType connector, AuthType? own, AuthType asked, bool gets)
    {
        var header = own is { } type ? Header(DeviceStatus.Whitelisted) with { AuthType = type } : null;

        Assert.Equal(gets, ProvisioningRules.WhyNot(Open with { Provisioning = new() { AuthType = connector } }, new(Key.Identity, asked, IPAddress.Loopback), header, Now) is null);
    }

    [Fact, Spec("c.4/11")]
    public void An_identity_that_the_connector_made_need_not_be_whitelisted() =>
        Assert.Null(ProvisioningRules.WhyNot(Open with { Provisioning = new() { PresenterIdentity = false } }, new(Key.Identity, AuthType.Token, IPAddress.Loopback, IsGenerated: true), null, Now));
}
