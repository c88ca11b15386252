using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace Murano.LocalHost.Timers;

/// <summary>The blob of a timer function: its lease says who runs it, its content when it ran.</summary>
internal sealed class TimerBlob(BlobContainerClient container, string hostId, string function, TimeSpan renewal)
{
    // The longest that storage grants for a limited lease; a process that dies keeps the others waiting no longer.
    private static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(60);

    private readonly BlobClient _blob = container.GetBlobClient($"{hostId}/{function}");

    /// <summary>Takes the lease.</summary>
    /// <returns>Null when another process has it.</returns>
    public async Task<TimerLease?> TryLeaseAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                var lease = _blob.GetBlobLeaseClient();
                await lease.AcquireAsync(LeaseTime, cancellationToken: cancellationToken);
                return new(_blob, lease, renewal);
            }
            catch (RequestFailedException fault) when (fault.Status == 404 && attempt == 0)
            {
                await CreateAsync(cancellationToken);
            }
            catch (RequestFailedException fault) when (fault.Status is 409 or 412)
            {
                return null;
            }
        }
    }

    private async Task CreateAsync(CancellationToken cancellationToken)
    {
        await container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        try
        {
            var onlyNew = new BlobUploadOptions { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } };
            await _blob.UploadAsync(BinaryData.FromString("null"), onlyNew, cancellationToken);
        }
        catch (RequestFailedException fault) when (fault.Status is 409 or 412)
        {
            // Another process was faster.
        }
    }
}
