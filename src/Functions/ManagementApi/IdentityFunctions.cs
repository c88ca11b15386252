using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Murano.Shared;
using Murano.Shared.Access;
using Murano.Shared.Identities;
using Murano.Shared.State;

namespace Murano.Functions.ManagementApi;

/// <summary>Operators list, read, make, change and delete identities (specification b.4).</summary>
public sealed class IdentityFunctions(OperatorGate gate, IdentityService identities, IdentityList list, StateService state)
{
    private const string EmptyObject = "{}";

    /// <summary>The refusal of a text that cannot be an identity.</summary>
    internal static readonly Failure BadIdentity = new Failure.Rejected(
        "bad-identity", "identity", "An identity is not empty, not too long, not \".\" or \"..\", and has no control characters and no literal %2F.");

    /// <summary>A page of identities: 200; 400 for a parameter that cannot be.</summary>
    [Function("Management_Identity_List")]
    public Task<IResult> List([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = ManagementRoutes.Identities)] HttpRequest request, string connector) =>
        gate.RunAsync(request, connector, OperatorPermission.Read, async call =>
        {
            if (!IdentityListQuery.Parse(request.Query).TryGet(out var query, out var failure)
                || !(await list.ListAsync(call.Connector, query, call.Cancellation)).TryGet(out var page, out failure))
            {
                return failure;
            }

            return OperatorReply.Json(json => IdentityJson.WritePage(json, page));
        });

    /// <summary>How many identities pass the filters of the list: 200 <c>{"count":n}</c> (specification c.1, countIdentities); 400 for a parameter that cannot be.</summary>
    [Function("Management_Identity_Count")]
    public Task<IResult> Count([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = ManagementRoutes.IdentityCount)] HttpRequest request, string connector) =>
        gate.RunAsync(request, connector, OperatorPermission.Read, async call =>
        {
            if (!IdentityListQuery.Parse(request.Query).TryGet(out var query, out var failure))
            {
                return failure;
            }

            var count = await list.CountAsync(call.Connector, query.Filter, call.Cancellation);
            return OperatorReply.Json(json =>
            {
                json.WriteStartObject();
                json.WriteNumber("count", count);
                json.WriteEndObject();
            });
        });

    /// <summary>One identity with its state and tags: 200; 404. With <c>times=true</c> each value has the times of both sides.</summary>
    [Function("Management_Identity_Get")]
    public Task<IResult> Get([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = ManagementRoutes.Identity)] HttpRequest request, string connector, string identity) =>
        gate.RunAsync(request, connector, OperatorPermission.Read, async call =>
        {
            if (!IdentityId.TryParse(RouteText.Decode(identity), out var id))
            {
                return IdentityFailures.Unknown;
            }

            if (!(await identities.FindAsync(call.Connector, id, call.Cancellation)).TryGet(out var device, out var failure)
                || !(await state.GetAsync(call.Connector, id, call.Cancellation)).TryGet(out var entries, out failure))
            {
                return failure;
            }

            return OperatorReply.Json(json => IdentityJson.WriteWhole(json, device, entries, StateJson.WantsTimes(request)));
        });

    /// <summary>
    /// Makes the identity in the body: 204; 409 when it exists (specification c.1, addIdentity). A body that names none gets a new one of the connector's
    /// format: 200 with it (makeIdentity).
    /// </summary>
    [Function("Management_Identity_Post")]
    public Task<IResult> Post([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ManagementRoutes.Identities)] HttpRequest request, string connector) =>
        gate.RunAsync(request, connector, OperatorPermission.ChangeDevices, async call =>
        {
            if (!call.TryGetBody(out var body, out var failure) || !IdentityChangeJson.Read(body).TryGet(out var change, out failure!))
            {
                return failure;
            }

            if (!IdentityChangeJson.NamesIdentity(body))
            {
                return (await identities.MakeAsync(call.Connector, change, call.Cancellation)).TryGet(out var made, out failure!)
                    ? OperatorReply.Json(json => IdentityJson.WriteName(json, made))
                    : failure;
            }

            return IdentityId.TryParse(IdentityChangeJson.ReadIdentity(body), out var id)
                ? Done(await identities.AddAsync(call.Connector, id, change, call.Cancellation), OperatorReply.Empty)
                : BadIdentity;
        });

    /// <summary>Makes the identity or changes it: 204. An empty body whitelists it and no more.</summary>
    [Function("Management_Identity_Put")]
    public Task<IResult> Put([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = ManagementRoutes.Identity)] HttpRequest request, string connector, string identity) =>
        gate.RunAsync(request, connector, OperatorPermission.ChangeDevices, async call =>
        {
            using var empty = JsonDocument.Parse(EmptyObject);
            if (!IdentityChangeJson.Read(call.Json ?? empty.RootElement).TryGet(out var change, out var failure))
            {
                return failure;
            }

            return IdentityId.TryParse(RouteText.Decode(identity), out var id)
                ? Done(await identities.PutAsync(call.Connector, id, change, call.Cancellation), OperatorReply.Empty)
                : BadIdentity;
        });

    /// <summary>Changes the identity: 204; 404, but not for a revocation, which is true of an unknown one already (specification b.4).</summary>
    [Function("Management_Identity_Patch")]
    public Task<IResult> Patch([HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = ManagementRoutes.Identity)] HttpRequest request, string connector, string identity) =>
        gate.RunAsync(request, connector, OperatorPermission.ChangeDevices, async call =>
        {
            if (!call.TryGetBody(out var body, out var failure) || !IdentityChangeJson.Read(body).TryGet(out var change, out failure!))
            {
                return failure;
            }

            Outcome<Done> outcome = IdentityId.TryParse(RouteText.Decode(identity), out var id)
                ? await identities.PatchAsync(call.Connector, id, change, call.Cancellation)
                : IdentityFailures.Unknown;
            return !outcome.TryGet(out _, out failure!) && failure is Failure.NotFound && IdentityChangeJson.IsRevocation(change)
                ? OperatorReply.Empty
                : Done(outcome, OperatorReply.Empty);
        });

    /// <summary>Deletes the identity and all that hangs on it: 205; 404.</summary>
    [Function("Management_Identity_Delete")]
    public Task<IResult> Delete([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = ManagementRoutes.Identity)] HttpRequest request, string connector, string identity) =>
        gate.RunAsync(request, connector, OperatorPermission.ChangeDevices, async call => IdentityId.TryParse(RouteText.Decode(identity), out var id)
            ? Done(await identities.DeleteAsync(call.Connector, id, call.Cancellation), OperatorReply.Deleted)
            : IdentityFailures.Unknown);

    private static Outcome<OperatorReply> Done(Outcome<Done> outcome, OperatorReply reply) => outcome.TryGet(out _, out var failure) ? reply : failure;
}
