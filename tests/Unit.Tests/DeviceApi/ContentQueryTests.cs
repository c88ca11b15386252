using CsCheck;
using Murano.Functions.DeviceApi;

namespace Murano.Unit.Tests.DeviceApi;

public sealed class ContentQueryTests
{
    [Theory]
    [InlineData(null, null, false)]
    [InlineData("", null, false)]
    [InlineData("?vendor=a&model=b", null, false)]
    [InlineData("?id=a%2Fb+c", "a/b c", false)]
    [InlineData("?id", "", false)]
    [InlineData("id=a&info=TRUE", "a", true)]
    [InlineData("?info=true", null, true)]
    [InlineData("?id=a&info=1", "a", false)]
    public void Reads_id_and_info(string? query, string? id, bool info)
    {
        Assert.True(ContentQuery.Parse(query).TryGet(out var parsed, out _));
        Assert.Equal((id, info), (parsed.Id, parsed.WantsInfo));
    }

    [Theory]
    [InlineData("?id=%FF", "not-utf8")]
    [InlineData("?id=a&id=a", "several-ids")]
    public void Refuses(string query, string reason)
    {
        Assert.False(ContentQuery.Parse(query).TryGet(out _, out var failure));
        Assert.Equal(reason, failure.Reason);
    }

    [Fact]
    public void Any_text_is_a_query_or_refused() => Gen.String.Sample(text => ContentQuery.Parse("?id=" + text).TryGet(out var query, out var failure) ? query.Id is not null : failure.Reason.Length > 0);
}
