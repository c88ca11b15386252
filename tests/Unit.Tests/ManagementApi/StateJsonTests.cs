using System.Text;
using Murano.Functions.ManagementApi;
using Murano.Shared;
using Murano.Shared.State;

namespace Murano.Unit.Tests.ManagementApi;

public sealed class StateJsonTests
{
    [Theory]
    [Spec("b.4/10")]
    [Spec("c.3/8")]
    [InlineData("21.50", "21.50", ValueKind.Number)]
    [InlineData("1e3", "1e3", ValueKind.Number)]
    [InlineData("true", "true", ValueKind.Boolean)]
    [InlineData("false", "false", ValueKind.Boolean)]
    [InlineData("\"\\u00fc\\n\"", "ü\n", ValueKind.Text)]
    [InlineData("\"\"", "", ValueKind.Text)]
    public void A_value_keeps_its_kind_and_numbers_their_text(string json, string text, ValueKind kind)
    {
        Assert.True(Json.Read($$"""{"a":{{json}}}""", StateJson.Read).TryGet(out var values, out _));

        var value = Assert.Single(values);
        Assert.Equal(("a", text, kind), (value.Alias, Encoding.UTF8.GetString(value.Value.Text.Span), value.Value.Kind));
    }

    [Theory]
    [Spec("c.3/8")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("null")]
    public void Anything_but_scalars_is_refused(string json)
    {
        Assert.False(Json.Read($$"""{"ok":1,"a":{{json}}}""", StateJson.Read).TryGet(out _, out var failure));

        Assert.Equal("a", Assert.IsType<Failure.Rejected>(failure).Field);
    }

    [Fact]
    public void The_last_of_two_values_counts()
    {
        Assert.True(Json.Read("""{"a":1,"b":2,"a":3}""", StateJson.Read).TryGet(out var values, out _));

        Assert.Equal("a=3 b=2", string.Join(' ', values.Select(value => $"{value.Alias}={Encoding.UTF8.GetString(value.Value.Text.Span)}")));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("1")]
    [InlineData("\"a\"")]
    public void A_body_that_is_no_object_is_refused(string json) => Assert.False(Json.Read(json, StateJson.Read).TryGet(out _, out _));
}
