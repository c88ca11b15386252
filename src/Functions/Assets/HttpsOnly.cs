using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Murano.Shared;
using Murano.Shared.Connectors;

namespace Murano.Functions.Assets;

/// <summary>
/// What people open in a browser is served over https only where <see cref="DeviceOptions.RequireHttps"/> is on: they type keys there, and whoever sits in between could make another page of it.
/// A browser that came once comes over https by itself from then on.
/// </summary>
public sealed class HttpsOnly(IOptions<DeviceOptions> options, DeviceHosts hosts)
{
    // A year. Not for names below: under some of those, devices speak plain http.
    private const string Strict = "max-age=31536000";

    private readonly bool _isOn = options.Value.RequireHttps;

    /// <summary>What is answered: the reply over https, and elsewhere where it is to be had.</summary>
    internal IResult Answer(HttpRequest request, Func<IResult> reply)
    {
        if (!_isOn)
        {
            return reply();
        }

        if (!request.IsHttps)
        {
            return new HttpsReply($"https://{new HostString(request.Host.Host).ToUriComponent()}{hosts.HttpsPort}{request.PathBase.ToUriComponent()}{request.Path.ToUriComponent()}{request.QueryString.ToUriComponent()}");
        }

        request.HttpContext.Response.Headers.StrictTransportSecurity = Strict;
        return reply();
    }
}
