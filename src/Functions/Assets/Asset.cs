using System.IO.Compression;
using System.Security.Cryptography;

namespace Murano.Functions.Assets;

/// <summary>Bytes that do not change while the app runs, ready to be sent.</summary>
internal sealed class Asset
{
    private const int VersionLength = 16;

    private readonly Lazy<byte[]?> _gzip;

    /// <summary>An asset of the given media type.</summary>
    public Asset(string contentType, byte[] bytes)
    {
        (ContentType, Bytes) = (contentType, bytes);
        Version = Convert.ToHexStringLower(SHA256.HashData(bytes))[..VersionLength];
        _gzip = new(Compress);
    }

    /// <summary>The media type, with its charset where it is text.</summary>
    public string ContentType { get; }

    /// <summary>The bytes.</summary>
    public byte[] Bytes { get; }

    /// <summary>The bytes compressed, on the first call; null when that makes them no fewer, as with pictures and fonts.</summary>
    public byte[]? Gzip => _gzip.Value;

    /// <summary>Changes with the bytes.</summary>
    public string Version { get; }

    private byte[]? Compress()
    {
        using var target = new MemoryStream(Bytes.Length / 3);
        using (var stream = new GZipStream(target, CompressionLevel.SmallestSize, leaveOpen: true)) // Once, and sent often.
        {
            stream.Write(Bytes);
        }

        return target.Length < Bytes.Length ? target.ToArray() : null;
    }
}
