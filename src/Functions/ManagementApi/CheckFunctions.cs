using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Murano.Shared;
using Murano.Shared.Access;
using Murano.Shared.Storage.Checks;

namespace Murano.Functions.ManagementApi;

/// <summary>Admins compare what is derived with the devices, and have it mended.</summary>
public sealed class CheckFunctions(OperatorGate gate, ConsistencyChecker checker)
{
    private static readonly Failure BadMend = new Failure.Rejected("bad-parameter", "", "mend must be true or false.");

    private static readonly Failure NotForAll = new Failure.Forbidden("scope", "Only a key for all connectors can ask for what is of none.");

    /// <summary>One step of the check of a connector: 200, with a <c>cursor</c> while there is more; 400. <c>mend=true</c> makes right what is found.</summary>
    [Function("Management_Check_Post")]
    public Task<IResult> Check([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ManagementRoutes.Check)] HttpRequest request, string connector) =>
        gate.RunAsync(request, connector, PermissionOf(request), async call =>
        {
            if (Mend(call.Request) is not { } mend)
            {
                return BadMend;
            }

            var cursor = call.Request.Query["cursor"].LastOrDefault() is { Length: > 0 } text ? text : null;
            return (await checker.CheckAsync(call.Connector.Id, cursor, mend, call.Cancellation)).TryGet(out var report, out var failure)
                ? OperatorReply.Json(json => CheckJson.Write(json, report, report.Next))
                : failure;
        });

    /// <summary>What is of no connector: 200; 403 for a key that is not for all connectors. It begins anew each time; <c>mayLoadMore</c> says that time ran out.</summary>
    [Function("Management_Check_PostAll")]
    public Task<IResult> CheckAll([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ManagementRoutes.CheckAll)] HttpRequest request) =>
        gate.RunAsync(request, PermissionOf(request), async call =>
        {
            if (!call.Operator.SeesAll)
            {
                return NotForAll;
            }

            if (Mend(call.Request) is not { } mend)
            {
                return BadMend;
            }

            var report = await checker.CheckConnectorsAsync(mend, call.Cancellation);
            return OperatorReply.Json(json => CheckJson.Write(json, report, null));
        });

    // Who only looks changes nothing, and leaves no audit entry; but what is found is for admins.
    private static OperatorPermission PermissionOf(HttpRequest request) => Mend(request) is false ? OperatorPermission.ReadAccess : OperatorPermission.ManageConnectors;

    private static bool? Mend(HttpRequest request) => request.Query["mend"].LastOrDefault() switch
    {
        null or "" or "false" => false,
        "true" => true,
        _ => null,
    };
}
