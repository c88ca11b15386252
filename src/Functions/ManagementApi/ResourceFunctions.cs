using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Murano.Shared;
using Murano.Shared.Access;
using Murano.Shared.Connectors;
using Murano.Shared.State;

namespace Murano.Functions.ManagementApi;

/// <summary>Operators read and remove single resources (specification b.3).</summary>
public sealed class ResourceFunctions(OperatorGate gate, ConnectorService connectors)
{
    /// <summary>The definition: 200; 404.</summary>
    [Function("Management_Resource_Get")]
    public Task<IResult> Get([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = ManagementRoutes.Resource)] HttpRequest request, string connector, string alias) =>
        gate.RunAsync(request, connector, OperatorPermission.Read, call => Task.FromResult<Outcome<OperatorReply>>(
            Alias.TryParse(RouteText.Decode(alias), out var name) && call.Connector.Resources.TryGetValue(name, out var definition)
                ? OperatorReply.Json(json => ResourceJson.Write(json, definition))
                : ConnectorFailures.UnknownResource));

    /// <summary>Removes the resource: 204; 404.</summary>
    [Function("Management_Resource_Delete")]
    public Task<IResult> Delete([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = ManagementRoutes.Resource)] HttpRequest request, string connector, string alias) =>
        gate.RunAsync(request, connector, OperatorPermission.ChangeSettings, async call =>
        {
            if (!Alias.TryParse(RouteText.Decode(alias), out var name))
            {
                return ConnectorFailures.UnknownResource;
            }

            var changed = await connectors.RemoveResourceAsync(call.Connector.Id, name, call.Cancellation);
            return changed.TryGet(out _, out var failure) ? OperatorReply.Empty : failure;
        });
}
