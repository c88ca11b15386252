using System.Text.Json;
using Murano.Admin.Export;
using Murano.Admin.Import;

namespace Murano.Unit.Tests.Admin;

public sealed class ImportPlannerTests
{
    private static readonly string Token = new('a', 40);

    private static readonly IReadOnlyDictionary<string, TargetResource> Resources = new Dictionary<string, TargetResource>(StringComparer.Ordinal)
    {
        ["t"] = new("number", IsSettable: false),
        ["n"] = new("number", IsSettable: true),
        ["b"] = new("boolean", IsSettable: true),
        ["s"] = new("string", IsSettable: true),
    };

    [Theory]
    [InlineData("""{"identity":"1","auth":{"type":"token"},"status":"whitelisted"}""", """{"identity":"1","auth":{"type":"token"}}""", "")]
    [InlineData("""{"identity":"1","auth":{"type":"cik","expire":1500000000000000},"status":"expired","locked":true,"reprovision":true}""", """{"identity":"1","auth":{"type":"token","expire":1500000000000000},"locked":true,"reprovision":true}""", "")]
    [InlineData("""{"identity":"1","tags":{"a":["x","y"],"b":"z"}}""", """{"identity":"1","auth":{"type":"token"},"tags":{"a":["x","y"],"b":["z"]}}""", "")]
    [InlineData("""{"identity":"1","auth":{"type":"hash"}}""", """{"identity":"1"}""", "auth skipped unknown-auth-type")]
    [InlineData("""{"identity":"1","auth":{"type":"token","expire":1500000000000000},"status":"provisioned"}""", """{"identity":"1","auth":{"type":"token"}}""", "credential skipped no-token")]
    [InlineData("""{"identity":"1","auth":{"type":"password"},"status":"provisioned"}""", """{"identity":"1","auth":{"type":"password"}}""", "credential skipped password-not-exported")]
    [InlineData("""{"identity":"1","auth":{"type":"certificate"},"status":"provisioned"}""", """{"identity":"1","auth":{"type":"certificate"}}""", "credential skipped certificate-not-exported")]
    [InlineData("""{"identity":"1","devmode":true}""", """{"identity":"1","auth":{"type":"token"}}""", "devmode skipped set-by-activation")]
    public void An_identity_that_is_not_known_is_made(string source, string row, string notes)
    {
        var plan = Plan(source, null, null);

        Assert.Equal((row, notes, true), (plan.Row?.ToJsonString(), Notes(plan), plan.IsNew));
        Assert.Null(plan.Token);
    }

    [Fact]
    public void With_a_token_it_gets_the_token_and_keeps_its_window()
    {
        var plan = Plan("""{"identity":"1","auth":{"type":"password","expire":1500000000000000},"status":"provisioned","reprovision":true}""", null, Token);

        Assert.Equal("""{"identity":"1","auth":{"type":"token","expire":1500000000000000}}""", plan.Row!.ToJsonString());
        Assert.Equal((Token, false, true, ""), (plan.Token, plan.IsTokenInDoubt, plan.Reprovision, Notes(plan)));
    }

    [Fact]
    public void Nothing_is_done_when_all_is_the_same()
    {
        const string Same = """{"identity":"1","auth":{"type":"token"},"status":"whitelisted","tags":{"a":["y","x"]},"state":{"n":{"reported":"5","set":"5"}}}""";
        var plan = Plan(Same, Same, null);

        Assert.True(plan.IsEmpty);
        Assert.Equal("values unchanged , identity unchanged ", Notes(plan));
    }

    [Theory]
    [InlineData("""{"identity":"1","locked":true}""", """{"identity":"1"}""", "locked", """{"identity":"1","locked":true}""")]
    [InlineData("""{"identity":"1"}""", """{"identity":"1","locked":true}""", "locked", """{"identity":"1","locked":false}""")]
    [InlineData("""{"identity":"1","tags":{"a":"x"}}""", """{"identity":"1","tags":{"a":["x","y"]}}""", "tags", """{"identity":"1","tags":{"a":["x"]}}""")]
    [InlineData("""{"identity":"1","auth":{"type":"password"}}""", """{"identity":"1","auth":{"type":"token"}}""", "auth", """{"identity":"1","auth":{"type":"password"}}""")]
    [InlineData("""{"identity":"1","auth":{"expire":1500000000000000}}""", """{"identity":"1","auth":{"type":"token"}}""", "expire", """{"identity":"1","auth":{"expire":1500000000000000}}""")]
    [InlineData("""{"identity":"1","reprovision":true}""", """{"identity":"1","auth":{"type":"token"}}""", "reprovision", """{"identity":"1","reprovision":true}""")]
    public void What_differs_stays_unless_it_is_to_be_overwritten(string source, string target, string what, string row)
    {
        target = target.Contains("auth", StringComparison.Ordinal) ? target : target.Replace("\"1\"", "\"1\",\"auth\":{\"type\":\"token\"}", StringComparison.Ordinal);
        var (kept, overwritten) = (Plan(source, target, null), Plan(source, target, null, overwrites: true));

        Assert.Equal((null, $"{what} conflict {what}-differs"), (kept.Row, Notes(kept)));
        Assert.Equal((row, ""), (overwritten.Row?.ToJsonString(), Notes(overwritten)));
    }

    [Fact]
    public void Tags_that_are_missing_are_added_and_others_stay()
    {
        var plan = Plan("""{"identity":"1","tags":{"a":"x","b":"y"}}""", """{"identity":"1","auth":{"type":"token"},"tags":{"b":"y","c":"z"}}""", null);

        Assert.Equal("""{"identity":"1","tags":{"a":["x"]}}""", plan.Row!.ToJsonString());
    }

    // A window of 0 takes the credential away from a device that has one.
    [Theory]
    [InlineData("""{"identity":"1","status":"provisioned"}""")]
    [InlineData("""{"identity":"1","status":"whitelisted"}""")]
    [InlineData("""{"identity":"1","status":"expired","auth":{"expire":1500000000000000}}""")]
    public void The_window_of_a_device_that_has_a_credential_is_never_touched(string source)
    {
        var plan = Plan(source, """{"identity":"1","status":"provisioned","auth":{"type":"token","expire":1600000000000000}}""", null, overwrites: true);

        Assert.Null(plan.Row);
        Assert.Equal("identity unchanged ", Notes(plan));
    }

    [Fact]
    public void A_token_of_a_device_that_has_a_credential_is_to_be_compared_first()
    {
        Assert.True(Plan("""{"identity":"1","status":"provisioned"}""", """{"identity":"1","status":"provisioned"}""", Token).IsTokenInDoubt);
        Assert.False(Plan("""{"identity":"1","status":"provisioned"}""", """{"identity":"1","status":"whitelisted"}""", Token).IsTokenInDoubt);
    }

    [Fact]
    public void A_credential_that_was_taken_away_here_comes_back_only_when_it_is_to_be_overwritten()
    {
        const string Source = """{"identity":"1","status":"provisioned","reprovision":true}""";
        const string Revoked = """{"identity":"1","auth":{"type":"token"},"status":"whitelisted","lastseen":1500000000000000}""";
        var (kept, overwritten) = (Plan(Source, Revoked, Token), Plan(Source, Revoked, Token, overwrites: true));

        Assert.Equal((null, null, false, "token conflict credential-revoked-here"), (kept.Token, kept.Row, kept.Reprovision, Notes(kept)));
        Assert.Equal((Token, ""), (overwritten.Token, Notes(overwritten).Replace("identity unchanged ", "", StringComparison.Ordinal)));
    }

    // Old Murano says in one word what here is a status and a mark.
    [Theory]
    [InlineData("locked")]
    [InlineData("reprovision")]
    [InlineData("devmode")]
    public void A_device_that_may_have_a_credential_gets_an_open_window_and_a_notice(string status)
    {
        var plan = Plan($$"""{"identity":"1","auth":{"type":"token","expire":1500000000000000},"status":"{{status}}"}""", null, null);

        Assert.Null(plan.Row!["auth"]!["expire"]);
        Assert.Contains("credential skipped no-token", Notes(plan), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("b", "\"1\"", "true")]
    [InlineData("b", "0", "false")]
    [InlineData("b", "\"true\"", "true")]
    [InlineData("n", "\"21.5\"", "21.5")]
    [InlineData("s", "5", "\"5\"")]
    public void A_value_that_was_brought_is_the_same_at_the_next_import(string alias, string set, string present)
    {
        var plan = Plan($$"""{"identity":"1","state":{"{{alias}}":{"set":{{set}} } } }""", $$"""{"identity":"1","auth":{"type":"token"},"state":{"{{alias}}":{"set":{{present}} } } }""", null);

        Assert.Empty(plan.Values);
        Assert.Equal("values unchanged , identity unchanged ", Notes(plan));
    }

    [Theory]
    [InlineData("n", "\"21.5\"", "21.5")]
    [InlineData("n", "21.50", "21.50")]
    [InlineData("n", "\"warm\"", "\"warm\"")]
    [InlineData("b", "\"true\"", "true")]
    [InlineData("b", "0", "false")]
    [InlineData("b", "false", "false")]
    [InlineData("s", "5", "5")]
    [InlineData("s", "\"5\"", "\"5\"")]
    public void Values_get_the_type_of_their_resource(string alias, string set, string value) =>
        Assert.Equal(value, Plan($$"""{"identity":"1","state":{"{{alias}}":{"set":{{set}} } } }""", null, null).Values[alias]!.ToJsonString());

    [Theory]
    [InlineData("""{"t":{"reported":"21"}}""", "reported skipped device-reports")]
    [InlineData("""{"t":{"reported":"21","set":"21"}}""", "reported skipped device-reports")]
    [InlineData("""{"n":{"reported":"21","set":"22"}}""", "reported skipped device-reports")]
    [InlineData("""{"n":{"reported":"22","set":"22"}}""", "")]
    [InlineData("""{"x":{"reported":"22","set":"22"}}""", "values skipped unknown-resource")]
    public void What_cannot_be_set_is_told(string state, string notes) => Assert.Equal(notes, Notes(Plan($$"""{"identity":"1","state":{{state}}}""", null, null)));

    [Fact]
    public void A_value_that_was_set_here_stays_unless_it_is_to_be_overwritten()
    {
        const string Source = """{"identity":"1","state":{"n":{"set":21}}}""";
        const string Target = """{"identity":"1","auth":{"type":"token"},"state":{"n":{"set":22}}}""";

        Assert.Equal("values conflict values-differs", Notes(Plan(Source, Target, null)));
        Assert.Empty(Plan(Source, Target, null).Values);
        Assert.Equal("21", Plan(Source, Target, null, overwrites: true).Values["n"]!.ToJsonString());
    }

    [Fact]
    public void A_plan_does_not_show_its_token() => Assert.DoesNotContain(Token, Plan("""{"identity":"1"}""", null, Token).ToString(), StringComparison.Ordinal);

    private static ImportPlan Plan(string source, string? target, string? token, bool overwrites = false) =>
        new ImportPlanner(Resources, overwrites).Plan(Read(source), target is null ? null : new TargetDevice { Facts = Read(target) }, token);

    private static ExportedIdentity Read(string json) => MuranoIdentity.Read(JsonSerializer.Deserialize<JsonElement>(json)).Identity!;

    private static string Notes(ImportPlan plan) => string.Join(", ", plan.Results.Select(result => $"{result.What} {result.Outcome.ToString().ToLowerInvariant()} {result.Reason}"));
}
