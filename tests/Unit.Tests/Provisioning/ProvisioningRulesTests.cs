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

    private static Failure? Ask(ConnectorSettings settings, DeviceHeader? header) => ProvisioningRules.WhyNot(settings, Key.Identity, header, Now);

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
}
