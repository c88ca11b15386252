namespace Murano.Shared.Connectors;

/// <summary>How devices come to their credentials (specification c.4).</summary>
public sealed record ProvisioningSettings
{
    /// <summary>What kind of credential new devices get.</summary>
    public AuthType AuthType { get; init; } = AuthType.Token;

    /// <summary>Whether devices may activate at all; if not, operators set credentials by hand.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Whether the connector makes up the identity.</summary>
    public bool GenerateIdentity { get; init; }

    /// <summary>Whether an unknown identity that presents itself is whitelisted on the spot.</summary>
    public bool PresenterIdentity { get; init; } = true;

    /// <summary>Whether a device's first contact must come from <see cref="AllowedAddresses"/>.</summary>
    public bool AddressListEnabled { get; init; }

    /// <summary>Addresses and CIDR ranges, IPv4 or IPv6, as they were written.</summary>
    public IReadOnlyList<string> AllowedAddresses { get; init; } = [];
}
