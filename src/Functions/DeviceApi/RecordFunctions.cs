using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Murano.Functions.ManagementApi;
using Murano.Shared.State;

namespace Murano.Functions.DeviceApi;

/// <summary>Devices hand in values that they measured earlier (specification a.9).</summary>
public sealed class RecordFunctions(DeviceGate gate, RecordService records)
{
    /// <summary>Records the points of the body: 204. 400 for a malformed body, 413 beyond a limit; then nothing is written.</summary>
    [Function("Device_Record")]
    public Task<IResult> Record([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.Record)] HttpRequest request) => RunAsync(request, null);

    /// <summary>The older form: the address names the alias, the body has points only.</summary>
    [Function("Device_Record_Alias")]
    public Task<IResult> RecordAlias([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.RecordAlias)] HttpRequest request, string alias) =>
        RunAsync(request, RouteText.Decode(alias));

    private Task<IResult> RunAsync(HttpRequest request, string? alias) =>
        gate.RunAsync(request, async call =>
        {
            List<RecordedValue>? all = records.WantsAll(call.Device) ? [] : null;
            if (!RecordForm.Parse(call.Body.Bytes, alias, all).TryGet(out var points, out var failure)
                || !(await records.RecordAsync(call.Device, points, all, call.Deadline)).TryGet(out _, out failure))
            {
                return failure;
            }

            return DeviceReply.Empty;
        });
}
