using System.Buffers;
using System.IO.Compression;
using Microsoft.Extensions.Primitives;
using Murano.Shared;

namespace Murano.Functions.DeviceApi;

/// <summary>Undoes a request's <c>Content-Encoding</c>: gzip, deflate (with or without its zlib header, as clients disagree), identity (specification a.4).</summary>
internal static class BodyEncoding
{
    /// <summary>The word for an encoding that is not known; its reply is 415.</summary>
    public const string Unknown = "unknown-encoding";

    /// <summary>The word for gzip.</summary>
    public const string Gzip = "gzip";

    private const string Deflate = "deflate";

    /// <summary>An encoding that is not known, or several.</summary>
    public static Failure UnknownEncoding { get; } = new Failure.Rejected(Unknown, "Content-Encoding", "Content-Encoding is to be gzip, deflate or identity.");

    /// <summary>A body that is not what its encoding says.</summary>
    public static Failure Broken { get; } = new Failure.Rejected("broken-encoding", "Content-Encoding", "The body is not of its Content-Encoding.");

    /// <summary>Decompresses a body. The one that was handed in is used up.</summary>
    /// <returns>The body itself when nothing is to be undone; TooLarge beyond <see cref="RequestBody.MaxBytes"/>; Rejected for an encoding that is unknown or does not hold.</returns>
    public static RequestBody Decode(RequestBody wire, StringValues header)
    {
        ArgumentNullException.ThrowIfNull(wire);
        if (!TryRead(header, out var found))
        {
            wire.Dispose();
            return RequestBody.Refused(UnknownEncoding);
        }

        if (found is null || wire.Bytes.IsEmpty)
        {
            return wire;
        }

        using (wire)
        {
            return Decompress(wire, found);
        }
    }

    /// <summary>Reads the header.</summary>
    /// <param name="header">Its lines.</param>
    /// <param name="encoding">The one encoding that is to be undone; null = none.</param>
    /// <returns>False for an encoding that is not known, and for several.</returns>
    public static bool TryRead(StringValues header, out string? encoding)
    {
        encoding = null;
        foreach (var line in header)
        {
            foreach (var range in line.AsSpan().Split(','))
            {
                var name = line.AsSpan()[range].Trim();
                if (name.IsEmpty || name.Equals("identity", StringComparison.OrdinalIgnoreCase))
                {
                    continue;
                }

                if (encoding is not null || Known(name) is not { } known)
                {
                    return false;
                }

                encoding = known;
            }
        }

        return true;
    }

    /// <summary>Whether a deflated body begins with a zlib header. Raw deflate never does where its encoder leaves unused bits zero, as they all do.</summary>
    public static bool HasZlibHeader(ReadOnlySpan<byte> bytes) => bytes.Length > 1 && (bytes[0] & 0xF) == 8 && ((bytes[0] << 8) | bytes[1]) % 31 == 0;

    private static string? Known(ReadOnlySpan<char> name) =>
        name.Equals("gzip", StringComparison.OrdinalIgnoreCase) || name.Equals("x-gzip", StringComparison.OrdinalIgnoreCase) ? Gzip
        : name.Equals("deflate", StringComparison.OrdinalIgnoreCase) ? Deflate
        : null;

    private static RequestBody Decompress(RequestBody wire, string encoding)
    {
        if (string.Equals(encoding, Gzip, StringComparison.Ordinal))
        {
            return Inflate(new GZipStream(Open(wire), CompressionMode.Decompress)) ?? RequestBody.Refused(Broken);
        }

        // Raw deflate can look as if it had a zlib header, so that the second try is needed.
        return (HasZlibHeader(wire.Bytes) ? Inflate(new ZLibStream(Open(wire), CompressionMode.Decompress)) : null)
            ?? Inflate(new DeflateStream(Open(wire), CompressionMode.Decompress))
            ?? RequestBody.Refused(Broken);
    }

    private static MemoryStream Open(RequestBody wire) => new(wire.Segment.Array!, 0, wire.Segment.Count, writable: false);

    /// <summary>Reads the stream to its end, or until it is too large; null when it is not what it should be.</summary>
    private static RequestBody? Inflate(Stream stream)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(RequestBody.MaxBytes + 1);
        RequestBody? body = RequestBody.Over(buffer, 0);
        try
        {
            using (stream)
            {
                int count = 0, read;
                while (count <= RequestBody.MaxBytes && (read = stream.Read(buffer, count, RequestBody.MaxBytes + 1 - count)) > 0)
                {
                    count += read;
                }

                if (count <= RequestBody.MaxBytes)
                {
                    body = null;
                    return RequestBody.Over(buffer, count);
                }
            }

            return RequestBody.RefusedAsTooLarge();
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException)
        {
            // A stream that asks for a dictionary counts as a failure of input and output, though all of it is in memory.
            return null;
        }
        finally
        {
            body?.Dispose();
        }
    }
}
