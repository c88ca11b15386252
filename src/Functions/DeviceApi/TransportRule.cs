using Microsoft.Extensions.Options;
using Murano.Shared;
using Murano.Shared.Access;
using Murano.Shared.Connectors;

namespace Murano.Functions.DeviceApi;

/// <summary>
/// Plain http is for developer mode (specification a.1): where <see cref="DeviceOptions.RequireHttps"/> is on, a request without TLS is heard only under
/// the developer-mode name of a connector that has developer mode on.
/// </summary>
public sealed class TransportRule(ConnectorService connectors, IOptions<DeviceOptions> options)
{
    private static readonly Failure HttpsRequired = new Failure.Forbidden("https-required", "Devices are heard over https only.");

    private readonly bool _required = options.Value.RequireHttps;
    private readonly string _suffix = "." + DevModeName(options.Value);

    /// <summary>Asks whether a request may be heard.</summary>
    /// <returns>Null when it may; else <see cref="Failure.Forbidden"/>.</returns>
    internal ValueTask<Failure?> CheckAsync(DeviceOrigin origin, CancellationToken cancellationToken) =>
        origin.IsHttps || !_required ? default : CheckPlainAsync(origin.Host, cancellationToken);

    private static string DevModeName(DeviceOptions options)
    {
        var domain = options.DevModeDomain.Length > 0 ? options.DevModeDomain
            : options.Domain.Length > 0 ? "devmode-" + options.Domain
            : "";
        var port = domain.IndexOf(':', StringComparison.Ordinal);
        return (port < 0 ? domain : domain[..port]).ToLowerInvariant();
    }

    private async ValueTask<Failure?> CheckPlainAsync(string host, CancellationToken cancellationToken)
    {
        // Without a domain the suffix is a bare dot, which no host ends in.
        if (!host.EndsWith(_suffix, StringComparison.Ordinal) || !ConnectorId.TryParse(host[..^_suffix.Length], out var id))
        {
            return HttpsRequired;
        }

        var connector = await connectors.FindAsync(id, cancellationToken);
        return connector is { Settings.Protocol.DevMode: true } ? null : HttpsRequired;
    }
}
