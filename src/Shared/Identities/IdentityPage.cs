namespace Murano.Shared.Identities;

/// <summary>One page of devices.</summary>
/// <param name="Devices">The devices, in order. May be fewer than were asked for, or none, although more follow: a search that finds little ends before its page is full.</param>
/// <param name="Next">Leads to the next page; null = there is none.</param>
public sealed record IdentityPage(IReadOnlyList<Device> Devices, string? Next);
