using System.Buffers;
using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Murano.Shared;
using Murano.Shared.Content;

namespace Murano.Functions.DeviceApi;

/// <summary>The body of an upload as it comes, decompressed on the way (specification a.4). Reading ends when the client leaves or is slower than the server bears.</summary>
internal sealed class StreamedBody : IContentSource, IAsyncDisposable
{
    private const int DrainBytes = 16 * 1024;

    private readonly HttpRequest _request;
    private readonly WireStream _wire;
    private readonly string? _encoding;
    private Stream? _decoded;
    private bool _stopped;

    /// <summary>The body of a request. Nothing is read yet.</summary>
    /// <param name="request">The request.</param>
    /// <param name="around">How many bytes there may be around the file.</param>
    public StreamedBody(HttpRequest request, long around = 0)
    {
        ArgumentNullException.ThrowIfNull(request);
        _request = request;
        _wire = new(request.Body);
        if (!BodyEncoding.TryRead(request.Headers.ContentEncoding, out _encoding))
        {
            Problem = BodyEncoding.UnknownEncoding;
        }
        else if (_encoding is null && request.ContentLength >= ContentLimits.TooManyBytes + around)
        {
            Problem = ContentFailures.TooLarge;
        }
    }

    /// <inheritdoc/>
    public Failure? Problem { get; private set; }

    /// <inheritdoc/>
    public async ValueTask<int> ReadAsync(Memory<byte> target)
    {
        if (Problem is not null)
        {
            return 0;
        }

        try
        {
            var read = await (_decoded ??= await OpenAsync()).ReadAsync(target, CancellationToken.None);
            if (read == 0 && _encoding is not null)
            {
                await ReadRestAsync(); // a decoder stops at its own end, and what comes after may show that the body is cut
            }

            return read;
        }
        catch (InvalidDataException)
        {
            Problem = BodyEncoding.Broken;
            return 0;
        }
        catch (Exception fault) when (RequestBody.IsOfTheTransfer(fault))
        {
            Stop(fault);
            return 0;
        }
    }

    /// <summary>Reads what is left and keeps nothing, up to <see cref="RequestBody.MaxDrainedBytes"/> in all, so that a reply reaches the client.</summary>
    public async Task DrainAsync()
    {
        try
        {
            if (!_stopped)
            {
                await ReadRestAsync();
            }
        }
        catch (Exception fault) when (RequestBody.IsOfTheTransfer(fault))
        {
            Stop(fault);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _decoded?.DisposeAsync() ?? default;

    private void Stop(Exception fault)
    {
        _stopped = true;
        Problem = RequestBody.WhyStopped(_request, fault, ContentFailures.TooLarge);
    }

    private async ValueTask<Stream> OpenAsync()
    {
        if (_encoding is null || !await _wire.PeekAsync())
        {
            return _wire;
        }

        return string.Equals(_encoding, BodyEncoding.Gzip, StringComparison.Ordinal) ? new GZipStream(_wire, CompressionMode.Decompress, leaveOpen: true)
            : BodyEncoding.HasZlibHeader(_wire.Peeked) ? new ZLibStream(_wire, CompressionMode.Decompress, leaveOpen: true)
            : new DeflateStream(_wire, CompressionMode.Decompress, leaveOpen: true);
    }

    private async Task ReadRestAsync()
    {
        var buffer = ArrayPool<byte>.Shared.Rent(DrainBytes);
        try
        {
            while (_wire.Count < RequestBody.MaxDrainedBytes && await _wire.ReadAsync(buffer, CancellationToken.None) > 0)
            {
                // Thrown away.
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
