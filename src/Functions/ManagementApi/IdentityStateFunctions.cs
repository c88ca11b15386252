using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Murano.Shared.Access;
using Murano.Shared.Identities;
using Murano.Shared.State;

namespace Murano.Functions.ManagementApi;

/// <summary>Operators read and set the values of a device (specification b.4).</summary>
public sealed class IdentityStateFunctions(OperatorGate gate, StateService state)
{
    /// <summary>All values: 200; 404. With <c>times=true</c> each has the times of both sides.</summary>
    [Function("Management_State_Get")]
    public Task<IResult> Get([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = ManagementRoutes.State)] HttpRequest request, string connector, string identity) =>
        gate.RunAsync(request, connector, OperatorPermission.Read, async call =>
        {
            if (!IdentityId.TryParse(RouteText.Decode(identity), out var id))
            {
                return IdentityFailures.Unknown;
            }

            return (await state.GetAsync(call.Connector, id, call.Cancellation)).TryGet(out var entries, out var failure)
                ? OperatorReply.Json(json => StateJson.Write(json, entries, StateJson.WantsTimes(request)))
                : failure;
        });

    /// <summary>Sets values, all or none: 204; 400 for a value that is not settable, not allowed or of no known alias; 404.</summary>
    [Function("Management_State_Patch")]
    public Task<IResult> Patch([HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = ManagementRoutes.State)] HttpRequest request, string connector, string identity) =>
        gate.RunAsync(request, connector, OperatorPermission.ChangeDevices, async call =>
        {
            if (!call.TryGetBody(out var body, out var failure) || !StateJson.Read(body).TryGet(out var values, out failure!))
            {
                return failure;
            }

            if (!IdentityId.TryParse(RouteText.Decode(identity), out var id))
            {
                return IdentityFailures.Unknown;
            }

            return (await state.SetAsync(call.Connector, id, values, call.Cancellation)).TryGet(out _, out failure!) ? OperatorReply.Empty : failure;
        });
}
