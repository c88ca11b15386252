using System.Buffers;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Murano.Shared.Content;
using Murano.Shared.Storage;

namespace Murano.Functions.DeviceApi;

/// <summary>
/// A file, or a part of it (specification a.6): never chunked, the beginning in one write with the head. When storage breaks off in the middle the
/// connection is broken too, so that nobody takes a piece for the whole.
/// </summary>
internal sealed partial class FileReply : DeviceReply
{
    private const int FirstBytes = 64 * 1024;
    private const int NextBytes = 64 * 1024;

    private readonly ContentDownload _download;
    private readonly bool _isPart;
    private readonly ILogger _logger;
    private byte[]? _first;
    private int _count;

    private FileReply(ContentDownload download, bool isPart, ILogger logger) => (_download, _isPart, _logger) = (download, isPart, logger);

    /// <inheritdoc/>
    public override int Status => _isPart ? StatusCodes.Status206PartialContent : StatusCodes.Status200OK;

    /// <summary>What becomes of a request for a file that is there: 200, 206, 304 or 416.</summary>
    /// <inheritdoc cref="CreateAsync"/>
    public static async Task<DeviceReply> ForAsync(ContentAnswer answer, ILogger logger, CancellationToken cancellationToken) => answer switch
    {
        ContentAnswer.Found found => await CreateAsync(found.Download, found.IsPart, logger, cancellationToken),
        ContentAnswer.NotModified same => NotChanged(same.Item),
        ContentAnswer.Unsatisfiable none => NoSuchRange(none.Total),
        _ => throw new InvalidOperationException($"No reply for {answer.GetType().Name}."),
    };

    /// <summary>Makes a reply, with the first bytes in hand: until then storage may still refuse, and the client hears of it properly.</summary>
    /// <param name="download">The bytes; the reply disposes of them.</param>
    /// <param name="isPart">Whether they answer a range.</param>
    /// <param name="logger">Hears when the rest does not come.</param>
    /// <param name="cancellationToken">Ends the wait for the first bytes.</param>
    private static async Task<DeviceReply> CreateAsync(ContentDownload download, bool isPart, ILogger logger, CancellationToken cancellationToken)
    {
        var reply = new FileReply(download, isPart, logger);
        try
        {
            await reply.FillAsync(cancellationToken);
            return reply;
        }
        catch
        {
            await reply.CloseAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public override async Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        try
        {
            await SendAsync(httpContext.Response, httpContext.RequestAborted);
        }
        catch (StorageUnavailableException fault)
        {
            Log.BrokenOff(_logger, fault, httpContext.Request.Path, TraceId.Of(httpContext.Request));
            httpContext.Abort();
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The client has gone.
        }
        finally
        {
            await CloseAsync();
        }
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        var wanted = (int)Math.Min(_download.Length, FirstBytes);
        _first = ArrayPool<byte>.Shared.Rent(Math.Max(wanted, 1));
        int read;
        while (_count < wanted && (read = await _download.ReadAsync(_first.AsMemory(_count, wanted - _count), cancellationToken)) > 0)
        {
            _count += read;
        }

        if (_count < wanted)
        {
            throw CutShort();
        }
    }

    private async Task SendAsync(HttpResponse response, CancellationToken aborted)
    {
        var item = _download.Item;
        response.StatusCode = Status;
        response.ContentType = item.Facts.Type.Value;
        response.ContentLength = _download.Length;
        response.Headers.AcceptRanges = "bytes";
        response.Headers.ETag = $"\"{item.EntityTag}\"";
        response.Headers.LastModified = DateTimeOffset.FromUnixTimeSeconds(item.ModifiedSeconds).ToString("R", CultureInfo.InvariantCulture);
        if (_isPart)
        {
            response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes {_download.First}-{_download.First + _download.Length - 1}/{item.Length}");
        }

        var writer = response.BodyWriter;
        writer.Write(_first.AsSpan(0, _count));
        ArrayPool<byte>.Shared.Return(_first!);
        _first = null;
        await writer.FlushAsync(aborted);
        for (var left = _download.Length - _count; left > 0;)
        {
            var target = writer.GetMemory(NextBytes);
            var read = await _download.ReadAsync(target[..(int)Math.Min(target.Length, left)], aborted);
            if (read == 0)
            {
                throw CutShort();
            }

            left -= read;
            writer.Advance(read);
            if ((await writer.FlushAsync(aborted)).IsCompleted)
            {
                return;
            }
        }
    }

    private static StorageUnavailableException CutShort() => new("Storage sent fewer bytes than it had announced.");

    private ValueTask CloseAsync()
    {
        if (_first is { } first)
        {
            _first = null;
            ArrayPool<byte>.Shared.Return(first);
        }

        return _download.DisposeAsync();
    }

    private static partial class Log
    {
        [LoggerMessage(1004, LogLevel.Warning, "{Path} was broken off, because storage broke off (trace {TraceId}).")]
        public static partial void BrokenOff(ILogger logger, Exception fault, string path, string traceId);
    }
}
