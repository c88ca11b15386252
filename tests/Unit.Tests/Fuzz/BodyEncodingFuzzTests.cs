using System.Buffers;
using System.IO.Compression;
using CsCheck;
using Microsoft.Extensions.Primitives;
using Murano.Functions.DeviceApi;

namespace Murano.Unit.Tests.Fuzz;

/// <summary>Compressed bodies, whole and damaged.</summary>
public sealed class BodyEncodingFuzzTests
{
    private static readonly Gen<byte[]> Plain = Gen.Frequency((3, Gen.Byte.Array[1, 100]), (1, Gen.Select(Gen.Byte, Gen.Int[1, 3000], (b, count) => Enumerable.Repeat(b, count).ToArray())));

    private static readonly Gen<(string Encoding, Func<Stream, Stream> Packer)> Packers = Inputs.OneOf<(string, Func<Stream, Stream>)>(
        ("gzip", target => new GZipStream(target, CompressionLevel.Fastest)),
        ("x-gzip", target => new GZipStream(target, CompressionLevel.SmallestSize)),
        ("deflate", target => new ZLibStream(target, CompressionLevel.Fastest)),
        ("Deflate", target => new DeflateStream(target, CompressionLevel.NoCompression)));

    private static readonly Gen<byte[]> Bodies = Gen.Frequency(
        (4, Inputs.Damaged(Gen.Select(Plain, Packers, (bytes, packer) => Pack(bytes, packer.Packer)))),
        (1, Gen.Select(Inputs.OneOf<byte[]>([0x78], [0x78, 0x9C], [0x78, 0xBB], [0x1F, 0x8B, 8], [0x1F, 0x8B, 8, 0xFF]), Gen.Byte.Array[0, 60], (head, tail) => (byte[])[.. head, .. tail])),
        (1, Gen.Byte.Array[0, 100]));

    private static readonly Gen<StringValues> Headers = Inputs.OneOf("gzip", "GZip", "x-gzip", "deflate", "identity", "br", "", " ", ",", "gzip,identity", "identity , deflate", "\t gzip", "*", null).Array[0, 3].Select(lines => new StringValues(lines));

    [Fact, Spec("a.4/3")]
    public void What_was_packed_comes_back() => Gen.Select(Plain, Packers).Sample(
        (bytes, packer) =>
        {
            var (read, reason) = Decode(Pack(bytes, packer.Packer), packer.Encoding);
            Assert.Null(reason);
            Assert.Equal(bytes, read);
        },
        iter: LongRun.Inputs);

    [Fact, Spec("a.4/3")]
    public void Damage_is_refused_and_nothing_else_happens() => Gen.Select(Bodies, Headers).Sample(
        (bytes, header) =>
        {
            var (read, reason) = Decode(bytes, header);
            Assert.True(reason is null or BodyEncoding.Unknown or "broken-encoding" or "body-too-large");
            Assert.InRange(read?.Length ?? 0, 0, RequestBody.MaxBytes);

            // The case of a name, and identity beside it, change nothing.
            var (again, otherReason) = Decode(bytes, new StringValues(["identity", .. header.Select(line => line?.ToUpperInvariant())]));
            Assert.Equal(reason, otherReason);
            Assert.Equal(read, again);
        },
        iter: LongRun.Inputs);

    private static byte[] Pack(byte[] bytes, Func<Stream, Stream> packer)
    {
        using var target = new MemoryStream();
        using (var stream = packer(target))
        {
            stream.Write(bytes);
        }

        return target.ToArray();
    }

    private static (byte[]? Bytes, string? Reason) Decode(byte[] bytes, StringValues header)
    {
        var rented = ArrayPool<byte>.Shared.Rent(Math.Max(1, bytes.Length));
        bytes.CopyTo(rented, 0);
        using var body = BodyEncoding.Decode(RequestBody.Over(rented, bytes.Length), header);
        if (body.Problem is { } problem)
        {
            Replies.Blame(problem);
        }

        return body.Problem is null ? (body.Bytes.ToArray(), null) : (null, body.Problem.Reason);
    }
}
