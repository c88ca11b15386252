using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Murano.Shared;

namespace Murano.Functions.DeviceApi;

/// <summary>What devices ask that have no clock and do not know their address (specification a.10). Needs no credential.</summary>
public sealed class ClockFunctions(DeviceGate gate, TimeProvider time)
{
    /// <summary>Whole seconds since the Unix epoch as text, without a newline.</summary>
    [Function("Device_Timestamp")]
    public Task<IResult> Timestamp([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.Timestamp)] HttpRequest request) =>
        gate.RunOpenAsync(request, _ => Answer(time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)));

    /// <summary>The device's address as the platform sees it, without a newline.</summary>
    [Function("Device_Ip")]
    public Task<IResult> Ip([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.Ip)] HttpRequest request) =>
        gate.RunOpenAsync(request, call => Answer(call.Origin.AddressText));

    private static Task<Outcome<DeviceReply>> Answer(string text) => Task.FromResult<Outcome<DeviceReply>>(DeviceReply.Text(text));
}
