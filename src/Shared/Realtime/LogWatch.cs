using Murano.Shared.Identities;

namespace Murano.Shared.Realtime;

/// <summary>That somebody watches the live log of a connector, or of one device.</summary>
/// <param name="Identity">The device; null = the whole connector.</param>
/// <param name="Until">When the watch ends unless it is renewed, µs since the Unix epoch.</param>
/// <param name="ETag">As it was read.</param>
internal readonly record struct LogWatch(IdentityId? Identity, long Until, string ETag);
