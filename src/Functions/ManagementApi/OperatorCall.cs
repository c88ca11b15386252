using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Murano.Shared;
using Murano.Shared.Access;
using Murano.Shared.Connectors;

namespace Murano.Functions.ManagementApi;

/// <summary>A request of an operator who may do what it asks, with its body parsed.</summary>
/// <param name="Operator">Who asks.</param>
/// <param name="Connector">The connector as it is now.</param>
/// <param name="Request">For query and host name; its body has been read.</param>
/// <param name="Json">The body; null when it was empty. Not to be used once the handler has ended.</param>
/// <param name="Cancellation">For reads the client's disconnect and a deadline, for writes the deadline alone.</param>
internal sealed record OperatorCall(OperatorSession Operator, Connector Connector, HttpRequest Request, JsonElement? Json, CancellationToken Cancellation)
{
    /// <summary>The body, which must be there.</summary>
    public bool TryGetBody(out JsonElement body, out Failure failure)
    {
        body = Json.GetValueOrDefault();
        failure = OperatorBody.Missing;
        return Json is not null;
    }
}
