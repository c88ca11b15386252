using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Murano.Shared;
using Murano.Shared.Access;
using Murano.Shared.Identities;
using Murano.Shared.Realtime;

namespace Murano.Functions.ManagementApi;

/// <summary>Operators watch devices live (specification b.6, d). Nothing is kept.</summary>
public sealed class LogFunctions(OperatorGate gate, LogWatchService watches, LogStreams streams)
{
    private const string IdentityName = "identity";
    private const string Polling = "polling";

    private static readonly Failure BadIdentity = new Failure.Rejected("bad-identity", IdentityName, "The identity is empty, too long, or holds characters that none may.");

    /// <summary>
    /// Gives an address at which the live log of the connector, or of one device, can be heard: 200; 400 for what cannot be an identity, 409 when there is no live
    /// log here, 429 when too many devices are watched, 503. The device need not be known yet.
    /// </summary>
    [Function("Management_Log_Negotiate")]
    public Task<IResult> Negotiate([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = ManagementRoutes.LogNegotiation)] HttpRequest request, string connector) =>
        gate.RunAsync(request, connector, OperatorPermission.Read, async call =>
        {
            IdentityId? identity = null;
            if (request.Query.TryGetValue(IdentityName, out var text))
            {
                if (!IdentityId.TryParse(text.Count == 1 ? text[0] : null, out var device))
                {
                    return BadIdentity;
                }

                identity = device;
            }

            return (await watches.NegotiateAsync(call.Connector, identity, call.Operator, call.Cancellation)).TryGet(out var given, out var failure)
                ? OperatorReply.Json(json =>
                {
                    json.WriteStartObject();
                    json.WriteString("url", given.Address.AbsoluteUri);
                    json.WriteNumber("expires_in", (long)given.Lifetime.TotalSeconds);
                    json.WriteEndObject();
                })
                : failure;
        });

    /// <summary>The log as Murano's command line asks for it: 200 and nothing, since nothing is kept; with <c>polling=true</c> what happens from now on, in a reply that goes on; 404.</summary>
    [Function("Management_Solution_Get_Logs")]
    public Task<IResult> Logs([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = ManagementRoutes.Logs)] HttpRequest request, string solution) =>
        gate.RunOnSolutionAsync(request, solution, OperatorPermission.Read, async call =>
        {
            if (!string.Equals(request.Query[Polling], "true", StringComparison.OrdinalIgnoreCase))
            {
                return OperatorReply.Json(json =>
                {
                    json.WriteStartObject();
                    json.WriteStartArray("items");
                    json.WriteEndArray();
                    json.WriteNumber("total", 0);
                    json.WriteEndObject();
                });
            }

            return (await streams.OpenAsync(call.Connector, call.Operator, call.Cancellation)).TryGet(out var stream, out var failure) ? OperatorReply.Log(stream) : failure;
        });
}
