namespace Murano.Shared.State;

/// <summary>What a device write needs to know of a row that the cloud may set; small enough to be cached.</summary>
/// <param name="ETag">The row's ETag.</param>
/// <param name="Pending">Hash of the pending value; null = nothing pending.</param>
/// <param name="PendingAt">When it was set, µs.</param>
/// <param name="Replaced">Hashes of what it replaced.</param>
/// <param name="Stamp">Poll stamp, µs.</param>
internal sealed record StateHead(string ETag, ValueHash? Pending, long PendingAt, IReadOnlyList<ValueHash> Replaced, long Stamp);
