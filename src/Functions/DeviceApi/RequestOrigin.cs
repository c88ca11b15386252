using System.Net;
using Microsoft.AspNetCore.Http;
using Murano.Shared.Access;

namespace Murano.Functions.DeviceApi;

/// <summary>Reads where a request came from. The host has already put forwarded addresses, names and schemes in their places.</summary>
internal static class RequestOrigin
{
    /// <summary>The request's origin.</summary>
    public static DeviceOrigin Of(HttpRequest request) => new(
        request.HttpContext.Connection.RemoteIpAddress ?? IPAddress.None,
        request.Host.Host.TrimEnd('.').ToLowerInvariant(),
        request.IsHttps);
}
