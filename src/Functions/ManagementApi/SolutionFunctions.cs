using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Murano.Shared;
using Murano.Shared.Access;
using Murano.Shared.Connectors;
using Murano.Shared.Identities;

namespace Murano.Functions.ManagementApi;

/// <summary>A connector as one of Murano's solutions (specification b.2, b.6). What only applications have is there and empty, because tools ask for it.</summary>
public sealed class SolutionFunctions(OperatorGate gate, ConnectorCatalog catalog, DeviceQuota quota, DeviceHosts hosts)
{
    private static readonly Failure NoAddress = new Failure.NotFound("unknown-address", "Not Found");

    /// <summary>Id, name and domain: 200; 404.</summary>
    [Function("Management_Solution_Get")]
    public Task<IResult> Get([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = ManagementRoutes.Solution)] HttpRequest request, string solution) =>
        Run(request, solution, call => Json(json =>
        {
            json.WriteStartObject();
            json.WriteString("id", call.Connector.Id.Value);
            json.WriteString("name", call.Connector.Settings.Name);
            json.WriteString("domain", hosts.Domain(call.Connector.Id, request.Host.Value ?? ""));
            json.WriteEndObject();
        }));

    /// <summary>How many devices there are, counted one by one, and how many there may be, if that is limited: 200; 404.</summary>
    [Function("Management_Solution_Get_Usage")]
    public Task<IResult> Usage([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = ManagementRoutes.Usage)] HttpRequest request, string solution) =>
        Run(request, solution, async call =>
        {
            var usage = await catalog.CountAsync(call.Connector.Id, call.Cancellation);
            return OperatorReply.Json(json =>
            {
                json.WriteStartObject();
                json.WriteStartObject("device2");
                json.WriteString("service", "device2");
                json.WriteStartObject("quota");
                if (quota.Most > 0)
                {
                    json.WriteNumber("identity_total", quota.Most);
                }

                json.WriteEndObject();
                json.WriteStartObject("usage");
                json.WriteNumber("identity_total", usage.All);
                json.WriteNumber("identity_provisioned", usage.Provisioned);
                json.WriteNumber("identity_locked", usage.Locked);
                json.WriteEndObject();
                json.WriteEndObject();
                json.WriteEndObject();
            });
        });

    /// <summary>What a tool must know: 200 and nothing, since none is too old; 404.</summary>
    [Function("Management_Solution_Get_Version")]
    public Task<IResult> Version([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = ManagementRoutes.Version)] HttpRequest request, string solution) =>
        Run(request, solution, _ => Json(WriteNothing));

    /// <summary>A part that only applications have: 200 and nothing, in the part's own form; 404.</summary>
    /// <remarks>Its name sorts after those of the other parts, so that the host tries it last.</remarks>
    [Function("Management_Solution_Part")]
    public Task<IResult> Part([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = ManagementRoutes.SolutionPart)] HttpRequest request, string solution, string part) =>
        Run(request, solution, _ => part switch
        {
            "serviceconfig" or "eventhandler" or "module" => Json(WriteNoItems),
            "endpoint" or "role" or "user" or "file" or "cors" => Json(WriteNoList),
            _ => Task.FromResult<Outcome<OperatorReply>>(NoAddress),
        });

    private static Task<Outcome<OperatorReply>> Json(Action<Utf8JsonWriter> write) => Task.FromResult<Outcome<OperatorReply>>(OperatorReply.Json(write));

    private static void WriteNothing(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteEndObject();
    }

    private static void WriteNoList(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        json.WriteEndArray();
    }

    private static void WriteNoItems(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartArray("items");
        json.WriteEndArray();
        json.WriteNumber("total", 0);
        json.WriteEndObject();
    }

    private Task<IResult> Run(HttpRequest request, string solution, Func<OperatorCall, Task<Outcome<OperatorReply>>> handler) =>
        gate.RunOnSolutionAsync(request, solution, OperatorPermission.Read, handler);
}
