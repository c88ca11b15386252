using Murano.Shared.Access;
using Murano.Shared.Connectors;
using Murano.Shared.Storage;

namespace Murano.Shared.Identities;

/// <summary>What an operator's change makes of a device (specification b.4, c.1).</summary>
internal static class IdentityRules
{
    /// <summary>Whether the change can be at all, whatever the device is.</summary>
    /// <returns>Null when it can; else why not.</returns>
    public static Failure.Rejected? Check(IdentityChange change) => change switch
    {
        { Expire: < 0 } => new Failure.Rejected("bad-expire", "auth.expire", "expire must not be negative."),
        { Key: not null, AuthType: AuthType.Token } when !DeviceToken.TryParse(change.Key, out _) => new Failure.Rejected("bad-token", "auth.key", "A token has 40 letters and digits."),
        { Key: not null, AuthType: not AuthType.Token } => new Failure.Rejected("key-not-supported", "auth.key", "Only tokens can be set."),
        _ => null,
    };

    /// <summary>The header of an identity that is not known yet.</summary>
    public static DeviceHeader New(DeviceKey key, ConnectorSettings settings, long now) =>
        new() { Key = key, Status = DeviceStatus.Whitelisted, AuthType = settings.Provisioning.AuthType, Created = now };

    /// <summary>The header after the change; the same header when nothing changes.</summary>
    /// <param name="header">As it was read, or new.</param>
    /// <param name="seen">Last seen as the fence has it.</param>
    /// <param name="change">A change that <see cref="Check"/> let pass.</param>
    /// <param name="token">The token of the change, with the id its credential is to have; null = none is set.</param>
    public static DeviceHeader Apply(DeviceHeader header, LastSeen seen, IdentityChange change, (string Hash, CredentialId Id)? token)
    {
        var after = header with
        {
            Locked = change.Locked ?? header.Locked,
            Reprovision = change.Reprovision ?? header.Reprovision,
            Expire = change.Expire ?? header.Expire,
        };
        if (token is { } given)
        {
            if (header.Status != DeviceStatus.Provisioned || !string.Equals(header.CredentialHash, given.Hash, StringComparison.Ordinal))
            {
                after = after with { Status = DeviceStatus.Provisioned, AuthType = AuthType.Token, Credential = given.Id, CredentialHash = given.Hash, Reprovision = false };
            }
        }
        else if (header.Status == DeviceStatus.Provisioned)
        {
            if (change.Expire == 0)
            {
                after = after with { Status = DeviceStatus.Whitelisted, Credential = null, CredentialHash = "", Reprovision = false };
            }
        }
        else
        {
            after = after with { AuthType = change.AuthType ?? header.AuthType };
        }

        return after == header ? header : after with { LastSeen = seen.At > header.LastSeen.At ? seen : header.LastSeen };
    }
}
