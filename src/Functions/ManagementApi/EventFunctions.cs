using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Murano.Shared.Access;
using Murano.Shared.Events;

namespace Murano.Functions.ManagementApi;

/// <summary>Operators look after the events that go to their own code. Types and destination are settings.</summary>
public sealed class EventFunctions(OperatorGate gate, EventService events, TimeProvider time)
{
    /// <summary>How the delivery stands: 200.</summary>
    [Function("Management_Event_Get")]
    public Task<IResult> Get([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = ManagementRoutes.Events)] HttpRequest request, string connector) =>
        gate.RunAsync(request, connector, OperatorPermission.Read, async call =>
        {
            var state = await events.GetAsync(call.Connector, call.Cancellation);
            return OperatorReply.Json(json => EventStateJson.Write(json, call.Connector.Settings.Events, state, time.GetUtcNow()));
        });

    /// <summary>Sends a test event, once: 200 with whether it arrived; 409 without a destination.</summary>
    [Function("Management_Event_Test")]
    public Task<IResult> Test([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ManagementRoutes.EventTest)] HttpRequest request, string connector) =>
        gate.RunAsync(request, connector, OperatorPermission.ChangeDevices, async call =>
            (await events.TestAsync(call.Connector, call.Cancellation)).TryGet(out var result, out var failure) ? OperatorReply.Json(json => EventStateJson.WriteTest(json, result)) : failure);

    /// <summary>Gives the webhook another secret: 200 with it, shown this once; 409 when there is no webhook.</summary>
    [Function("Management_Event_Secret")]
    public Task<IResult> Secret([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ManagementRoutes.EventSecret)] HttpRequest request, string connector) =>
        gate.RunAsync(request, connector, OperatorPermission.ChangeSettings, async call =>
            (await events.RenewSecretAsync(call.Connector.Id, call.Cancellation)).TryGet(out var secret, out var failure) ? OperatorReply.Json(json => EventStateJson.WriteSecret(json, secret)) : failure);
}
