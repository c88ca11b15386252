using CsCheck;
using Murano.Shared.Connectors;

namespace Murano.Unit.Tests.Connectors;

public sealed class ConnectorIdTests
{
    [Theory]
    [Spec("a.1/2")]
    [InlineData("u1rnqm3kgg2u80000", true)]
    [InlineData("dubhxzv0r4e1m7vj", true)]
    [InlineData("U1RNQM", true)]
    [InlineData("1abc", false)]
    [InlineData("a", false)]
    [InlineData("a-b", false)]
    [InlineData("a.b", false)]
    [InlineData("äb", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void An_id_has_letters_and_digits_and_begins_with_a_letter(string? text, bool isOne)
    {
        Assert.Equal(isOne, ConnectorId.TryParse(text, out var id));
        Assert.Equal(isOne ? text!.ToLowerInvariant() : null, id.Value);
    }

    [Fact]
    [Spec("a.1/2")]
    public void A_new_one_is_an_id_of_Murano_s_shape() =>
        Gen.Const(0).Sample(_ => ConnectorId.New() is { Value.Length: 16 } id && ConnectorId.TryParse(id.Value, out var read) && read == id);
}
