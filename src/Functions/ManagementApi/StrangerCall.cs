using System.Net;
using System.Text.Json;

namespace Murano.Functions.ManagementApi;

/// <summary>A request of somebody who is yet to prove who they are, or does it by the address that they know.</summary>
/// <param name="Json">The body; null when it was empty. Not to be used once the handler has ended.</param>
/// <param name="Address">Where it comes from.</param>
/// <param name="Cancellation">A deadline.</param>
internal sealed record StrangerCall(JsonElement? Json, IPAddress Address, CancellationToken Cancellation);
