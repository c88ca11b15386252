using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Murano.Shared.Access;

namespace Murano.Functions.ManagementApi;

/// <summary>Admins manage operators' keys.</summary>
public sealed class KeyFunctions(OperatorGate gate, OperatorKeys keys)
{
    /// <summary>The keys within the caller's scope: 200.</summary>
    [Function("Management_Key_List")]
    public Task<IResult> List([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = ManagementRoutes.Keys)] HttpRequest request) =>
        gate.RunAsync(request, OperatorPermission.ReadAccess, async call =>
        {
            var all = await keys.ListAsync(call.Operator, call.Cancellation);
            return OperatorReply.Json(json =>
            {
                json.WriteStartArray();
                foreach (var key in all)
                {
                    KeyJson.Write(json, key);
                }

                json.WriteEndArray();
            });
        });

    /// <summary>Makes a key: 200 and its secret, which is shown this once; 400; 403 for more than the caller has.</summary>
    [Function("Management_Key_Post")]
    public Task<IResult> Post([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ManagementRoutes.Keys)] HttpRequest request) =>
        gate.RunAsync(request, OperatorPermission.ManageAccess, async call =>
        {
            if (!call.TryGetBody(out var body, out var failure) || !KeyJson.Read(body).TryGet(out var wanted, out failure!)
                || !(await keys.CreateAsync(call.Operator, wanted, call.Cancellation)).TryGet(out var made, out failure))
            {
                return failure;
            }

            return OperatorReply.Json(json => KeyJson.WriteNew(json, made.Id, wanted, made.Credential.Secret));
        });

    /// <summary>Revokes a key and ends its sessions: 204; 404; 409 for the last key that can manage all others.</summary>
    [Function("Management_Key_Delete")]
    public Task<IResult> Delete([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = ManagementRoutes.Key)] HttpRequest request, string key) =>
        gate.RunAsync(request, OperatorPermission.ManageAccess, async call =>
        {
            if (!OperatorKeyId.TryParse(key, out var id))
            {
                return OperatorKeyRules.Unknown;
            }

            return (await keys.RevokeAsync(call.Operator, id, call.Cancellation)).TryGet(out _, out var failure) ? OperatorReply.Empty : failure;
        });
}
