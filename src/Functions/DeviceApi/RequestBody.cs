using System.Buffers;
using Microsoft.AspNetCore.Http;
using Murano.Shared;

namespace Murano.Functions.DeviceApi;

/// <summary>A request's complete body in pooled memory, decompressed (specification a.4), or why there is none. Whoever has one disposes of it.</summary>
internal sealed class RequestBody : IDisposable
{
    /// <summary>Largest body in bytes, as sent and again as decompressed.</summary>
    public const int MaxBytes = 2 * 1024 * 1024;

    /// <summary>
    /// How much of a refused body is read and thrown away, in bytes. A reply that comes while the client still sends reaches it as a broken pipe,
    /// and on the Functions host as a 500.
    /// </summary>
    public const long MaxDrainedBytes = 80 * 1024 * 1024;

    private const int FirstBytes = 1024;
    private const int MostAtFirst = 64 * 1024;
    private const int DrainBytes = 16 * 1024;

    private static readonly Failure Incomplete = new Failure.Rejected("incomplete-body", "", "The body is not complete.");
    private static readonly Failure TooLarge = new Failure.TooLarge("body-too-large", $"A body has at most {MaxBytes} bytes.");

    private readonly int _length;
    private byte[]? _rented;

    private RequestBody(byte[]? rented, int length, Failure? problem) => (_rented, _length, Problem) = (rented, length, problem);

    /// <summary>
    /// Null when the body is there. TooLarge, when it has been drained; Rejected when it stopped half way or its encoding is unknown or broken.
    /// </summary>
    public Failure? Problem { get; }

    /// <summary>Whether it stopped half way, so that the client has most likely gone.</summary>
    public bool IsIncomplete => ReferenceEquals(Problem, Incomplete);

    /// <summary>The body; empty when there was none.</summary>
    public ReadOnlySpan<byte> Bytes => _rented.AsSpan(0, _length);

    /// <summary>The same as memory, for decompression.</summary>
    public ArraySegment<byte> Segment => new(_rented ?? [], 0, _length);

    /// <summary>A body in memory that came from the shared pool and goes back there.</summary>
    public static RequestBody Over(byte[] rented, int length) => new(rented, length, null);

    /// <summary>No body, and why.</summary>
    public static RequestBody Refused(Failure problem) => new(null, 0, problem);

    /// <summary>No body because it is larger than <see cref="MaxBytes"/>.</summary>
    public static RequestBody RefusedAsTooLarge() => Refused(TooLarge);

    /// <summary>Reads a body to its end.</summary>
    public static async Task<RequestBody> ReadAsync(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);

        // One byte more than is announced, so that the end is found without growing; not all of a large one at once, because saying a length costs nothing.
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(request.ContentLength + 1 ?? FirstBytes, MostAtFirst));
        var count = 0;
        var handedOver = false;
        try
        {
            // The client's disconnect is not listened to: what it sent before it left has arrived and counts.
            int read;
            while ((read = await request.Body.ReadAsync(buffer.AsMemory(count), CancellationToken.None)) > 0)
            {
                count += read;
                if (count > MaxBytes)
                {
                    await DrainAsync(request, count);
                    return RefusedAsTooLarge();
                }

                if (count == buffer.Length)
                {
                    buffer = Grow(buffer);
                }
            }

            handedOver = true;
            return BodyEncoding.Decode(Over(buffer, count), request.Headers.ContentEncoding);
        }
        catch (Exception fault) when (IsOfTheTransfer(fault))
        {
            return Stopped(request, fault);
        }
        finally
        {
            if (!handedOver)
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }

    /// <summary>Reads what is there of a body and keeps nothing, up to <see cref="MaxDrainedBytes"/>, so that a refusal reaches the client.</summary>
    /// <returns>An empty body.</returns>
    public static async Task<RequestBody> DiscardAsync(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        try
        {
            await DrainAsync(request, 0);
        }
        catch (Exception fault) when (IsOfTheTransfer(fault))
        {
            return Stopped(request, fault);
        }

        return new(null, 0, null);
    }

    /// <summary>
    /// Whether an exception of the server's reader means that the body stopped: the connection broke or was too slow, or, with InvalidOperationException,
    /// a trailer has a NUL character.
    /// </summary>
    public static bool IsOfTheTransfer(Exception fault) => fault is IOException or OperationCanceledException or InvalidOperationException;

    /// <summary>Why a body stopped that was being read, by the server's exception.</summary>
    /// <param name="request">The request.</param>
    /// <param name="fault">The exception.</param>
    /// <param name="tooLarge">What to say when the body is beyond the server's own limit.</param>
    public static Failure WhyStopped(HttpRequest request, Exception fault, Failure tooLarge)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (fault is BadHttpRequestException refused)
        {
            return refused.StatusCode == StatusCodes.Status413PayloadTooLarge ? tooLarge : Incomplete;
        }

        // The client is there, but the server cannot make out where the body ends.
        if (fault?.InnerException is OverflowException)
        {
            return Incomplete;
        }

        // The connection broke, or the server's reader did. Saying so keeps the server from looking for the rest of the body.
        request.HttpContext.Abort();
        return Incomplete;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_rented is { } rented)
        {
            _rented = null;
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static RequestBody Stopped(HttpRequest request, Exception fault) => Refused(WhyStopped(request, fault, TooLarge));

    private static async Task DrainAsync(HttpRequest request, long drained)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(DrainBytes);
        try
        {
            int read;
            while (drained < MaxDrainedBytes && (read = await request.Body.ReadAsync(buffer, CancellationToken.None)) > 0)
            {
                drained += read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[] Grow(byte[] buffer)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Min(buffer.Length * 2, MaxBytes + 1));
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
