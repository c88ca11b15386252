using Microsoft.Extensions.Options;
using Murano.Shared;
using Murano.Shared.Access;
using Murano.Shared.Connectors;

namespace Murano.Functions.DeviceApi;

/// <summary>
/// Plain http is for developer mode (specification a.1): a request without TLS is heard under the developer-mode name of a connector that has developer
/// mode on. Under other names it is heard only where <see cref="DeviceOptions.RequireHttps"/> is off. What comes over TLS is heard under all names.
/// </summary>
/// <remarks>403, though devices get it nowhere else: Murano had no answer at all here, 404 would say that the address is wrong, and 401 makes clients throw their token away.</remarks>
public sealed class TransportRule(ConnectorService connectors, DeviceHosts hosts, IOptions<DeviceOptions> options)
{
    private static readonly Failure HttpsRequired = new Failure.Forbidden("https-required", "Devices are heard over https only.");

    /// <summary>Asks whether a request may be heard.</summary>
    /// <returns>Null when it may; else <see cref="Failure.Forbidden"/>.</returns>
    internal ValueTask<Failure?> CheckAsync(DeviceOrigin origin, CancellationToken cancellationToken) => origin.IsHttps ? default : CheckPlainAsync(origin.Host, cancellationToken);

    private async ValueTask<Failure?> CheckPlainAsync(string host, CancellationToken cancellationToken)
    {
        if (!hosts.TryRead(host, out var id, out var isDevModeName) || !isDevModeName)
        {
            return options.Value.RequireHttps ? HttpsRequired : null;
        }

        return await connectors.FindAsync(id, cancellationToken) is { Settings.Protocol.DevMode: true } ? null : HttpsRequired;
    }
}
