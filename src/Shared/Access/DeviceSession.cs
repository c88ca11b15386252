using Murano.Shared.Connectors;
using Murano.Shared.Identities;
using Murano.Shared.Storage;

namespace Murano.Shared.Access;

/// <summary>A device whose credential was found. Whether it still holds is confirmed by the fence in the request's own storage request.</summary>
public sealed class DeviceSession
{
    internal DeviceSession(Connector connector, KnownCredential known, DeviceOrigin origin, CredentialLook look, bool confirmed)
    {
        Connector = connector;
        Known = known;
        Origin = origin;
        Look = look;
        Confirmed = confirmed;
    }

    /// <summary>The device's connector, as old as the settings cache allows.</summary>
    public Connector Connector { get; }

    /// <summary>The device.</summary>
    public IdentityId Identity => Key.Identity;

    /// <summary>Where the request came from.</summary>
    public DeviceOrigin Origin { get; }

    internal KnownCredential Known { get; }

    internal DeviceKey Key => Known.Hint.Device;

    internal CredentialId Credential => Known.Hint.Credential;

    /// <summary>When the credential was looked up.</summary>
    internal CredentialLook Look { get; }

    /// <summary>Whether this instance saw the fence within the credential cache's time, or in this request.</summary>
    internal bool Confirmed { get; set; }

    /// <summary>Whether the credential comes from this instance's memory and may be out of date.</summary>
    internal bool Recalled { get; init; }

    /// <summary>The same device with the credential id that its header names now.</summary>
    internal DeviceSession With(CredentialId credential, CredentialLook look) => new(Connector, Known with { Hint = Known.Hint with { Credential = credential } }, Origin, look, confirmed: false);
}
