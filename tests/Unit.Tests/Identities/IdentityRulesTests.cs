using Murano.Shared.Access;
using Murano.Shared.Connectors;
using Murano.Shared.Identities;
using Murano.Shared.Storage;

namespace Murano.Unit.Tests.Identities;

public sealed class IdentityRulesTests
{
    private static readonly LastSeen Seen = new(5, "10.0.0.1", "https");

    private static DeviceHeader Known(DeviceStatus status = DeviceStatus.Provisioned)
    {
        Assert.True(ConnectorId.TryParse("abc", out var connector));
        Assert.True(IdentityId.TryParse("sn", out var identity));
        var header = new DeviceHeader { Key = new DeviceKey(connector, identity), ETag = "1", Status = status };
        return status == DeviceStatus.Provisioned ? header with { Credential = new CredentialId("old"), CredentialHash = "h" } : header;
    }

    private static DeviceHeader Apply(DeviceHeader header, IdentityChange change, NewCredential? credential = null) => IdentityRules.Apply(header, Seen, change, credential);

    [Fact]
    public void Nothing_asked_changes_nothing() => Assert.Same(Known().CredentialHash, Apply(Known(), new IdentityChange()).CredentialHash);

    [Fact]
    public void A_repeated_change_is_none()
    {
        var locked = Known() with { Locked = true };

        Assert.Equal(locked, Apply(locked, new IdentityChange { Locked = true }));
    }

    [Fact]
    public void Lock_takes_the_fence_and_keeps_last_seen()
    {
        var after = Apply(Known(), new IdentityChange { Locked = true });

        Assert.False(after.HasFence);
        Assert.Equal(Seen, after.LastSeen);
        Assert.NotNull(after.Credential);
    }

    [Fact]
    public void Unlock_gives_the_fence_back_to_a_provisioned_device_only()
    {
        Assert.True(Apply(Known() with { Locked = true }, new IdentityChange { Locked = false }).HasFence);
        Assert.False(Apply(Known(DeviceStatus.Whitelisted) with { Locked = true }, new IdentityChange { Locked = false }).HasFence);
    }

    [Fact, Spec("a.5/15")]
    public void Expire_zero_revokes_a_provisioned_device()
    {
        var after = Apply(Known(), new IdentityChange { Expire = 0 });

        Assert.Equal((DeviceStatus.Whitelisted, null, "", false), (after.Status, after.Credential, after.CredentialHash, after.HasFence));
    }

    [Fact]
    public void Expire_on_a_whitelisted_device_sets_its_window() => Assert.Equal(9, Apply(Known(DeviceStatus.Whitelisted), new IdentityChange { Expire = 9 }).Expire);

    [Fact]
    public void A_token_set_by_hand_provisions()
    {
        var after = Apply(Known(DeviceStatus.Whitelisted), new IdentityChange(), new NewCredential(AuthType.Token, "new", new CredentialId("id")));

        Assert.Equal((DeviceStatus.Provisioned, new CredentialId("id"), "new", true), (after.Status, after.Credential!.Value, after.CredentialHash, after.HasFence));
    }

    [Fact]
    public void The_same_token_again_keeps_the_credential() => Assert.Equal(Known(), Apply(Known(), new IdentityChange(), new NewCredential(AuthType.Token, "h", new CredentialId("id"))));

    [Fact]
    public void The_kind_of_a_provisioned_devices_credential_stays() =>
        Assert.Equal(AuthType.Token, Apply(Known(), new IdentityChange { AuthType = AuthType.Certificate }).AuthType);

    [Theory, Spec("f/2"), Spec("f/3")]
    [InlineData(AuthType.Password)]
    [InlineData(AuthType.Certificate)]
    public void A_credential_of_another_kind_replaces_the_present_one(AuthType type)
    {
        var after = Apply(Known() with { Reprovision = true }, new IdentityChange(), new NewCredential(type, "h", new CredentialId("id")));

        Assert.Equal((type, new CredentialId("id"), "h", "", false), (after.AuthType, after.Credential!.Value, after.CredentialHash, after.TokenHash, after.Reprovision));
    }

    [Theory, Spec("b.4/17")]
    [InlineData(AuthType.Token, "short", "bad-token")]
    [InlineData(AuthType.Password, "1234567890123456789", "bad-password")]
    [InlineData(AuthType.Password, "12345678901234567890", null)]
    [InlineData(AuthType.Certificate, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", "bad-certificate")]
    [InlineData(AuthType.Certificate, "no PEM", "bad-certificate")]
    [InlineData(null, "12345678901234567890", "no-key-type")]
    public void Keys_are_checked_by_their_kind(AuthType? type, string key, string? reason) =>
        Assert.Equal(reason, IdentityRules.Check(Known().Key.Identity, new IdentityChange { AuthType = type, Key = key })?.Reason);
}
