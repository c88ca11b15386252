using Murano.Shared.Access;

namespace Murano.Functions.DeviceApi;

/// <summary>One request of a device that the gate let in, with its body still to come.</summary>
/// <param name="Device">Who calls.</param>
/// <param name="Body">The body. What the handler leaves of it the gate reads and throws away.</param>
internal sealed record StreamingCall(DeviceSession Device, StreamedBody Body);
