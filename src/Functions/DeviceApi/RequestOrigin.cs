using System.Net;
using Microsoft.AspNetCore.Http;
using Murano.Shared.Access;

namespace Murano.Functions.DeviceApi;

/// <summary>Reads where a request came from. The host has already put forwarded addresses, names and schemes in their places.</summary>
internal static class RequestOrigin
{
    /// <summary>The request's origin; an IPv4 address in IPv6 dress is shown as what it is.</summary>
    public static DeviceOrigin Of(HttpRequest request)
    {
        var address = request.HttpContext.Connection.RemoteIpAddress ?? IPAddress.None;
        return new(
            address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address,
            request.Host.Host.TrimEnd('.').ToLowerInvariant(),
            request.IsHttps);
    }
}
