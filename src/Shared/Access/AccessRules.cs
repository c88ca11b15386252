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
}
