using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Murano.Shared;
using Murano.Shared.Polls;
using Murano.Shared.State;

namespace Murano.Functions.DeviceApi;

/// <summary>Devices write and read their values (specification a.7).</summary>
public sealed class StateFunctions(DeviceGate gate, StateService state, PollService polls)
{
    /// <summary>
    /// Reads the aliases of the query: 200 with a form, 204 when none has a value, 400 when none is named. With <c>Request-Timeout</c> it waits until one
    /// of them is set: 200 with <c>Last-Modified</c>, or 304 when none was.
    /// </summary>
    [Function("Device_State_Read")]
    public Task<IResult> Read([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.Alias)] HttpRequest request) =>
        gate.RunAsync(request, async call =>
        {
            if (!AliasQuery.Parse(request.QueryString.Value).TryGet(out var aliases, out var failure))
            {
                return failure;
            }

            return aliases.Count == 0 ? FormFailure.NoAlias
                : PollHeaders.AsksToWait(request.Headers) ? await WaitAsync(call, request, aliases)
                : await ReadAsync(call, aliases);
        });

    /// <summary>
    /// Writes the body's values: 204. With aliases in the query too, it first writes, then reads (hybrid). 400 for a malformed body, 413 beyond a limit; then
    /// nothing is written.
    /// </summary>
    [Function("Device_State_Write")]
    public Task<IResult> Write([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.Alias)] HttpRequest request) =>
        gate.RunAsync(request, async call =>
        {
            if (!AliasQuery.Parse(request.QueryString.Value).TryGet(out var aliases, out var failure)
                || !AliasForm.Parse(call.Body.Bytes).TryGet(out var values, out failure))
            {
                return failure;
            }

            if (values.Count == 0 && aliases.Count == 0)
            {
                return FormFailure.NoAlias;
            }

            if (values.Count > 0 && !(await state.WriteAsync(call.Device, values, call.Deadline)).TryGet(out _, out failure))
            {
                return failure;
            }

            return aliases.Count == 0 ? DeviceReply.Empty : await ReadAsync(call, aliases);
        });

    private async Task<Outcome<DeviceReply>> WaitAsync(DeviceCall call, HttpRequest request, List<string> aliases)
    {
        if (!PollHeaders.Parse(request.Headers).TryGet(out var terms, out var failure))
        {
            return failure;
        }

        call.Body.Dispose(); // not to be kept in memory for minutes
        var ended = await polls.WaitAsync(call.Device, aliases, terms, request.HttpContext.RequestAborted);
        return ended.TryGet(out var answer, out failure) ? DeviceReply.Ended(answer) : failure;
    }

    private async Task<Outcome<DeviceReply>> ReadAsync(DeviceCall call, List<string> aliases)
    {
        var found = await state.ReadAsync(call.Device, aliases, call.Deadline);
        return found.TryGet(out var values, out var failure) ? DeviceReply.Values(values) : failure;
    }
}
