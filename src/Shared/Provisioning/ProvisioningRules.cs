using Murano.Shared.Connectors;
using Murano.Shared.Identities;
using Murano.Shared.Storage;

namespace Murano.Shared.Provisioning;

/// <summary>Who may activate: the decision table of specification a.5.</summary>
internal static class ProvisioningRules
{
    /// <summary>Why the device may not activate; null when it may.</summary>
    /// <param name="settings">The connector's settings.</param>
    /// <param name="identity">What the device presented.</param>
    /// <param name="header">The device as it is known; null = not known. Not one that is deleting.</param>
    /// <param name="now">µs since the Unix epoch.</param>
    public static Failure? WhyNot(ConnectorSettings settings, IdentityId identity, DeviceHeader? header, long now)
    {
        if (!settings.Provisioning.Enabled)
        {
            return new Failure.NotFound("provisioning-off", "Devices may not activate themselves here.");
        }

        if (!IdentityFormatRules.Matches(settings.IdentityFormat, identity))
        {
            return new Failure.NotFound("identity-format", "The identity is not of the connector's format.");
        }

        return header switch
        {
            null when !settings.Provisioning.PresenterIdentity => new Failure.NotFound("not-whitelisted", "The identity is not whitelisted."),
            { Locked: true } => new Failure.Unauthorized("locked", "The identity is locked."),
            { Status: DeviceStatus.Provisioned, Reprovision: false } => new Failure.Conflict("already-provisioned", "The identity is already provisioned."),
            { Status: DeviceStatus.Whitelisted, Expire: > 0 and var end } when end <= now => new Failure.Conflict("expired", "The activation window has passed."),
            _ when (header?.AuthType ?? settings.Provisioning.AuthType) != AuthType.Token => new Failure.NotFound("not-by-token", "Devices of this connector do not use tokens."),
            _ => null,
        };
    }
}
