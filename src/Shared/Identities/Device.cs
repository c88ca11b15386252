using Murano.Shared.Connectors;
using Murano.Shared.State;
using Murano.Shared.Tags;

namespace Murano.Shared.Identities;

/// <summary>A device as operators see it (specification c.3), without its state.</summary>
public sealed record Device
{
    /// <summary>The device.</summary>
    public required IdentityId Identity { get; init; }

    /// <summary>Where it stands.</summary>
    public required DeviceStatus Status { get; init; }

    /// <summary>Kind of its credential, or the kind it is to get.</summary>
    public AuthType AuthType { get; init; }

    /// <summary>End of its activation window in µs since the Unix epoch; 0 = open.</summary>
    public long Expire { get; init; }

    /// <summary>Whether it is shut out.</summary>
    public bool Locked { get; init; }

    /// <summary>Whether it may activate once more although it is provisioned.</summary>
    public bool Reprovision { get; init; }

    /// <summary>Whether it was provisioned over the developer-mode endpoint.</summary>
    public bool DevMode { get; init; }

    /// <summary>When it became known, µs since the Unix epoch.</summary>
    public long Created { get; init; }

    /// <summary>Last request of its own, µs since the Unix epoch; 0 = never.</summary>
    public long LastSeen { get; init; }

    /// <summary>Address of that request; empty = never.</summary>
    public string LastAddress { get; init; } = "";

    /// <summary>How it came: <c>https</c> or <c>http</c>; empty = never.</summary>
    public string LastProtocol { get; init; } = "";

    /// <summary>Whether it is there, by <see cref="PresenceRules"/>.</summary>
    public PresenceState Presence { get; init; }

    /// <summary>Its tags in order of their keys; null = they were not asked for.</summary>
    public IReadOnlyList<Tag>? Tags { get; init; }

    /// <summary>Values that were asked for and are there; null = none were asked for.</summary>
    public IReadOnlyList<StateEntry>? State { get; init; }
}
