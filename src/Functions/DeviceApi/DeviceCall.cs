using Murano.Shared.Access;

namespace Murano.Functions.DeviceApi;

/// <summary>One request of a device that the gate let in.</summary>
/// <param name="Device">Who calls.</param>
/// <param name="Body">The complete body; the gate gives it back when the handler is done.</param>
/// <param name="Deadline">Ends the storage work. It knows nothing of the client: one that closes without reading the reply has still written.</param>
internal sealed record DeviceCall(DeviceSession Device, RequestBody Body, CancellationToken Deadline);
