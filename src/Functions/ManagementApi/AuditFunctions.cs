using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Murano.Shared;
using Murano.Shared.Access;
using Murano.Shared.Connectors;

namespace Murano.Functions.ManagementApi;

/// <summary>Admins read what operators did.</summary>
public sealed class AuditFunctions(OperatorGate gate, AuditLog audit)
{
    /// <summary>A page of entries, newest first: 200; 400 for a parameter that cannot be. Parameters: <c>from</c>, <c>to</c> (µs), <c>limit</c>, <c>cursor</c>, <c>connector</c>.</summary>
    [Function("Management_Audit_List")]
    public Task<IResult> List([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = ManagementRoutes.Audit)] HttpRequest request) =>
        gate.RunAsync(request, OperatorPermission.ReadAccess, async call =>
        {
            if (!Parse(request.Query).TryGet(out var query, out var failure) || !(await audit.ListAsync(query, call.Operator, call.Cancellation)).TryGet(out var page, out failure))
            {
                return failure;
            }

            return OperatorReply.Json(json => Write(json, page));
        });

    private static Outcome<AuditQuery> Parse(IQueryCollection parameters)
    {
        var query = new AuditQuery { Cursor = Text("cursor") };
        if (!TryRead("from", out var from) || !TryRead("to", out var to) || !TryRead("limit", out var limit) || limit == 0)
        {
            return new Failure.Rejected("bad-parameter", "", "from and to must be times in microseconds, limit a whole number from 1.");
        }

        query = query with { From = from, To = to, Limit = (int)Math.Min(limit ?? query.Limit, AuditQuery.MaxLimit) };
        return Text("connector") is not { } connector ? query
            : ConnectorId.TryParse(connector, out var id) ? query with { Connector = id }
            : new Failure.Rejected("bad-parameter", "", "connector must be a connector's id.");

        string? Text(string name) => parameters[name].LastOrDefault() is { Length: > 0 } text ? text : null;

        bool TryRead(string name, out long? value)
        {
            value = null;
            if (Text(name) is not { } text)
            {
                return true;
            }

            value = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
            return value is not null;
        }
    }

    private static void Write(Utf8JsonWriter json, AuditPage page)
    {
        json.WriteStartObject();
        json.WriteStartArray("items");
        foreach (var entry in page.Entries)
        {
            json.WriteStartObject();
            json.WriteNumber("timestamp", entry.At);
            json.WriteString("key", entry.Key);
            json.WriteString("name", entry.Name);
            json.WriteString("action", entry.Action);
            json.WriteString("method", entry.Method);
            json.WriteString("target", entry.Target);
            json.WriteString("connector", entry.Connector);
            json.WriteNumber("status", entry.Status);
            json.WriteString("address", entry.Address);
            json.WriteString("traceId", entry.TraceId);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("cursor", page.Cursor);
        json.WriteEndObject();
    }
}
