using CsCheck;
using Murano.Shared.Access;

namespace Murano.Unit.Tests.Access;

public sealed class OperatorIdTests
{
    private const string Person = "entra-0123abcd-4567-489a-8bcd-0123456789ef";

    [Fact]
    public void A_key_is_its_id()
    {
        var key = OperatorKeyId.New();

        Assert.True(OperatorId.TryParse(key.Value, out var id));
        Assert.Equal((OperatorId.Of(key), key.Value, (OperatorKeyId?)key), (id, id.ToString(), id.Key));
    }

    [Fact]
    public void Somebody_of_Entra_ID_is_their_object_id_and_no_key()
    {
        Assert.True(OperatorId.TryParse(Person, out var id));
        Assert.Equal((OperatorId.OfEntra(Guid.Parse(Person[6..])), Person, null), (id, id.Value, id.Key));
        Assert.False(OperatorKeyId.TryParse(Person, out _));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("entra-")]
    [InlineData("abcdefghijk")]
    [InlineData("ABCDEFGHIJKL")]
    [InlineData("entra-0123ABCD-4567-489a-8bcd-0123456789ef")]
    [InlineData("Entra-0123abcd-4567-489a-8bcd-0123456789ef")]
    [InlineData("entra-0123abcd4567489a8bcd0123456789ef")]
    [InlineData("entra-{0123abcd-4567-489a-8bcd-0123456789ef}")]
    [InlineData("entra-0123abcd-4567-489a-8bcd-0123456789ef ")]
    public void Anything_else_is_nobody(string? text) => Assert.False(OperatorId.TryParse(text, out _));

    [Fact]
    public void What_is_read_is_what_was_written() => Gen.String.Sample(text => !OperatorId.TryParse(text, out var id) || string.Equals(id.Value, text, StringComparison.Ordinal));
}
