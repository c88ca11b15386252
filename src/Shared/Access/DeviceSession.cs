using Murano.Shared.Connectors;
using Murano.Shared.Identities;
using Murano.Shared.Storage;

namespace Murano.Shared.Access;

/// <summary>A device whose credential was found. Whether it still holds is confirmed by the fence in the request's own storage request.</summary>
public sealed class DeviceSession
{
    internal DeviceSession(Connector connector, CredentialHint hint, string credentialHash, DeviceOrigin origin, CredentialLook look, bool confirmed)
    {
        Connector = connector;
        Hint = hint;
        CredentialHash = credentialHash;
        Origin = origin;
        Look = look;
        Confirmed = confirmed;
    }

    /// <summary>The device's connector, as old as the settings cache allows.</summary>
    public Connector Connector { get; }

    /// <summary>The device.</summary>
    public IdentityId Identity => Hint.Device.Identity;

    /// <summary>Where the request came from.</summary>
    public DeviceOrigin Origin { get; }

    internal CredentialHint Hint { get; }

    internal DeviceKey Key => Hint.Device;

    internal CredentialId Credential => Hint.Credential;

    internal string CredentialHash { get; }

    /// <summary>When the credential was looked up.</summary>
    internal CredentialLook Look { get; }

    /// <summary>Whether this instance saw the fence within the credential cache's time, or in this request.</summary>
    internal bool Confirmed { get; set; }

    /// <summary>The same device with the credential id that its header names now.</summary>
    internal DeviceSession With(CredentialId credential, CredentialLook look) => new(Connector, Hint with { Credential = credential }, CredentialHash, Origin, look, confirmed: false);
}
