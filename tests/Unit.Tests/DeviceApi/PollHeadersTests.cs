using Microsoft.AspNetCore.Http;
using Murano.Functions.DeviceApi;

namespace Murano.Unit.Tests.DeviceApi;

public sealed class PollHeadersTests
{
    [Theory]
    [Spec("a.8/1")]
    [InlineData("1500000000", 1_500_000_000L)]
    [InlineData("1500000000.999", 1_500_000_000L)]
    [InlineData("-5", 0L)]
    [InlineData("Fri, 14 Jul 2017 02:40:00 GMT", 1_500_000_000L)]
    [InlineData("99999999999999999999", long.MaxValue)]
    [InlineData("9999999999999999999999999999999999999999", long.MaxValue)]
    [InlineData("soon", null)]
    public void A_time_is_a_number_however_large_or_a_date(string since, long? seconds)
    {
        Assert.True(PollHeaders.Parse(new HeaderDictionary { ["Request-Timeout"] = "1000", ["If-Modified-Since"] = since }).TryGet(out var terms, out _));
        Assert.Equal(seconds, terms.Since);
    }
}
