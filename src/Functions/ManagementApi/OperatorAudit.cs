using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Murano.Functions.DeviceApi;
using Murano.Functions.Fallback;
using Murano.Shared;
using Murano.Shared.Access;
using Murano.Shared.Connectors;

namespace Murano.Functions.ManagementApi;

/// <summary>Notes in the audit log what a request changed.</summary>
public sealed partial class OperatorAudit(AuditLog audit, RouteTable routes, TimeProvider time, ILogger<OperatorAudit> logger)
{
    /// <summary>Notes a change. What is done is done and said to be: an entry that cannot be written is a matter for whoever reads the log.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="session">Who asked.</param>
    /// <param name="connector">The connector that it was about, as the address names it; empty = none.</param>
    /// <param name="status">The code that is answered.</param>
    /// <param name="target">The path, without secrets.</param>
    internal async Task NoteAsync(HttpRequest request, OperatorSession session, string connector, int status, string target)
    {
        var change = new AuditEntry
        {
            At = time.GetUnixMicros(),
            Key = session.Id.Value,
            Name = session.Name,
            Action = routes.NameOf(request.Method, request.Path) ?? "",
            Method = request.Method,
            Target = target,
            Connector = ConnectorId.TryParse(connector, out var id) ? id.Value : "",
            Status = status,
            Address = RequestOrigin.Of(request).AddressText,
            TraceId = TraceId.Of(request),
        };
        try
        {
            await audit.WriteAsync(change, CancellationToken.None);
        }
        catch (Exception fault)
        {
            Log.NotNoted(logger, fault, change.Action, change.Target, change.Name, change.Key, change.TraceId);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1103, LogLevel.Error, "{Action} on {Target} by {Operator} ({Key}) is done, but could not be noted in the audit log (trace {TraceId}).")]
        public static partial void NotNoted(ILogger logger, Exception fault, string action, string target, string @operator, string key, string traceId);
    }
}
