using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Murano.Shared;
using Murano.Shared.Access;

namespace Murano.Functions.ManagementApi;

/// <summary>Operators log in and out (specification b.1): the name of their key is the email, its secret the password.</summary>
public sealed class TokenFunctions(OperatorGate gate, OperatorLogins logins)
{
    private const int LongestText = 300;

    /// <summary>A session: 200 and its token; 401; 429 after too many failures.</summary>
    [Function("Management_Token_Post")]
    public Task<IResult> Post([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ManagementRoutes.Tokens)] HttpRequest request) =>
        gate.RunForStrangerAsync(request, async call =>
        {
            if (call.Json is not { } body)
            {
                return OperatorBody.Missing;
            }

            var fields = new JsonFields(body, "");
            var name = fields.Text("email", "", LongestText);
            var secret = fields.Text("password", "", LongestText);
            var seconds = fields.OptionalWhole("ttl");
            if (seconds == 0)
            {
                fields.Refuse(new("invalid-type", "ttl", "ttl must be a number of seconds from 1."));
            }

            if (fields.Problem is { } problem)
            {
                return problem;
            }

            var duration = seconds is { } whole ? TimeSpan.FromSeconds(Math.Min(whole, int.MaxValue)) : default(TimeSpan?);
            return (await logins.LogInAsync(name, secret, duration, call.Address, call.Cancellation)).TryGet(out var token, out var failure)
                ? OperatorReply.Json(json =>
                {
                    json.WriteStartObject();
                    json.WriteString("token", token);
                    json.WriteEndObject();
                })
                : failure;
        });

    /// <summary>Whose session it is and how many seconds are left: 200; 404.</summary>
    [Function("Management_Token_Get")]
    public Task<IResult> Get([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = ManagementRoutes.Token)] HttpRequest request, string token) =>
        gate.RunForStrangerAsync(request, async call => (await logins.FindAsync(token, call.Cancellation)).TryGet(out var session, out var failure)
            ? OperatorReply.Json(json =>
            {
                json.WriteStartObject();
                json.WriteString("email", session.Name);
                json.WriteNumber("ttl", session.Seconds);
                json.WriteEndObject();
            })
            : failure);

    /// <summary>Ends the session: 204; 404.</summary>
    [Function("Management_Token_Delete")]
    public Task<IResult> Delete([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = ManagementRoutes.Token)] HttpRequest request, string token) =>
        gate.RunForStrangerAsync(request, async call => (await logins.EndAsync(token, call.Cancellation)).TryGet(out _, out var failure) ? OperatorReply.Empty : failure);
}
