using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace Murano.LocalHost.Timers;

/// <summary>The right to run a timer function, held until it is disposed. Renewed while held; <see cref="Lost"/> fires when that fails.</summary>
internal sealed class TimerLease : IAsyncDisposable
{
    private readonly BlobClient _blob;
    private readonly BlobLeaseClient _lease;
    private readonly TimeSpan _renewal;
    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource _done = new();
    private readonly Task _renewing;

    public TimerLease(BlobClient blob, BlobLeaseClient lease, TimeSpan renewal)
    {
        _blob = blob;
        _lease = lease;
        _renewal = renewal;
        _renewing = RenewAsync();
    }

    /// <summary>Fires when another process may have taken over.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>What is recorded; null before the first record.</summary>
    public async Task<TimerRecord?> ReadAsync(CancellationToken cancellationToken)
    {
        var content = await _blob.DownloadContentAsync(new BlobDownloadOptions { Conditions = Held() }, cancellationToken);
        return JsonSerializer.Deserialize<TimerRecord>(content.Value.Content);
    }

    /// <summary>Replaces the record; fails when the lease is lost.</summary>
    public Task WriteAsync(TimerRecord record, CancellationToken cancellationToken) =>
        _blob.UploadAsync(BinaryData.FromObjectAsJson(record), new BlobUploadOptions { Conditions = Held() }, cancellationToken);

    /// <summary>Lets another process run the function.</summary>
    public async ValueTask DisposeAsync()
    {
        await _done.CancelAsync();
        await _renewing;
        try
        {
            await _lease.ReleaseAsync(cancellationToken: CancellationToken.None);
        }
        catch (RequestFailedException)
        {
            // It ends by itself.
        }

        _done.Dispose();
        _lost.Dispose();
    }

    private BlobRequestConditions Held() => new() { LeaseId = _lease.LeaseId };

    // By the real clock: storage counts the lease, not the app's clock.
    private async Task RenewAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(_renewal, _done.Token);
                await _lease.RenewAsync(cancellationToken: _done.Token);
            }
        }
        catch (OperationCanceledException) when (_done.IsCancellationRequested)
        {
            // Released.
        }
        catch (RequestFailedException)
        {
            await _lost.CancelAsync();
        }
        catch (AggregateException)
        {
            await _lost.CancelAsync(); // no reply, several times
        }
    }
}
