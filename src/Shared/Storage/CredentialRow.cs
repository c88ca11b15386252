using Azure;
using Murano.Shared.Access;

namespace Murano.Shared.Storage;

/// <summary>A row of table <c>credentials</c>.</summary>
/// <param name="Hint">What it says.</param>
/// <param name="Claimed">When it was written, µs: a change that wrote it a short while ago may be under way and make it true yet.</param>
/// <param name="ETag">The row's ETag.</param>
internal sealed record CredentialRow(CredentialHint Hint, long Claimed, ETag ETag);
