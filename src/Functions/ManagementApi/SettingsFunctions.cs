using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Murano.Shared;
using Murano.Shared.Access;
using Murano.Shared.Connectors;

namespace Murano.Functions.ManagementApi;

/// <summary>Operators read and change the settings of a connector (specification b.3).</summary>
public sealed class SettingsFunctions(OperatorGate gate, ConnectorService connectors, DeviceHosts hosts)
{
    /// <summary>The settings with all resources: 200.</summary>
    [Function("Management_Settings_Get")]
    public Task<IResult> Get([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = ManagementRoutes.Settings)] HttpRequest request, string connector) =>
        gate.RunAsync(request, connector, OperatorPermission.Read, call => Task.FromResult<Outcome<OperatorReply>>(
            OperatorReply.Json(json => ConnectorJson.WriteBlob(json, call.Connector, hosts.Fqdn(call.Connector.Id, request.Host.Value ?? "")))));

    /// <summary>Merges sections, replaces the map of resources: 204; 400 for a known field with a bad value, and then nothing is changed.</summary>
    [Function("Management_Settings_Patch")]
    public Task<IResult> Patch([HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = ManagementRoutes.Settings)] HttpRequest request, string connector) =>
        gate.RunAsync(request, connector, OperatorPermission.ChangeSettings, async call =>
        {
            if (!call.TryGetBody(out var body, out var missing))
            {
                return missing;
            }

            var changed = await connectors.PatchAsync(call.Connector.Id, body, call.Cancellation);
            return changed.TryGet(out _, out var failure) ? OperatorReply.Empty : failure;
        });
}
