using System.Text;
using Microsoft.AspNetCore.Http;
using Murano.Functions.DeviceApi;
using Murano.Functions.ManagementApi;
using Murano.Shared;

namespace Murano.Unit.Tests.ManagementApi;

public sealed class OperatorBodyTests
{
    private static async Task<(string? Json, Failure? Failure)> ParseAsync(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        using var body = await RequestBody.ReadAsync(new DefaultHttpContext { Request = { Body = stream } }.Request);
        var (document, failure) = OperatorBody.Parse(body);
        using (document)
        {
            return (document?.RootElement.GetRawText(), failure);
        }
    }

    [Fact]
    [Spec("b.1/3")]
    public async Task Json_is_parsed_and_nothing_is_nothing()
    {
        Assert.Equal(("""{"a":"\ud83d\ude00"}""", null), await ParseAsync("""{"a":"\ud83d\ude00"}"""u8.ToArray()));
        Assert.Equal(("{}", null), await ParseAsync("\uFEFF{}"u8.ToArray()));
        Assert.Equal((null, null), await ParseAsync([]));
        Assert.Equal((null, null), await ParseAsync("\r\n"u8.ToArray()));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("{'a':1}")]
    [InlineData("""{"a":"\ud83d"}""")]
    [InlineData("""{"\udc00":1}""")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]")]
    public async Task What_is_no_json_is_refused(string text) => Assert.Equal("bad-json", (await ParseAsync(Encoding.UTF8.GetBytes(text))).Failure?.Reason);

    [Fact]
    public async Task What_is_no_text_is_refused() => Assert.Equal("bad-json", (await ParseAsync([(byte)'"', 0xC3, (byte)'"'])).Failure?.Reason);

    [Fact]
    public async Task A_body_has_at_most_a_mebibyte()
    {
        Assert.Null((await ParseAsync(Text(OperatorBody.MaxBytes))).Failure);
        Assert.IsType<Failure.TooLarge>((await ParseAsync(Text(OperatorBody.MaxBytes + 1))).Failure);
        Assert.Contains("1048576", (await ParseAsync(Text(3 * OperatorBody.MaxBytes))).Failure!.Detail, StringComparison.Ordinal);

        static byte[] Text(int length) => Encoding.ASCII.GetBytes('"' + new string('x', length - 2) + '"');
    }
}
