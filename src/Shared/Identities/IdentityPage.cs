namespace Murano.Shared.Identities;

/// <summary>One page of devices.</summary>
/// <param name="Devices">The devices, in order of their keys.</param>
/// <param name="MayLoadMore">Whether more follow.</param>
public sealed record IdentityPage(IReadOnlyList<Device> Devices, bool MayLoadMore);
