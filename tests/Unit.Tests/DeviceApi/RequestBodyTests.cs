using System.IO.Compression;
using System.Text;
using CsCheck;
using Microsoft.AspNetCore.Http;
using Murano.Functions.DeviceApi;
using Murano.Shared;

namespace Murano.Unit.Tests.DeviceApi;

public static class RequestBodyTests
{
    private static async Task<(string? Text, Failure? Problem)> ReadAsync(Stream stream, string? encoding = null, long? length = null)
    {
        var context = new DefaultHttpContext();
        context.Request.Body = stream;
        context.Request.ContentLength = length;
        if (encoding is not null)
        {
            context.Request.Headers.ContentEncoding = encoding;
        }

        using var body = await RequestBody.ReadAsync(context.Request);
        return (body.Problem is null ? Encoding.Latin1.GetString(body.Bytes) : null, body.Problem);
    }

    private static async Task<(string? Text, Failure? Problem)> ReadAsync(byte[] bytes, string? encoding = null, long? length = null)
    {
        using var stream = new MemoryStream(bytes);
        return await ReadAsync(stream, encoding, length);
    }

    private static byte[] Pack(byte[] bytes, Func<Stream, Stream> packer)
    {
        using var target = new MemoryStream();
        using (var stream = packer(target))
        {
            stream.Write(bytes);
        }

        return target.ToArray();
    }

    private static byte[] Gzip(byte[] bytes) => Pack(bytes, target => new GZipStream(target, CompressionLevel.Fastest));

    public sealed class Read
    {
        [Theory]
        [InlineData(0)]
        [InlineData(1)]
        [InlineData(1023)]
        [InlineData(1024)]
        [InlineData(100_000)]
        [InlineData(RequestBody.MaxBytes)]
        public async Task Is_complete_with_and_without_a_length(int size)
        {
            var bytes = new byte[size];
            Random.Shared.NextBytes(bytes);

            Assert.Equal(Encoding.Latin1.GetString(bytes), (await ReadAsync(bytes)).Text);
            Assert.Equal(Encoding.Latin1.GetString(bytes), (await ReadAsync(bytes, length: size)).Text);
        }

        [Fact]
        public async Task Drains_what_is_too_large()
        {
            using var stream = new MemoryStream(new byte[RequestBody.MaxBytes * 3]);

            var (_, problem) = await ReadAsync(stream);

            Assert.IsType<Failure.TooLarge>(problem);
            Assert.Equal(stream.Length, stream.Position);
        }

        [Fact]
        public async Task A_body_that_stops_half_way_is_refused()
        {
            using var stream = new BrokenStream(new BadHttpRequestException("Unexpected end of request content."));

            Assert.Equal("incomplete-body", Assert.IsType<Failure.Rejected>((await ReadAsync(stream)).Problem).Reason);
        }

        [Fact]
        public async Task A_body_over_the_server_s_limit_is_too_large()
        {
            using var stream = new BrokenStream(new BadHttpRequestException("Too large.", StatusCodes.Status413PayloadTooLarge));

            Assert.IsType<Failure.TooLarge>((await ReadAsync(stream)).Problem);
        }
    }

    [Spec("a.4/3")]
    public sealed class ContentEncoding
    {
        private static readonly byte[] Text = "temperature=21.5"u8.ToArray();

        [Theory]
        [InlineData("gzip")]
        [InlineData("x-gzip")]
        [InlineData("GZIP")]
        [InlineData("identity, gzip")]
        public async Task Gzip_is_undone(string encoding) => Assert.Equal("temperature=21.5", (await ReadAsync(Gzip(Text), encoding)).Text);

        [Fact]
        public async Task Deflate_is_undone_with_and_without_its_header()
        {
            var zlib = Pack(Text, target => new ZLibStream(target, CompressionLevel.Fastest));
            var raw = Pack(Text, target => new DeflateStream(target, CompressionLevel.Fastest));

            Assert.Equal("temperature=21.5", (await ReadAsync(zlib, "deflate")).Text);
            Assert.Equal("temperature=21.5", (await ReadAsync(raw, "deflate")).Text);
        }

        [Theory]
        [InlineData("identity")]
        [InlineData("")]
        public async Task Identity_is_nothing(string encoding) => Assert.Equal("temperature=21.5", (await ReadAsync(Text, encoding)).Text);

        [Theory]
        [InlineData("br")]
        [InlineData("gzip, gzip")]
        [InlineData("zstd")]
        public async Task Others_are_refused(string encoding) =>
            Assert.Equal(BodyEncoding.Unknown, Assert.IsType<Failure.Rejected>((await ReadAsync(Text, encoding)).Problem).Reason);

        [Theory]
        [InlineData("gzip")]
        [InlineData("deflate")]
        public async Task What_is_not_of_its_encoding_is_refused(string encoding) =>
            Assert.Equal("broken-encoding", Assert.IsType<Failure.Rejected>((await ReadAsync(Text, encoding)).Problem).Reason);

        [Fact]
        public async Task A_body_that_asks_for_a_dictionary_is_refused() =>
            Assert.Equal("broken-encoding", (await ReadAsync([0x78, 0xBB, 1, 2, 3, 4, 5, 6], "deflate")).Problem?.Reason);

        [Fact]
        public async Task What_was_cut_is_refused_wherever_it_was_cut()
        {
            (string Encoding, byte[] Packed)[] cases =
            [
                ("gzip", Gzip(Text)),
                ("deflate", Pack(Text, target => new ZLibStream(target, CompressionLevel.Fastest))),
                ("deflate", Pack(Text, target => new DeflateStream(target, CompressionLevel.Fastest))),
            ];
            foreach (var (encoding, packed) in cases)
            {
                for (var length = 1; length < packed.Length; length++)
                {
                    Assert.Equal("broken-encoding", (await ReadAsync(packed[..length], encoding)).Problem?.Reason);
                }
            }
        }

        [Fact]
        public async Task A_bomb_is_too_large()
        {
            Assert.IsType<Failure.TooLarge>((await ReadAsync(Gzip(new byte[RequestBody.MaxBytes + 1]), "gzip")).Problem);
            Assert.Equal(RequestBody.MaxBytes, (await ReadAsync(Gzip(new byte[RequestBody.MaxBytes]), "gzip")).Text?.Length);
        }

        [Fact]
        public async Task An_empty_body_has_no_encoding() => Assert.Equal("", (await ReadAsync([], "gzip")).Text);

        [Fact]
        public Task Never_throws() => Gen.Select(Gen.Byte.Array[0, 100], Gen.OneOf([Gen.Const("gzip"), Gen.Const("deflate"), Gen.Const("identity"), Gen.Const("x")])).SampleAsync(async (bytes, encoding) =>
        {
            await ReadAsync(bytes, encoding);
        }, iter: 300);
    }

    private sealed class BrokenStream(Exception fault) : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw fault;
    }
}
