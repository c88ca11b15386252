using Murano.Shared.Access;

namespace Murano.Functions.DeviceApi;

/// <summary>One request that needs no credential (specification a.3).</summary>
/// <param name="Origin">Where it came from.</param>
/// <param name="Body">The complete body; the gate gives it back when the handler is done.</param>
/// <param name="Deadline">Ends the storage work; see <see cref="DeviceCall.Deadline"/>.</param>
internal sealed record OpenCall(DeviceOrigin Origin, RequestBody Body, CancellationToken Deadline);
