using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Murano.Functions;

/// <summary>What ties a reply to the log lines of its request.</summary>
internal static class TraceId
{
    /// <summary>The id of the trace that the request is part of; the server's own id for it when there is none.</summary>
    public static string Of(HttpRequest request) => Activity.Current?.TraceId.ToHexString() ?? request.HttpContext.TraceIdentifier;
}
