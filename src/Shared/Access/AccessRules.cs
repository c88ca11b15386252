using Murano.Shared.Connectors;
using Murano.Shared.Identities;
using Murano.Shared.Storage;

namespace Murano.Shared.Access;

/// <summary>Whether a device's credential holds, by its header.</summary>
internal static class AccessRules
{
    /// <summary>Reason of the refusal of a credential that is not the device's.</summary>
    public const string Replaced = "replaced";

    /// <summary>Why the credential is refused; null when the header allows it.</summary>
    public static Failure.Unauthorized? WhyNot(DeviceRecord? record, CredentialProof proof) => record switch
    {
        null => new Failure.Unauthorized("unknown-identity", "The identity does not exist."),
        { Header.Status: DeviceStatus.Deleting } => new Failure.Unauthorized("deleted", "The identity is being deleted."),
        { Header.Locked: true } => new Failure.Unauthorized("locked", "The identity is locked."),
        { Header.Credential: null } => new Failure.Unauthorized("revoked", "The credential was revoked."),
        { Header: var header } when !proof.Holds(header) => new Failure.Unauthorized(Replaced, "The credential was replaced."),
        _ => null,
    };

    /// <summary>Why a device that was let in under its connector's former settings may not wait any longer; null when it may.</summary>
    /// <param name="before">The connector as it was then.</param>
    /// <param name="now">The connector; null = gone.</param>
    /// <param name="identity">The device.</param>
    /// <param name="type">Kind of the credential that it presented.</param>
    public static Failure? WhyNoLonger(Connector before, Connector? now, IdentityId identity, AuthType type) => now switch
    {
        null => new Failure.Unauthorized("unknown-connector", "The connector does not exist."),
        _ when !IdentityFormatRules.Matches(now.Settings.IdentityFormat, identity) => new Failure.Unauthorized("identity-format", "The identity is not of the connector's format."),

        // The certificate is not at hand any more: the device has to show it again.
        _ when type == AuthType.Certificate && now.Settings.Pki != before.Settings.Pki => new Failure.Busy("pki-changed", "The connector's CA changed. Try again.", TimeSpan.FromSeconds(1)),
        _ => null,
    };
}
