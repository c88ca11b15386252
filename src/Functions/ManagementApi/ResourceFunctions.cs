using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Murano.Shared;
using Murano.Shared.Access;
using Murano.Shared.Connectors;
using Murano.Shared.State;

namespace Murano.Functions.ManagementApi;

/// <summary>Operators read, add, replace and remove single resources (specification b.3, c.1).</summary>
public sealed class ResourceFunctions(OperatorGate gate, ConnectorService connectors)
{
    private static readonly Failure BadAlias = new Failure.Rejected(
        "bad-alias", "alias", "An alias must not be empty or too long, and must not contain \".\", \"$\" or control characters.");

    /// <summary>The definition: 200; 404.</summary>
    [Function("Management_Resource_Get")]
    public Task<IResult> Get([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = ManagementRoutes.Resource)] HttpRequest request, string connector, string alias) =>
        gate.RunAsync(request, connector, OperatorPermission.Read, call => Task.FromResult<Outcome<OperatorReply>>(
            Alias.TryParse(RouteText.Decode(alias), out var name) && call.Connector.Resources.TryGetValue(name, out var definition)
                ? OperatorReply.Json(json => ResourceJson.Write(json, definition))
                : ConnectorFailures.UnknownResource));

    /// <summary>Adds the resource: 204; 409 when there is one; 400 for a definition that cannot be.</summary>
    [Function("Management_Resource_Post")]
    public Task<IResult> Post([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ManagementRoutes.Resource)] HttpRequest request, string connector, string alias) =>
        gate.RunAsync(request, connector, OperatorPermission.ChangeSettings, async call =>
        {
            if (!call.TryGetBody(out var body, out var failure))
            {
                return failure;
            }

            return Alias.TryParse(RouteText.Decode(alias), out var name)
                ? Done(await connectors.AddResourceAsync(call.Connector.Id, name, body, call.Cancellation))
                : BadAlias;
        });

    /// <summary>Replaces the definition of the resource, as a whole: 204; 404; 400 for a definition that cannot be.</summary>
    [Function("Management_Resource_Put")]
    public Task<IResult> Put([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = ManagementRoutes.Resource)] HttpRequest request, string connector, string alias) =>
        gate.RunAsync(request, connector, OperatorPermission.ChangeSettings, async call =>
        {
            if (!call.TryGetBody(out var body, out var failure))
            {
                return failure;
            }

            return Alias.TryParse(RouteText.Decode(alias), out var name)
                ? Done(await connectors.UpdateResourceAsync(call.Connector.Id, name, body, call.Cancellation))
                : ConnectorFailures.UnknownResource;
        });

    /// <summary>Removes the resource: 204; 404.</summary>
    [Function("Management_Resource_Delete")]
    public Task<IResult> Delete([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = ManagementRoutes.Resource)] HttpRequest request, string connector, string alias) =>
        gate.RunAsync(request, connector, OperatorPermission.ChangeSettings, async call => Alias.TryParse(RouteText.Decode(alias), out var name)
            ? Done(await connectors.RemoveResourceAsync(call.Connector.Id, name, call.Cancellation))
            : ConnectorFailures.UnknownResource);

    private static Outcome<OperatorReply> Done(Outcome<Connector> changed) => changed.TryGet(out _, out var failure) ? OperatorReply.Empty : failure;
}
