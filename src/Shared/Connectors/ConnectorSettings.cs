using Murano.Shared.Events;

namespace Murano.Shared.Connectors;

/// <summary>What operators decide about a connector (specification b.3, c.4). Defaults are Murano's.</summary>
public sealed record ConnectorSettings
{
    /// <summary>Name shown to people.</summary>
    public string Name { get; init; } = "";

    /// <summary>Free text.</summary>
    public string Description { get; init; } = "";

    /// <summary>How devices connect.</summary>
    public ProtocolSettings Protocol { get; init; } = new();

    /// <summary>Which identities are believed at all; others are ignored (specification f).</summary>
    public IdentityFormat IdentityFormat { get; init; } = new();

    /// <summary>How devices come to their credentials.</summary>
    public ProvisioningSettings Provisioning { get; init; } = new();

    /// <summary>The CA that client certificates must come from, when there is one.</summary>
    public PkiSettings Pki { get; init; } = new();

    /// <summary>What its owner's code is told.</summary>
    public EventSettings Events { get; init; } = new();

    /// <summary>The connector is being deleted: nothing new may be made in it.</summary>
    public bool Deleting { get; init; }
}
