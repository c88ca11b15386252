using System.Text.Json;
using Murano.Shared.Realtime;

namespace Murano.Unit.Tests.Realtime;

/// <summary>What is missing between messages shows in their numbers.</summary>
public sealed class LogCountTests
{
    private readonly LogCount _count = new();

    [Fact]
    public void Counting_begins_with_the_first_message_of_each_sender()
    {
        Assert.Equal(0, Take("""{"type":"deleted","sender":"a","n":17}"""));
        Assert.Equal(0, Take("""{"type":"deleted","sender":"b","n":3}"""));
        Assert.Equal(0, Take("""[{"type":"deleted","sender":"a","n":18},{"type":"deleted"}]"""));
        Assert.Equal(4, Take("""{"type":"deleted","sender":"b","n":8}"""));
        Assert.Equal(1, Take("""{"type":"deleted","sender":"a","n":21}"""));
    }

    [Fact]
    public void A_notice_stands_for_as_many_as_it_counts()
    {
        Assert.Equal(0, Take("""[{"type":"dropped","count":5,"sender":"a","n":1},{"type":"deleted"}]"""));
        Assert.Equal(0, Take("""{"type":"deleted","sender":"a","n":7}"""));
        Assert.Equal(2, Take("""{"type":"dropped","count":10,"sender":"a","n":10}"""));
        Assert.Equal(0, Take("""{"type":"deleted","sender":"a","n":20}"""));
    }

    [Fact]
    public void What_came_before_is_known()
    {
        Assert.Equal(0, Take("""[{"type":"deleted","sender":"a","n":1},{"type":"deleted"}]"""));
        Assert.Null(Take("""[{"type":"deleted","sender":"a","n":1},{"type":"deleted"}]"""));
        Assert.Equal(0, Take("""{"type":"deleted","sender":"a","n":3}"""));
    }

    [Theory]
    [InlineData("""{"type":"deleted"}""")]
    [InlineData("[]")]
    [InlineData("[1]")]
    [InlineData("7")]
    [InlineData("""{"sender":1,"n":1}""")]
    [InlineData("""{"sender":"a","n":"x"}""")]
    public void What_has_no_number_is_not_counted(string json) => Assert.Equal(0, Take(json));

    [Fact]
    public void It_does_not_grow_without_end()
    {
        for (var i = 0; i < 10_000; i++)
        {
            Assert.Equal(0, Take(FormattableString.Invariant($$"""{"type":"deleted","sender":"{{i}}","n":1}""")));
        }

        Assert.Equal(1, Take("""{"type":"deleted","sender":"9999","n":3}"""));
    }

    private long? Take(string json)
    {
        using var document = JsonDocument.Parse(json);
        return _count.Take(document.RootElement);
    }
}
