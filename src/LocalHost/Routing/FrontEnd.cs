using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace Murano.LocalHost.Routing;

/// <summary>Makes a request look as it does behind the platform's front end: headers that only the front end may set are its own, and the scheme is the client's.</summary>
internal sealed class FrontEnd(IConfiguration configuration)
{
    private const string ClientCertificate = "X-ARR-ClientCert";

    private static readonly string[] Owned = [ClientCertificate, "Forwarded", "TE"];
    private static readonly string[] OwnedPrefixes = ["X-Forwarded-", "X-Original-"];

    private readonly Lazy<string?> _devMode = new(() => DevModeHost(configuration));

    /// <summary>Rewrites the request in place.</summary>
    public void Apply(HttpContext context)
    {
        var headers = context.Request.Headers;
        foreach (var name in headers.Keys.Where(IsOwned).ToArray())
        {
            headers.Remove(name);
        }

        if (context.Connection.ClientCertificate is { } certificate)
        {
            headers[ClientCertificate] = new StringValues(Convert.ToBase64String(certificate.RawData));
            context.Connection.ClientCertificate = null; // the platform has it in the header alone
        }

        // The plain port is what lies behind a front end that takes https only; plain http reaches devmode names and nothing else.
        if (!context.Request.IsHttps && !IsDevMode(context.Request.Host.Host))
        {
            context.Request.Scheme = "https";
        }
    }

    private static bool IsOwned(string name) =>
        Owned.Contains(name, StringComparer.OrdinalIgnoreCase) || OwnedPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    private static string? DevModeHost(IConfiguration configuration) =>
        configuration["Devices:DevModeDomain"] is { Length: > 0 } domain ? "." + new HostString(domain).Host : null;

    private bool IsDevMode(string? host) => _devMode.Value is { } suffix && host is not null && host.EndsWith(suffix, StringComparison.OrdinalIgnoreCase);
}
