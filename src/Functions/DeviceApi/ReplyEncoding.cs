using System.Globalization;
using System.IO.Compression;
using Microsoft.Extensions.Primitives;

namespace Murano.Functions.DeviceApi;

/// <summary>Compresses a reply for a client that asks for it by <c>Accept-Encoding</c> (specification a.4; RFC 9110, 12.5.3).</summary>
internal static class ReplyEncoding
{
    /// <summary>Compression with the wrapper of gzip.</summary>
    public const string Gzip = "gzip";

    /// <summary>Compression with the wrapper of zlib, which is what HTTP means by the word.</summary>
    public const string Deflate = "deflate";

    /// <summary>
    /// Smallest body in bytes that is compressed. One below it fits the largest reply buffer that embedded clients are known to have (specification a.12),
    /// crosses the network in the same one segment either way, and costs both sides more work than it saves; many clients that name gzip cannot undo it on the chip at hand.
    /// </summary>
    public const int MinBytes = 1024;

    private static readonly string[] Codings = [Gzip, Deflate];

    /// <summary>Which compression a client wants most; gzip where it does not care. Never fails: what cannot be read of the header is passed over.</summary>
    /// <returns><see cref="Gzip"/>, <see cref="Deflate"/>, or null for none.</returns>
    public static string? Choose(StringValues header)
    {
        if (header.Count == 0)
        {
            return null;
        }

        double? gzip = null, deflate = null, identity = null, others = null;
        foreach (var line in header)
        {
            var text = line.AsSpan();
            foreach (var range in text.Split(','))
            {
                var member = text[range];
                var semicolon = member.IndexOf(';');
                if (Weight(semicolon < 0 ? [] : member[(semicolon + 1)..]) is not { } weight)
                {
                    continue;
                }

                var name = (semicolon < 0 ? member : member[..semicolon]).Trim();
                if (Is(name, Gzip) || Is(name, "x-gzip"))
                {
                    gzip = Math.Max(gzip ?? 0, weight);
                }
                else if (Is(name, Deflate))
                {
                    deflate = Math.Max(deflate ?? 0, weight);
                }
                else if (Is(name, "identity"))
                {
                    identity = Math.Max(identity ?? 0, weight);
                }
                else if (Is(name, "*"))
                {
                    others = Math.Max(others ?? 0, weight);
                }
            }
        }

        // What is not named has the weight of the star; without one, only the bare body is there for everybody, and wanted least.
        var (first, second) = (gzip ?? others ?? 0, deflate ?? others ?? 0);
        var best = Math.Max(first, second);
        return best <= 0 || best < (identity ?? 0) ? null : Codings[first >= second ? 0 : 1];
    }

    /// <summary>Compresses a body.</summary>
    /// <returns>The compressed bytes; empty when they are not fewer.</returns>
    public static ReadOnlyMemory<byte> Compress(ReadOnlySpan<byte> plain, string coding)
    {
        using var target = new MemoryStream(plain.Length / 4);

        // A device waits, and processor time is paid for: the fastest level has most of the gain on forms.
        using (Stream stream = ReferenceEquals(coding, Gzip) ? new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true) : new ZLibStream(target, CompressionLevel.Fastest, leaveOpen: true))
        {
            stream.Write(plain);
        }

        return target.Length < plain.Length ? target.GetBuffer().AsMemory(0, (int)target.Length) : default;
    }

    private static bool Is(ReadOnlySpan<char> name, string coding) => name.Equals(coding, StringComparison.OrdinalIgnoreCase);

    /// <summary>The weight among a member's parameters: 1 when there is none, null when it is no number from 0 to 1.</summary>
    private static double? Weight(ReadOnlySpan<char> parameters)
    {
        foreach (var range in parameters.Split(';'))
        {
            var parameter = parameters[range].Trim();
            var equals = parameter.IndexOf('=');
            if (equals < 0 || !Is(parameter[..equals].Trim(), "q"))
            {
                continue;
            }

            return double.TryParse(parameter[(equals + 1)..].Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var weight) && weight <= 1 ? weight : null;
        }

        return 1;
    }
}
