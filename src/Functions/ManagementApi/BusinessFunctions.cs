using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;
using Murano.Shared;
using Murano.Shared.Access;
using Murano.Shared.Connectors;

namespace Murano.Functions.ManagementApi;

/// <summary>What tools look up before they come to a connector (specification b.2): there is one business, and its solutions are the connectors.</summary>
public sealed class BusinessFunctions(OperatorGate gate, ConnectorCatalog catalog, ConnectorDeletion deletion, DeviceHosts hosts, IOptions<BusinessOptions> options)
{
    private const string Product = "product";
    private const string Application = "application";
    private const int LongestText = 100;

    private static readonly Failure UnknownBusiness = new Failure.NotFound("unknown-business", "There is no such business.");
    private static readonly Failure UnknownUser = new Failure.NotFound("unknown-user", "There is no such user, or it is not you.");
    private static readonly Failure AllConnectors = new Failure.Forbidden("scope", "Only a key for all connectors can make one.");

    /// <summary>The businesses of the caller, which is one: 200; 404 for another user.</summary>
    [Function("Management_Business_Membership")]
    public Task<IResult> Membership([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = ManagementRoutes.Membership)] HttpRequest request, string email) =>
        gate.RunAsync(request, OperatorPermission.Read, call => Reply(string.Equals(RouteText.Decode(email), call.Operator.Name, StringComparison.Ordinal)
            ? OperatorReply.Json(json =>
            {
                json.WriteStartArray();
                json.WriteStartObject();
                json.WriteString("bizid", options.Value.Id);
                json.WriteString("role", RoleNames.Of(call.Operator.Role));
                json.WriteString("name", options.Value.Name);
                json.WriteEndObject();
                json.WriteEndArray();
            })
            : UnknownUser));

    /// <summary>The business: 200; 404.</summary>
    [Function("Management_Business_Overview")]
    public Task<IResult> Overview([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = ManagementRoutes.Overview)] HttpRequest request, string business) =>
        gate.RunAsync(request, OperatorPermission.Read, call => Reply(IsOurs(business)
            ? OperatorReply.Json(json =>
            {
                json.WriteStartObject();
                json.WriteString("name", options.Value.Name);
                json.WriteString("email", call.Operator.Name);
                json.WriteStartObject("tier");
                json.WriteString("id", "standard");
                json.WriteEndObject();
                json.WriteStartArray("lineitems");
                json.WriteEndArray();
                json.WriteEndObject();
            })
            : UnknownBusiness));

    /// <summary>The connectors within the key's scope: 200; 404.</summary>
    [Function("Management_Business_Solution_List")]
    public Task<IResult> List([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = ManagementRoutes.Solutions)] HttpRequest request, string business) =>
        gate.RunAsync(request, OperatorPermission.Read, async call =>
        {
            if (!IsOurs(business))
            {
                return UnknownBusiness;
            }

            var connectors = (await catalog.ListAsync(call.Cancellation)).Where(connector => call.Operator.MaySee(connector.Id));
            return OperatorReply.Json(json =>
            {
                json.WriteStartArray();
                foreach (var connector in connectors)
                {
                    json.WriteStartObject();
                    json.WriteString("bizid", options.Value.Id);
                    json.WriteString("type", Product);
                    json.WriteString("apiId", connector.Id.Value);
                    json.WriteString("sid", connector.Id.Value);
                    json.WriteString("name", connector.Name);
                    json.WriteString("domain", hosts.Domain(connector.Id, request.Host.Value ?? ""));
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            });
        });

    /// <summary>Makes a connector: 200 and its id; 400 for a name that cannot be or a type that is not <c>product</c>; 409 <c>limit</c>.</summary>
    [Function("Management_Business_Solution_Post")]
    public Task<IResult> Post([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ManagementRoutes.Solutions)] HttpRequest request, string business) =>
        gate.RunAsync(request, OperatorPermission.ManageConnectors, async call =>
        {
            if (!call.Operator.SeesAll)
            {
                return AllConnectors;
            }

            if (!IsOurs(business))
            {
                return UnknownBusiness;
            }

            if (!call.TryGetBody(out var body, out var failure) || !ReadLabel(body).TryGet(out var label, out failure!)
                || !(await catalog.CreateAsync(label, call.Cancellation)).TryGet(out var connector, out failure))
            {
                return failure;
            }

            return OperatorReply.Json(
                json =>
                {
                    json.WriteStartObject();
                    json.WriteString("id", connector.Id.Value);
                    json.WriteEndObject();
                },
                connector.Id.Value);
        });

    /// <summary>Begins to delete a connector, which nobody sees from then on: 200; 404.</summary>
    [Function("Management_Business_Solution_Delete")]
    public Task<IResult> Delete([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = ManagementRoutes.BusinessSolution)] HttpRequest request, string business, string solution) =>
        gate.RunOnSolutionAsync(request, solution, OperatorPermission.ManageConnectors, async call =>
        {
            if (!IsOurs(business))
            {
                return UnknownBusiness;
            }

            return (await deletion.DeleteAsync(call.Connector.Id, call.Cancellation)).TryGet(out _, out var failure)
                ? OperatorReply.Json(json =>
                {
                    json.WriteStartObject();
                    json.WriteEndObject();
                })
                : failure;
        });

    private static Task<Outcome<OperatorReply>> Reply(Outcome<OperatorReply> reply) => Task.FromResult(reply);

    private static Outcome<string> ReadLabel(JsonElement body)
    {
        var fields = new JsonFields(body, "");
        var label = fields.Text("label", "", LongestText);
        var type = fields.Word("type", word => word is Product or Application ? word : null);
        return fields.Problem is { } problem ? problem
            : string.Equals(type, Product, StringComparison.Ordinal) ? label
            : new Failure.Rejected("type-not-supported", "", "Only solutions of type product can be made: there are no applications here.");
    }

    private bool IsOurs(string business) => string.Equals(business, options.Value.Id, StringComparison.Ordinal);
}
