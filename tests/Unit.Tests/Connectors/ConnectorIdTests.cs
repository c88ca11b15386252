using Murano.Shared.Connectors;

namespace Murano.Unit.Tests.Connectors;

public sealed class ConnectorIdTests
{
    [Theory, Spec("a.1/2")]
    [InlineData("u1rnqm3kgg2u80000", "u1rnqm3kgg2u80000")]
    [InlineData("DUBHXZV0R4E1M7VJ", "dubhxzv0r4e1m7vj")]
    [InlineData("ab", "ab")]
    public void Takes_letters_and_digits_and_folds_case(string text, string expected)
    {
        Assert.True(ConnectorId.TryParse(text, out var id));
        Assert.Equal(expected, id.Value);
    }

    [Theory, Spec("a.1/2")]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("1abc")]
    [InlineData("ab-c")]
    [InlineData("ab.c")]
    [InlineData("abc!")]
    [InlineData("äbc")]
    [InlineData("abcdefghijklmnopqrstuvwxyz0123456")]
    public void Refuses_all_else(string? text) => Assert.False(ConnectorId.TryParse(text, out _));

    [Fact, Spec("a.1/2")]
    public void New_ones_are_of_the_shape_and_differ()
    {
        var ids = Enumerable.Range(0, 1000).Select(_ => ConnectorId.New().Value).ToList();

        Assert.Equal(1000, ids.Distinct(StringComparer.Ordinal).Count());
        Assert.All(ids, id => Assert.Matches("^[a-z][a-z0-9]{12,16}$", id));
    }
}
