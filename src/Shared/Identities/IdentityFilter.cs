using Murano.Shared.Connectors;
using Murano.Shared.Tags;

namespace Murano.Shared.Identities;

/// <summary>Which of a connector's devices are wanted: those for which everything holds that is given.</summary>
public sealed record IdentityFilter
{
    /// <summary>Where the device stands.</summary>
    public DeviceStatus? Status { get; init; }

    /// <summary>Whether it is shut out.</summary>
    public bool? Locked { get; init; }

    /// <summary>Whether it was provisioned over the developer-mode endpoint.</summary>
    public bool? DevMode { get; init; }

    /// <summary>Whether it may activate once more.</summary>
    public bool? Reprovision { get; init; }

    /// <summary>Kind of its credential.</summary>
    public AuthType? AuthType { get; init; }

    /// <summary>Whether it is there. Only the device itself tells, so each one that passes the rest is looked at.</summary>
    public bool? Online { get; init; }

    /// <summary>What its identity looks like.</summary>
    public TextPattern? Identity { get; init; }

    /// <summary>What the address of its last request looks like. Looked at as <see cref="Online"/> is.</summary>
    public TextPattern? Address { get; init; }

    /// <summary>What its tags are to be. The index leads to them; the device tells.</summary>
    public TagFilter Tags { get; init; } = TagFilter.None;

    /// <summary>Whether other rows than the device's own can tell everything that is asked.</summary>
    internal bool IsToldByRows => Online is null && Address is null;

    /// <summary>Whether nothing is asked but what tags and identity are to be, which keys of other rows tell.</summary>
    internal bool IsToldByKeys => this with { Tags = TagFilter.None, Identity = null } == new IdentityFilter();

    /// <summary>Whether an identity passes.</summary>
    internal bool Matches(IdentityId identity) => Identity?.Matches(identity.Value) ?? true;

    /// <summary>Whether a device passes, as far as its header and fence tell: not its tags.</summary>
    internal bool Matches(Device device) =>
        device.Status != DeviceStatus.Deleting
        && (Status is null || device.Status == Status)
        && (Locked is null || device.Locked == Locked)
        && (DevMode is null || device.DevMode == DevMode)
        && (Reprovision is null || device.Reprovision == Reprovision)
        && (AuthType is null || device.AuthType == AuthType)
        && (Online is null || device.Presence == PresenceState.Online == Online)
        && Matches(device.Identity)
        && (Address?.Matches(device.LastAddress) ?? true);
}
