using System.Text;
using Murano.Functions.ManagementApi;
using Murano.Shared;
using Murano.Shared.Connectors;
using Murano.Shared.Identities;
using Murano.Shared.State;
using Murano.Unit.Tests.Tags;

namespace Murano.Unit.Tests.ManagementApi;

public sealed class IdentityJsonTests
{
    private static Device New(string identity)
    {
        Assert.True(IdentityId.TryParse(identity, out var id));
        return new Device { Identity = id, Status = DeviceStatus.Whitelisted };
    }

    private static StateEntry Entry(string alias, StateValue? reported, StateValue? set, long timestamp)
    {
        Assert.True(Alias.TryParse(alias, out var name));
        return new(name, reported, set, timestamp);
    }

    private static StateValue Value(string text, ValueKind kind = ValueKind.Text) => new(Encoding.UTF8.GetBytes(text), kind);

    [Fact]
    [Spec("b.4/15")]
    [Spec("b.4/3")]
    public void One_identity_is_the_object_of_the_specification() => Assert.Equal(
        Json.Compact("""
            {"identity":"1234","auth":{"type":"token","expire":0},"status":"whitelisted","locked":false,"reprovision":false,
             "devmode":false,"lastip":"","lastprotocol":"","lastseen":0,"online":false,"presence":"never","state":{},"tags":{}}
            """),
        JsonText.Of(json => IdentityJson.WriteWhole(json, New("1234"), [])));

    [Fact]
    [Spec("b.4/15")]
    public void Everything_that_is_known_is_shown() => Assert.Equal(
        Json.Compact("""
            {"identity":"a/b ü","auth":{"type":"certificate","expire":1500000000000000},"status":"expired","locked":true,"reprovision":true,
             "devmode":true,"lastip":"10.0.0.9","lastprotocol":"https","lastseen":1500000000000001,"online":true,"presence":"online","state":{"t":{"reported":"1","timestamp":2}},"tags":{"claim_code":["x","y"]}}
            """),
        JsonText.Of(json => IdentityJson.WriteWhole(
            json,
            New("a/b ü") with
            {
                Status = DeviceStatus.Expired,
                AuthType = AuthType.Certificate,
                Expire = 1500000000000000,
                Locked = true,
                Reprovision = true,
                DevMode = true,
                LastAddress = "10.0.0.9",
                LastProtocol = "https",
                LastSeen = 1500000000000001,
                Presence = PresenceState.Online,
                Tags = [TagNameTests.New("claim_code", "x"), TagNameTests.New("claim_code", "y")],
            },
            [Entry("t", Value("1"), null, 2)])));

    [Fact]
    [Spec("b.4/1")]
    [Spec("b.4/14")]
    public void A_page_has_the_columns_of_the_list() => Assert.Equal(
        Json.Compact("""
            {"mayLoadMore":true,"cursor":"abc","devices":[{"identity":"1234","auth":{"type":"token","expire":0},"status":"whitelisted","locked":false,"reprovision":false,
             "devmode":false,"lastip":"","lastprotocol":"","lastseen":0,"online":false,"presence":"never"}]}
            """),
        JsonText.Of(json => IdentityJson.WritePage(json, new IdentityPage([New("1234")], Next: "abc"))));

    [Fact]
    [Spec("b.4/9")]
    public void State_is_the_object_of_the_specification() => Assert.Equal(
        """{"temp":{"reported":"21.5","set":"21.5","timestamp":1500000000000000}}""",
        JsonText.Of(json => StateJson.Write(json, [Entry("temp", Value("21.5"), Value("21.5"), 1500000000000000)])));

    [Fact]
    public void State_has_the_times_of_both_sides_where_they_are_wanted() => Assert.Equal(
        """{"mode":{"set":"eco","timestamp":0},"temp":{"reported":"21.5","set":"22","timestamp":4,"reportedAt":3,"setAt":4}}""",
        JsonText.Of(json => StateJson.Write(
            json,
            [Entry("mode", null, Value("eco"), 0), Entry("temp", Value("21.5"), Value("22"), 4) with { ReportedAt = 3, SetAt = 4 }],
            withTimes: true)));

    [Theory]
    [Spec("b.4/9")]
    [InlineData("21.50", ValueKind.Number, "21.50")]
    [InlineData("-1E3", ValueKind.Number, "-1E3")]
    [InlineData("+1", ValueKind.Number, "\"+1\"")]
    [InlineData(".5", ValueKind.Number, "\".5\"")]
    [InlineData("1 ", ValueKind.Number, "\"1 \"")]
    [InlineData("", ValueKind.Number, "\"\"")]
    [InlineData("01", ValueKind.Number, "\"01\"")]
    [InlineData("true", ValueKind.Boolean, "true")]
    [InlineData("false", ValueKind.Boolean, "false")]
    [InlineData("yes", ValueKind.Boolean, "\"yes\"")]
    [InlineData("true", ValueKind.Text, "\"true\"")]
    [InlineData("1", ValueKind.Text, "\"1\"")]
    [InlineData("{\"a\":1}", ValueKind.Text, "\"{\\\"a\\\":1}\"")]
    public void A_value_is_shown_as_it_was_written(string text, ValueKind kind, string expected) => Assert.Equal(
        $$$"""{"a":{"set":{{{expected}}},"timestamp":0}}""", JsonText.Of(json => StateJson.Write(json, [Entry("a", null, Value(text, kind), 0)])));
}
