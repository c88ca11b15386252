using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Murano.Functions.DeviceApi;
using Murano.Shared.Polls;
using Murano.Shared.State;

namespace Murano.Unit.Tests.DeviceApi;

public static class ReplyEncodingTests
{
    private const string Padding = "21.5;";

    private static AliasValue Value(int size) => new("a", Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(Padding, size))));

    private static async Task<(HttpResponse Response, byte[] Body)> SendAsync(DeviceReply reply, StringValues accept)
    {
        var context = new DefaultHttpContext();
        using var body = new MemoryStream();
        context.Response.Body = body;
        context.Request.Headers.AcceptEncoding = accept;
        await reply.ExecuteAsync(context);
        return (context.Response, body.ToArray());
    }

    private static string Undo(Stream stream)
    {
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return reader.ReadToEnd();
    }

    public sealed class Choose
    {
        [Theory]
        [InlineData("gzip", "gzip")]
        [InlineData("GZip", "gzip")]
        [InlineData("x-gzip", "gzip")]
        [InlineData("deflate", "deflate")]
        [InlineData("deflate, gzip", "gzip")]
        [InlineData("gzip, deflate, br, zstd", "gzip")]
        [InlineData("gzip;q=0.5, deflate", "deflate")]
        [InlineData("gzip ; q=0.2 , deflate; q=0.30", "deflate")]
        [InlineData("gzip;Q=0.001", "gzip")]
        [InlineData("gzip;q=1.000", "gzip")]
        [InlineData("gzip;level=9;q=0.4, deflate;q=0.3", "gzip")]
        [InlineData("gzip;q=0, x-gzip", "gzip")]
        [InlineData("gzip;q=0", null)]
        [InlineData("gzip;q=0.000, deflate;q=0", null)]
        [InlineData("*", "gzip")]
        [InlineData("*;q=0", null)]
        [InlineData("gzip;q=0, *", "deflate")]
        [InlineData("deflate;q=0.5, *;q=0.1", "deflate")]
        [InlineData("identity", null)]
        [InlineData("identity, gzip", "gzip")]
        [InlineData("identity, gzip;q=0.9", null)]
        [InlineData("identity, *;q=0.5", null)]
        [InlineData("identity;q=0", null)]
        [InlineData("identity;q=0, gzip;q=0.1", "gzip")]
        [InlineData("identity;q=0, *;q=0", null)]
        [InlineData("br, compress, zstd", null)]
        [InlineData("", null)]
        [InlineData(" , ,; ,;q=1", null)]
        [InlineData("gzip;q=", null)]
        [InlineData("gzip;q=high", null)]
        [InlineData("gzip;q=2", null)]
        [InlineData("gzip;q=-1", null)]
        [InlineData("gzip;q=1e-1", null)]
        [InlineData("gzip;q=NaN, deflate", "deflate")]
        [InlineData("gzip;;q=1;", "gzip")]
        [InlineData("gzip deflate", null)]
        [InlineData("=;=,q=;*;*", null)]
        [Spec("a.4/3")]
        public void Takes_what_the_client_wants_most_and_passes_garbage_over(string header, string? coding) =>
            Assert.Equal(coding, ReplyEncoding.Choose(header));

        [Fact]
        public void Lines_count_as_one() => Assert.Equal("deflate", ReplyEncoding.Choose(new StringValues(["gzip;q=0.5", null, "deflate"])));

        [Fact]
        public void Nothing_is_chosen_without_a_header() => Assert.Null(ReplyEncoding.Choose(StringValues.Empty));
    }

    public sealed class Reply
    {
        [Theory]
        [InlineData("gzip")]
        [InlineData("deflate")]
        [Spec("a.4/3")]
        public async Task Is_compressed_when_asked(string coding)
        {
            var (response, body) = await SendAsync(DeviceReply.Values([Value(400)]), coding);

            Assert.Equal((200, coding, "Accept-Encoding", body.Length), (response.StatusCode, response.Headers.ContentEncoding.ToString(), response.Headers.Vary.ToString(), response.ContentLength));
            using var packed = new MemoryStream(body);
            var plain = Undo(string.Equals(coding, "gzip", StringComparison.Ordinal) ? new GZipStream(packed, CompressionMode.Decompress) : new ZLibStream(packed, CompressionMode.Decompress));
            Assert.Equal("a=" + string.Concat(Enumerable.Repeat("21.5%3B", 400)), plain);
            Assert.InRange(body.Length, 1, plain.Length / 2);
        }

        [Fact]
        [Spec("a.4/3")]
        public async Task Of_a_poll_is_compressed_too()
        {
            var (response, body) = await SendAsync(DeviceReply.Ended(new PollAnswer([Value(400)], 1_500_000_000)), "gzip");

            Assert.Equal(("gzip", "Fri, 14 Jul 2017 02:40:00 GMT", body.Length), (response.Headers.ContentEncoding.ToString(), response.Headers.LastModified.ToString(), response.ContentLength));
        }

        [Fact]
        public async Task Is_left_alone_below_the_least_size()
        {
            var value = new byte[ReplyEncoding.MinBytes - 3];
            value.AsSpan().Fill((byte)'x');

            var (response, body) = await SendAsync(DeviceReply.Values([new("a", value)]), "gzip");
            var (larger, _) = await SendAsync(DeviceReply.Values([new("aa", value)]), "gzip");

            Assert.Equal((ReplyEncoding.MinBytes - 1, "", ""), (body.Length, response.Headers.ContentEncoding.ToString(), response.Headers.Vary.ToString()));
            Assert.Equal("gzip", larger.Headers.ContentEncoding.ToString());
        }

        [Fact]
        public async Task Is_plain_without_the_header_and_says_that_it_could_differ()
        {
            var (response, body) = await SendAsync(DeviceReply.Values([Value(400)]), StringValues.Empty);

            Assert.Equal(("", "Accept-Encoding", body.Length), (response.Headers.ContentEncoding.ToString(), response.Headers.Vary.ToString(), response.ContentLength));
            Assert.StartsWith("a=21.5%3B", Encoding.ASCII.GetString(body), StringComparison.Ordinal);
        }

        [Theory]
        [InlineData("gzip")]
        [InlineData("deflate")]
        public void Is_plain_when_compression_gains_nothing(string coding)
        {
            var noise = new byte[ReplyEncoding.MinBytes];
            new Random(1).NextBytes(noise);

            Assert.True(ReplyEncoding.Compress(noise, coding).IsEmpty);
        }
    }
}
