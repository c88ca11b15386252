using Murano.Shared.Access;
using Murano.Shared.Connectors;
using Murano.Shared.Storage;

namespace Murano.Shared.Identities;

/// <summary>What an operator's change makes of a device (specification b.4, c.1).</summary>
internal static class IdentityRules
{
    /// <summary>Whether the change can be at all, whatever the device's state is.</summary>
    /// <param name="identity">The device.</param>
    /// <param name="change">What is wanted.</param>
    /// <returns>Null when it can; else why not.</returns>
    public static Failure.Rejected? Check(IdentityId identity, IdentityChange change) => change switch
    {
        { Expire: < 0 } => new Failure.Rejected("bad-expire", "auth.expire", "expire must not be negative."),
        { Key: not null, AuthType: AuthType.Token } when !DeviceToken.TryParse(change.Key, out _) => new Failure.Rejected("bad-token", "auth.key", "A token has 40 letters and digits."),
        { Key: not null, AuthType: AuthType.Password } when !DevicePassword.TryParse(change.Key, out _) => new Failure.Rejected("bad-password", "auth.key", "A password has 20 to 256 characters."),
        { Key: not null, AuthType: AuthType.Certificate } => CheckCertificate(identity, change.Key),
        { Key: not null, AuthType: null } => new Failure.Rejected("no-key-type", "auth.type", "A key needs its type."),
        _ => null,
    };

    /// <summary>The header of an identity that is not known yet.</summary>
    public static DeviceHeader New(DeviceKey key, ConnectorSettings settings, long now) =>
        new() { Key = key, Status = DeviceStatus.Whitelisted, AuthType = settings.Provisioning.AuthType, Created = now };

    /// <summary>The header after the change; the same header when nothing changes.</summary>
    /// <param name="header">As it was read, or new.</param>
    /// <param name="seen">Last seen as the fence has it.</param>
    /// <param name="change">A change that <see cref="Check"/> let pass.</param>
    /// <param name="credential">The credential of the change; null = none is set.</param>
    public static DeviceHeader Apply(DeviceHeader header, LastSeen seen, IdentityChange change, NewCredential? credential)
    {
        var after = header with
        {
            Locked = change.Locked ?? header.Locked,
            Reprovision = change.Reprovision ?? header.Reprovision,
            Expire = change.Expire ?? header.Expire,
        };
        if (credential is not null)
        {
            if (!new CredentialProof(credential.Type, credential.Hash).Holds(header))
            {
                after = after with { Status = DeviceStatus.Provisioned, AuthType = credential.Type, Credential = credential.Id, CredentialHash = credential.Hash, Reprovision = false };
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

    private static Failure.Rejected? CheckCertificate(IdentityId identity, string pem)
    {
        if (!DeviceCertificate.TryReadPem(pem, out var certificate))
        {
            return new Failure.Rejected("bad-certificate", "auth.key", "A certificate is PEM text.");
        }

        return certificate switch
        {
            { HasStrongKey: false } => new Failure.Rejected("certificate-key", "auth.key", "The certificate's key is weak or of an unknown kind."),
            { CommonName: var name } when !string.Equals(name, identity.Value, StringComparison.Ordinal) => new Failure.Rejected("certificate-name", "auth.key", "The certificate's CN is not the identity."),
            _ => null,
        };
    }
}
