using Murano.Shared.Connectors;

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

    /// <summary>Whether the rows of the directory can tell everything that is asked.</summary>
    internal bool IsToldByDirectory => Online is null && Address is null && Identity is null or { IsExact: true };

    /// <summary>Whether a device passes.</summary>
    internal bool Matches(Device device) =>
        device.Status != DeviceStatus.Deleting
        && (Status is null || device.Status == Status)
        && (Locked is null || device.Locked == Locked)
        && (DevMode is null || device.DevMode == DevMode)
        && (Reprovision is null || device.Reprovision == Reprovision)
        && (AuthType is null || device.AuthType == AuthType)
        && (Online is null || device.Presence == PresenceState.Online == Online)
        && (Identity?.Matches(device.Identity.Value) ?? true)
        && (Address?.Matches(device.LastAddress) ?? true);
}
