using System.Runtime.CompilerServices;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Options;
using Murano.Shared.Connectors;

namespace Murano.Shared.Storage;

/// <summary>The blob containers of the storage model, by the names that docs/storage-schema.md gives them.</summary>
public sealed class Containers(BlobServiceClient service, IOptions<StorageOptions> options)
{
    // Names of containers know no upper case; neither do those of tables tell it apart.
    private readonly string _prefix = options.Value.TablePrefix.Length == 0 ? "content-" : options.Value.TablePrefix.ToLowerInvariant() + "-content-";

    /// <summary>The files of one connector. It is made when first needed.</summary>
    internal BlobContainerClient Content(ConnectorId connector) => service.GetBlobContainerClient(_prefix + connector.Value);

    /// <summary>The connectors that have files.</summary>
    internal async IAsyncEnumerable<ConnectorId> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var container in service.GetBlobContainersAsync(prefix: _prefix, cancellationToken: cancellationToken))
        {
            if (ConnectorId.TryParse(container.Name[_prefix.Length..], out var connector))
            {
                yield return connector;
            }
        }
    }
}
