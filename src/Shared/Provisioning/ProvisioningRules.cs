using Murano.Shared.Connectors;
using Murano.Shared.Identities;
using Murano.Shared.Storage;

namespace Murano.Shared.Provisioning;

/// <summary>Who may come to a credential by itself: the decision table of specification a.5, the same for all kinds.</summary>
internal static class ProvisioningRules
{
    /// <summary>Reason of the refusal of a device that has its credential already.</summary>
    public const string Provisioned = "already-provisioned";

    /// <summary>Reason of the refusal of an identity that nobody has made and that may not make itself.</summary>
    public const string NotWhitelisted = "not-whitelisted";

    /// <summary>Why the device may not be provisioned; null when it may.</summary>
    /// <param name="settings">The connector's settings.</param>
    /// <param name="contact">What the device presented.</param>
    /// <param name="header">The device as it is known; null = not known. Not one that is deleting.</param>
    /// <param name="now">µs since the Unix epoch.</param>
    public static Failure? WhyNot(ConnectorSettings settings, FirstContact contact, DeviceHeader? header, long now)
    {
        if (!settings.Provisioning.Enabled)
        {
            return new Failure.NotFound("provisioning-off", "Devices may not activate themselves here.");
        }

        if (!IdentityFormatRules.Matches(settings.IdentityFormat, contact.Identity))
        {
            return new Failure.NotFound("identity-format", "The identity is not of the connector's format.");
        }

        if (header is not { Status: DeviceStatus.Provisioned } && !AddressRules.Allows(settings.Provisioning, contact.Address))
        {
            return new Failure.NotFound("address-not-allowed", "First contact is not allowed from this address.");
        }

        return header switch
        {
            null when !settings.Provisioning.PresenterIdentity && !contact.IsGenerated => new Failure.NotFound(NotWhitelisted, "The identity is not whitelisted."),
            { Locked: true } => new Failure.Unauthorized("locked", "The identity is locked."),
            { Status: DeviceStatus.Provisioned, Reprovision: false } => new Failure.Conflict(Provisioned, "The identity is already provisioned."),
            { Status: DeviceStatus.Whitelisted, Expire: > 0 and var end } when end <= now => new Failure.Conflict("expired", "The activation window has passed."),
            _ when !MayHave(settings, header, contact.Type) => new Failure.NotFound("wrong-kind", "The device is not to have this kind of credential."),
            _ => null,
        };
    }

    /// <summary>Whether a device may get a credential of this kind: the one that it was given, or the connector's.</summary>
    public static bool MayHave(ConnectorSettings settings, DeviceHeader? header, AuthType type) => type == settings.Provisioning.AuthType || type == header?.AuthType;
}
