using Murano.Functions.ManagementApi;
using Murano.Shared;
using Murano.Shared.Connectors;
using Murano.Shared.Identities;

namespace Murano.Unit.Tests.ManagementApi;

public sealed class IdentityChangeJsonTests
{
    private const string Token = "0123456789ABCDEFabcdef0123456789ABCDEFab";

    private static IdentityChange Read(string json)
    {
        Assert.True(Json.Read(json, IdentityChangeJson.Read).TryGet(out var change, out var failure), failure?.ToString());
        return change;
    }

    private static Failure.Rejected Refused(string json)
    {
        Assert.False(Json.Read(json, IdentityChangeJson.Read).TryGet(out _, out var failure));
        return Assert.IsType<Failure.Rejected>(failure);
    }

    [Fact]
    [Spec("b.4/4")]
    public void What_is_absent_is_left_alone() => Assert.Equal(new IdentityChange(), Read("""{"auth":{},"colour":"red"}"""));

    [Fact]
    [Spec("b.4/4")]
    [Spec("b.4/16")]
    public void Everything_can_be_said_at_once() => Assert.Equal(
        new IdentityChange { Locked = false, Reprovision = true, AuthType = AuthType.Token, Key = Token, Expire = 1_500_000_000_000_000 },
        Read($$$"""{"auth":{"expire":1500000000000000,"type":"token","key":"{{{Token}}}"},"locked":false,"reprovision":true}"""));

    [Theory]
    [Spec("b.4/17")]
    [InlineData("token", AuthType.Token)]
    [InlineData("cik", AuthType.Token)]
    [InlineData("password", AuthType.Password)]
    [InlineData("certificate", AuthType.Certificate)]
    public void A_type_alone_is_taken(string word, AuthType type) => Assert.Equal(type, Read($$$"""{"auth":{"type":"{{{word}}}"}}""").AuthType);

    [Theory]
    [Spec("b.4/17")]
    [InlineData("hash")]
    [InlineData("signature")]
    [InlineData("Token")]
    public void Other_types_are_refused(string word)
    {
        var refused = Refused($$$"""{"auth":{"type":"{{{word}}}"}}""");

        Assert.Equal(("auth.type", $"No enum match for: {word}"), (refused.Field, refused.Detail));
    }

    [Theory]
    [Spec("b.4/17")]
    [InlineData("", AuthType.Certificate)]
    [InlineData(""","type":"certificate" """, AuthType.Certificate)]
    [InlineData(""","type":"password" """, AuthType.Password)]
    public void A_key_without_a_type_is_a_certificate(string type, AuthType expected)
    {
        var change = Read($$$"""{"auth":{"key":"{{{Token}}}"{{{type}}}}}""");

        Assert.Equal((expected, Token), (change.AuthType, change.Key));
    }

    [Theory]
    [InlineData("[]", "")]
    [InlineData("""{"auth":"token"}""", "auth")]
    [InlineData("""{"auth":{"type":1}}""", "auth.type")]
    [InlineData("""{"auth":{"key":1}}""", "auth.key")]
    [InlineData("""{"auth":{"expire":-1}}""", "auth.expire")]
    [InlineData("""{"auth":{"expire":1.5}}""", "auth.expire")]
    [InlineData("""{"auth":{"expire":"0"}}""", "auth.expire")]
    [InlineData("""{"auth":{"expire":1e30}}""", "auth.expire")]
    [InlineData("""{"auth":{"expire":1e300}}""", "auth.expire")]
    [InlineData("""{"locked":1}""", "locked")]
    [InlineData("""{"reprovision":null}""", "reprovision")]
    public void Bad_values_are_refused(string json, string field) => Assert.Equal(field, Refused(json).Field);

    [Theory]
    [Spec("b.4/8")]
    [InlineData("""{"auth":{"expire":0}}""", true)]
    [InlineData("""{"auth":{"expire":1}}""", false)]
    [InlineData("""{"auth":{"expire":0},"locked":true}""", false)]
    [InlineData("""{"auth":{}}""", false)]
    public void A_revocation_is_known(string json, bool revokes) => Assert.Equal(revokes, IdentityChangeJson.IsRevocation(Read(json)));

    [Fact]
    public void A_key_is_never_shown_by_accident() =>
        Assert.DoesNotContain(Token, Read($$$"""{"auth":{"type":"token","key":"{{{Token}}}"}}""").ToString(), StringComparison.Ordinal);
}
