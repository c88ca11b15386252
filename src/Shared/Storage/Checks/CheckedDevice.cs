using Murano.Shared.Access;
using Murano.Shared.Tags;

namespace Murano.Shared.Storage.Checks;

/// <summary>A device's partition without its values.</summary>
/// <param name="Key">The device.</param>
/// <param name="Header">Its header; null = it has none.</param>
/// <param name="Fences">All fences with what they say of last seen; there should be one at most.</param>
/// <param name="Tags">All tags.</param>
/// <param name="Rows">All rows but the header and events, which may outlive the device, with their ETags.</param>
internal sealed record CheckedDevice(DeviceKey Key, DeviceHeader? Header, IReadOnlyList<(CredentialId Id, LastSeen Seen)> Fences, IReadOnlyList<Tag> Tags, IReadOnlyList<(string Row, string ETag)> Rows)
{
    /// <summary>Moves with each change of the device's life.</summary>
    public string Version => Header?.ETag ?? "";

    /// <summary>Whether the fences are those that the header asks for.</summary>
    public bool HasRightFences => Header is { HasFence: true } ? Fences.Count == 1 && Fences[0].Id == Header.Credential : Fences.Count == 0;

    /// <summary>Header and fence.</summary>
    public DeviceRecord? Record => Header is null ? null : Fences.Count == 0 ? new(Header, null, LastSeen.Never) : new(Header, Fences[0].Id, Fences[0].Seen);
}
