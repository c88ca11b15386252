using System.Text.Json;
using CsCheck;
using Murano.Admin.Export;

namespace Murano.Unit.Tests.Admin;

public sealed class MuranoIdentityTests
{
    [Theory]
    [InlineData("provisioned", true)]
    [InlineData("locked", true)]
    [InlineData("reprovision", true)]
    [InlineData("devmode", true)]
    [InlineData("whitelisted", false)]
    [InlineData("expired", false)]
    [InlineData("", false)]
    public void Only_some_words_say_that_there_is_no_credential(string status, bool mayHave) =>
        Assert.Equal(mayHave, new ExportedIdentity { Identity = "1", Status = status }.MayHaveCredential);

    [Theory]
    [InlineData("""{"identity":"1","tags":{"a":["x","y"]}}""", "a=x a=y")]
    [InlineData("""{"identity":"1","tags":{"a":"x","b":7,"c":true}}""", "a=x b=7 c=true")]
    [InlineData("""{"identity":"1","tags":[{"name":"a","value":"x"},{"name":"a","value":"x"},{"name":"b","value":1.50}]}""", "a=x b=1.50")]
    [InlineData("""{"identity":"1","tags":[]}""", "")]
    [InlineData("""{"identity":"1","tags":null}""", "")]
    [InlineData("""{"identity":"1"}""", "")]
    public void Tags_are_read_in_either_layout(string json, string tags) => Assert.Equal((tags, ""), Show(json, identity => string.Join(' ', identity.Tags.Select(tag => $"{tag.Name}={tag.Value}"))));

    [Theory]
    [InlineData("""{"identity":"1","tags":"x"}""")]
    [InlineData("""{"identity":"1","tags":{"a":{"b":1}}}""")]
    [InlineData("""{"identity":"1","tags":{"":"x"}}""")]
    [InlineData("""{"identity":"1","tags":[{"name":"a"}]}""")]
    [InlineData("""{"identity":"1","tags":["a"]}""")]
    public void Tags_that_cannot_be_read_are_told(string json) => Assert.Equal("tags", Show(json, _ => "").LeftOut);

    [Theory]
    [InlineData("1500000000000000", 1_500_000_000_000_000)]
    [InlineData("1500000000000", 1_500_000_000_000_000)]
    [InlineData("1500000000", 1_500_000_000_000_000)]
    [InlineData("1500000000.5", 1_500_000_000_500_000)]
    [InlineData("1.5e15", 1_500_000_000_000_000)]
    [InlineData("\"1500000000000001\"", 1_500_000_000_000_001)]
    [InlineData("9007199254740993", 9_007_199_254_740_993)]
    [InlineData("0", 0)]
    [InlineData("-5", 0)]
    [InlineData("1e300", 0)]
    [InlineData("\"never\"", 0)]
    [InlineData("null", 0)]
    [InlineData("[]", 0)]
    public void Times_are_read_in_any_unit(string json, long micros)
    {
        var (identity, _) = Read($$"""{"identity":"1","lastseen":{{json}},"auth":{"expire":{{json}} } }""");

        Assert.Equal((micros, micros), (identity!.LastSeen, identity.Expire));
    }

    [Theory]
    [InlineData("""{"identity":"1","auth":{"type":"cik"},"status":"provisioned"}""", "cik provisioned False")]
    [InlineData("""{"identity":"1","auth":"token","locked":"true"}""", "token  True")]
    [InlineData("""{"identity":"1","status":"locked","locked":1}""", " locked True")]
    [InlineData("""{"identity":"1","auth":null,"status":null,"locked":null,"lastip":null}""", "  False")]
    [InlineData("""{"identity":1234}""", "  False")]
    public void What_is_left_out_or_odd_is_no_trouble(string json, string shown) => Assert.Equal((shown, ""), Show(json, identity => $"{identity.AuthType} {identity.Status} {identity.Locked}"));

    [Theory]
    [InlineData("""{"t":{"reported":"21.5","set":22,"timestamp":1500000000000000}}""", """t 21.5 22 1500000000000000""")]
    [InlineData("""{"t":{"reported":"21.5"}}""", "t 21.5  0")]
    [InlineData("""{"t":{"set":false}}""", "t  false 0")]
    [InlineData("""{"t":21.50}""", "t 21.50  0")]
    [InlineData("""{"t":{"a":1}}""", """t {"a":1}  0""")]
    [InlineData("""{"t":{"reported":{"a":[1]},"set":null}}""", """t {"a":[1]}  0""")]
    [InlineData("""{"t":null,"u":{"reported":null,"timestamp":5}}""", "")]
    [InlineData("""[]""", "")]
    public void Values_keep_what_they_are(string state, string shown) => Assert.Equal(
        (shown, ""),
        Show($$"""{"identity":"1","state":{{state}}}""", identity => string.Join(' ', identity.State.Select(value => $"{value.Key} {value.Value.Reported.AsText()} {value.Value.Set.AsText()} {value.Value.Timestamp}"))));

    [Theory]
    [InlineData("\"x\"")]
    [InlineData("[1]")]
    [InlineData("""{"\ud800":1}""")]
    public void A_state_that_is_none_is_told(string state) => Assert.Equal("state", Show($$"""{"identity":"1","state":{{state}}}""", _ => "").LeftOut);

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"identity":""}""")]
    [InlineData("""{"identity":{}}""")]
    [InlineData("""{"identity":"\ud800"}""")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("null")]
    public void What_names_no_identity_is_none(string json) => Assert.Null(Read(json).Identity);

    [Fact]
    public void No_JSON_breaks_the_reading() =>
        Inputs.TextOf("{", "}", "[", "]", ":", ",", "\"identity\"", "\"auth\"", "\"state\"", "\"tags\"", "\"name\"", "\"value\"", "\"reported\"", "\"\\ud800\"", "null", "true", "1e999", "\"x\"").Sample(
            text =>
            {
                try
                {
                    Read(text);
                }
                catch (JsonException)
                {
                    // No JSON at all.
                }
            },
            iter: LongRun.Inputs);

    private static (string Shown, string LeftOut) Show(string json, Func<ExportedIdentity, string> show)
    {
        var (identity, leftOut) = Read(json);
        return (show(identity!), string.Join(' ', leftOut));
    }

    private static (ExportedIdentity? Identity, IReadOnlyList<string> LeftOut) Read(string json)
    {
        using var document = JsonDocument.Parse(System.Text.Encoding.UTF8.GetBytes(json));
        return MuranoIdentity.Read(document.RootElement);
    }
}
