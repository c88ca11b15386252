using Azure.Storage.Blobs.Models;
using Murano.Shared.Connectors;
using Murano.Shared.Identities;

namespace Murano.Shared.Storage.Checks;

/// <summary>Files as the check walks them.</summary>
public sealed class CheckFiles(Containers containers)
{
    /// <summary>The devices' files of a connector with their versions, in order; none without a container.</summary>
    internal async Task<IReadOnlyList<(string Blob, string Version, IdentityId Owner)>> ListAsync(ConnectorId connector, CancellationToken cancellationToken)
    {
        List<(string Blob, string Version, IdentityId Owner)> files = [];
        var container = containers.Content(connector);
        if (!await container.ExistsAsync(cancellationToken))
        {
            return files;
        }

        await foreach (var blob in container.GetBlobsAsync(new GetBlobsOptions { Prefix = ContentKeys.Devices }, cancellationToken))
        {
            if (ContentKeys.TryParse(blob.Name, out var id) && id.Owner is { } owner)
            {
                files.Add((blob.Name, blob.Properties.ETag.GetValueOrDefault().ToString("H"), owner));
            }
        }

        return files;
    }

    /// <summary>Removes one version of a file.</summary>
    internal async Task RemoveAsync(ConnectorId connector, string blob, string version, CancellationToken cancellationToken)
    {
        try
        {
            await containers.Content(connector).GetBlobClient(blob).DeleteIfExistsAsync(DeleteSnapshotsOption.IncludeSnapshots, new BlobRequestConditions { IfMatch = new(version) }, cancellationToken);
        }
        catch (Azure.RequestFailedException fault) when (fault.Status == 412)
        {
            // Another version is there by now.
        }
    }

    /// <summary>Connectors that have a container.</summary>
    internal IAsyncEnumerable<ConnectorId> ListConnectorsAsync(CancellationToken cancellationToken) => containers.ListAsync(cancellationToken);
}
