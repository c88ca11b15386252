using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Murano.Shared;
using Murano.Shared.Access;

namespace Murano.Functions.ManagementApi;

/// <summary>A request that is about no connector, or about several, of an operator who may do what it asks.</summary>
/// <param name="Operator">Who asks.</param>
/// <param name="Request">For query and host name; its body has been read.</param>
/// <param name="Json">The body; null when it was empty. Not to be used once the handler has ended.</param>
/// <param name="Cancellation">For reads the client's disconnect and a deadline, for writes the deadline alone.</param>
internal sealed record AccountCall(OperatorSession Operator, HttpRequest Request, JsonElement? Json, CancellationToken Cancellation)
{
    /// <summary>The body, which must be there.</summary>
    public bool TryGetBody(out JsonElement body, out Failure failure)
    {
        body = Json.GetValueOrDefault();
        failure = OperatorBody.Missing;
        return Json is not null;
    }
}
