using Microsoft.Extensions.Options;
using Murano.Shared;
using Murano.Shared.Access;
using Murano.Shared.Connectors;

namespace Murano.Functions.DeviceApi;

/// <summary>
/// Plain http is for developer mode (specification a.1): where <see cref="DeviceOptions.RequireHttps"/> is on, a request without TLS is heard only under
/// the developer-mode name of a connector that has developer mode on.
/// </summary>
public sealed class TransportRule(ConnectorService connectors, DeviceHosts hosts, IOptions<DeviceOptions> options)
{
    private static readonly Failure HttpsRequired = new Failure.Forbidden("https-required", "Devices are heard over https only.");

    /// <summary>Asks whether a request may be heard.</summary>
    /// <returns>Null when it may; else <see cref="Failure.Forbidden"/>.</returns>
    internal ValueTask<Failure?> CheckAsync(DeviceOrigin origin, CancellationToken cancellationToken) =>
        origin.IsHttps || !options.Value.RequireHttps ? default : CheckPlainAsync(origin.Host, cancellationToken);

    private async ValueTask<Failure?> CheckPlainAsync(string host, CancellationToken cancellationToken)
    {
        var connector = hosts.TryRead(host, out var id, out var isDevModeName) && isDevModeName ? await connectors.FindAsync(id, cancellationToken) : null;
        return connector is { Settings.Protocol.DevMode: true } ? null : HttpsRequired;
    }
}
