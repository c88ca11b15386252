using System.Text;
using System.Text.Json;
using Murano.Shared.Events;
using Murano.Shared.Realtime;
using Murano.Shared.State;

namespace Murano.Unit.Tests.Realtime;

/// <summary>Events and refusals as they are shown.</summary>
public sealed class LogEventJsonTests
{
    [Fact]
    public void An_event_that_is_not_too_large_is_shown_as_it_is() => Assert.Equal(
        """{"type":"data_in","identity":"sn-1","timestamp":1500000000000000,"payload":[{"timestamp":1500000000000000,"values":{"temp":"21.5"}}]}""",
        Text(LogEventJson.Of(LogSamples.Event("sn-1", ("temp", "21.5")))));

    [Fact]
    public void A_refusal() => Assert.Equal(
        """{"type":"refused","identity":"sn-1","ip":"203.0.113.7","protocol":"onep","timestamp":1500000000000000,"reason":"locked","message":"The device is locked.","code":401,"method":"POST","path":"/onep:v1/stack/alias"}""",
        Text(LogEventJson.Of(LogSamples.Refusal())));

    [Fact]
    public void A_refusal_of_nobody_known() => Assert.DoesNotContain("identity", Text(LogEventJson.Of(LogSamples.Refusal(""))), StringComparison.Ordinal);

    [Fact]
    public void What_was_lost() => Assert.Equal("""{"type":"dropped","count":7,"timestamp":1500000000000000}""", Text(LogEventJson.Dropped(7, LogSamples.Now)));

    [Fact]
    public void A_long_value_is_cut_between_characters_and_says_so()
    {
        using var shown = JsonDocument.Parse(LogEventJson.Of(LogSamples.Event("sn-1", ("a", "x" + new string('ä', 4_000)), ("b", "short"))));
        var values = shown.RootElement.GetProperty("payload")[0].GetProperty("values");

        Assert.True(shown.RootElement.GetProperty("cut").GetBoolean());
        Assert.Equal("x" + new string('ä', 2_047) + "…", values.GetProperty("a").GetString());
        Assert.Equal("short", values.GetProperty("b").GetString());
    }

    [Fact]
    public void A_value_of_4_KiB_is_whole() =>
        Assert.DoesNotContain("cut", Text(LogEventJson.Of(LogSamples.Event("sn-1", ("a", new string('x', 4_096))))), StringComparison.Ordinal);

    [Theory]
    [InlineData(97, 4_096, 'x')] // a request's most aliases
    [InlineData(97, 4_096, '\u0001')] // six bytes each in JSON
    [InlineData(5_000, 20, 'x')]
    [InlineData(20_000, 1, 'x')]
    [InlineData(1, 500_000, 'x')]
    public void No_event_is_longer_than_64_KiB(int values, int length, char letter)
    {
        var happened = LogSamples.Event("sn-1", [.. Enumerable.Range(0, values).Select(i => (FormattableString.Invariant($"alias {i}"), new string(letter, length)))]);

        var json = LogEventJson.Of(happened);

        Assert.InRange(json.Length, 100, 64 * 1024);
        using var shown = JsonDocument.Parse(json);
        Assert.True(shown.RootElement.GetProperty("cut").GetBoolean());
        Assert.Equal("data_in", shown.RootElement.GetProperty("type").GetString());
        Assert.NotEmpty(shown.RootElement.GetProperty("payload")[0].GetProperty("values").EnumerateObject());
    }

    [Fact]
    public void A_record_of_many_points_keeps_its_first_ones()
    {
        var point = new EventPoint(LogSamples.Now, [new EventValue("a", Encoding.UTF8.GetBytes(new string('x', 100)), ValueKind.Text)]);
        var happened = LogSamples.Event("sn-1", ("a", "x")) with { Points = [.. Enumerable.Repeat(point, 3_000)] };

        using var shown = JsonDocument.Parse(LogEventJson.Of(happened));

        Assert.InRange(shown.RootElement.GetProperty("payload").GetArrayLength(), 200, 2_999);
    }

    [Theory]
    [InlineData(
        """{"type":"data_in","identity":"sn-1","timestamp":1500000000999999,"payload":[{"timestamp":1,"values":{"a":"}{\"{"}}]}""",
        """{"type":"data_in","subject":"sn-1","timestamp":1500000000,"data":{"type":"data_in","identity":"sn-1","timestamp":1500000000999999,"payload":[{"timestamp":1,"values":{"a":"\u007d\u007b\"\u007b"}}]}}""")]
    [InlineData("""{"type":"dropped","count":3,"timestamp":2000000}""", """{"type":"dropped","subject":"","timestamp":2,"data":{"type":"dropped","count":3,"timestamp":2000000}}""")]
    [InlineData("""{"type":"deleted","identity":"a\\","timestamp":1000000}""", """{"type":"deleted","subject":"a\\","timestamp":1,"data":{"type":"deleted","identity":"a\\","timestamp":1000000}}""")]
    [InlineData("{}", """{"type":"","subject":"","timestamp":0,"data":{}}""")]
    public void A_line_for_the_command_line_has_no_braces_in_texts(string json, string line)
    {
        using var document = JsonDocument.Parse(json);

        Assert.Equal(line + "\n", Text(LogLineJson.Of(document.RootElement)));
    }

    private static string Text(ReadOnlyMemory<byte> json) => Encoding.UTF8.GetString(json.Span);
}
