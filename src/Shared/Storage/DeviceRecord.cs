using Murano.Shared.Access;
using Murano.Shared.Identities;

namespace Murano.Shared.Storage;

/// <summary>A device's header and, while it is provisioned and unlocked, its fence.</summary>
/// <param name="Header">What is true.</param>
/// <param name="Fence">The credential whose fence stands; null = none.</param>
/// <param name="FenceSeen">Last seen as the fence has it; <see cref="LastSeen.Never"/> without a fence.</param>
/// <param name="PollUntil">When the poll runs out that was noted on the fence last, µs; 0 = none. It may have ended before.</param>
internal sealed record DeviceRecord(DeviceHeader Header, CredentialId? Fence, LastSeen FenceSeen, long PollUntil = 0)
{
    /// <summary>The newest last seen.</summary>
    public LastSeen LastSeen => Fence is not null && FenceSeen.At >= Header.LastSeen.At ? FenceSeen : Header.LastSeen;

    /// <summary>The device as operators see it.</summary>
    /// <param name="now">µs since the Unix epoch; decides whether the window has passed, and whether the device is there.</param>
    /// <param name="options">How long it counts as there.</param>
    public Device ToDevice(long now, DeviceOptions options) => new()
    {
        Identity = Header.Key.Identity,
        Status = Header.Status == DeviceStatus.Whitelisted && Header.Expire > 0 && Header.Expire <= now ? DeviceStatus.Expired : Header.Status,
        AuthType = Header.AuthType,
        Expire = Header.Expire,
        Locked = Header.Locked,
        Reprovision = Header.Reprovision,
        DevMode = Header.DevMode,
        Created = Header.Created,
        LastSeen = LastSeen.At,
        LastAddress = LastSeen.Address,
        LastProtocol = LastSeen.Protocol,
        Presence = PresenceRules.StateOf(this, options, now),
    };
}
