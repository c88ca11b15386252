using Murano.Shared.Access;
using Murano.Shared.Connectors;

namespace Murano.Shared.Events.Delivery;

/// <summary>The secrets that sign what webhooks get.</summary>
public sealed class WebhookSecrets(SigningKey signingKey)
{
    /// <summary>The secret of a destination.</summary>
    /// <exception cref="Storage.StorageUnavailableException">Storage is not to be had.</exception>
    internal async Task<byte[]> GetAsync(ConnectorId connector, EventDestination destination, CancellationToken cancellationToken) =>
        WebhookSignatureRules.Derive(await signingKey.GetAsync(cancellationToken), connector, destination.Key);
}
