using Murano.Shared.Connectors;
using Murano.Shared.Identities;

namespace Murano.Shared.Access;

/// <summary>A device whose credential was found. Whether it still holds is confirmed by the fence in the request's own storage request.</summary>
public sealed class DeviceSession
{
    internal DeviceSession(Connector connector, IdentityId identity, CredentialId credential, string credentialHash, DeviceOrigin origin, bool confirmed)
    {
        Connector = connector;
        Identity = identity;
        Credential = credential;
        CredentialHash = credentialHash;
        Origin = origin;
        Confirmed = confirmed;
    }

    /// <summary>The device's connector, as old as the settings cache allows.</summary>
    public Connector Connector { get; }

    /// <summary>The device.</summary>
    public IdentityId Identity { get; }

    /// <summary>Where the request came from.</summary>
    public DeviceOrigin Origin { get; }

    internal CredentialId Credential { get; }

    internal string CredentialHash { get; }

    /// <summary>Whether this instance saw the fence within the credential cache's time.</summary>
    internal bool Confirmed { get; }
}
