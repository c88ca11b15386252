using System.Text;
using Murano.Functions.DeviceApi;
using Murano.Shared;

namespace Murano.Unit.Tests.DeviceApi;

public sealed class RecordFormTests
{
    [Theory]
    [Spec("a.9/1")]
    [InlineData("alias=temp&1500000000=1&1500000001.5=2")]
    [InlineData("%61lias=temp&1500000000=1&%31500000001.5=2")]
    public void Points_belong_to_the_alias_before_them_however_it_is_escaped(string body)
    {
        Assert.True(RecordForm.Parse(Encoding.UTF8.GetBytes(body), null).TryGet(out var points, out _));
        var point = Assert.Single(points);
        Assert.Equal(("temp", 1_500_000_001_500_000, "2"), (point.Alias, point.Time, Encoding.UTF8.GetString(point.Value.Span)));
    }

    [Theory]
    [InlineData("alias=temp&%FF=1", "bad-time")]
    [InlineData("%FF=1", "no-alias")]
    [InlineData("1500000000=1", "no-alias")]
    public void What_is_no_time_is_refused(string body, string reason)
    {
        Assert.False(RecordForm.Parse(Encoding.UTF8.GetBytes(body), null).TryGet(out _, out var failure));
        Assert.Equal(reason, Assert.IsType<Failure.Rejected>(failure).Reason);
    }
}
