using System.Text.RegularExpressions;
using Murano.Shared.Access;

namespace Murano.Unit.Tests.Deployment;

/// <summary>infra/hooks/preprovision.sh.</summary>
public sealed partial class FirstKeyHookTests
{
    private const string Hook = "preprovision.sh";
    private const string Name = "MURANO_FIRST_KEY_HASH";

    private static readonly string Hash = new('a', 64);

    [Theory]
    [InlineData("sh")]
    [InlineData("dash")]
    [InlineData("bash")]
    public async Task Shows_a_secret_and_keeps_its_hash_alone(string shell)
    {
        HookStage.Need(shell);
        using var stage = new HookStage();

        var run = await stage.RunAsync(Hook, shell: shell);

        Assert.Equal((0, "", ""), (run.Code, run.Output, run.Errors));
        var shown = Assert.Single(Secret().Matches(run.Terminal)).Value;
        Assert.True(OperatorSecret.TryParse(shown, out var secret));
        Assert.Equal("firstkey0000", secret.Id.Value);
        Assert.Equal(secret.Hash, stage.Values[Name]);
        Assert.Equal("Azure", stage.Values["FunctionsHost"]);
        Assert.Equal(["azd env set FunctionsHost Azure", "azd env get-values", $"azd env set {Name} {secret.Hash}"], stage.Calls, StringComparer.Ordinal);
        Assert.Contains("shown this once", run.Terminal, StringComparison.Ordinal);
        Assert.Empty(stage.FilesWith(shown[^64..]));
    }

    [Fact]
    public async Task Makes_another_secret_each_time()
    {
        HookStage.Need();
        using var one = new HookStage();
        using var other = new HookStage();

        await one.RunAsync(Hook);
        await other.RunAsync(Hook);

        Assert.NotEqual(one.Values[Name], other.Values[Name], StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("sha256sum")]
    [InlineData("shasum")]
    [InlineData("openssl")]
    public async Task Any_program_for_hashes_will_do(string program)
    {
        HookStage.Need(program);
        using var stage = new HookStage(program);

        var run = await stage.RunAsync(Hook);

        Assert.True(OperatorSecret.TryParse(Secret().Match(run.Terminal).Value, out var secret), run.Errors);
        Assert.Equal(secret.Hash, stage.Values[Name]);
        Assert.Empty(stage.FilesWith(secret.Reveal()[^64..]));
    }

    [Fact]
    public async Task Without_such_a_program_it_fails_and_makes_nothing()
    {
        HookStage.Need();
        using var stage = new HookStage("true");

        var run = await stage.RunAsync(Hook);

        AssertRefused(stage, run, "SHA-256 cannot be computed");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_second_run_makes_nothing_and_says_so(bool byAzd)
    {
        HookStage.Need();
        using var stage = new HookStage();
        await stage.RunAsync(Hook);
        var values = stage.Values;

        var run = byAzd ? await stage.RunAsync(Hook, variables: (Name, values[Name])) : await stage.RunAsync(Hook);

        Assert.Equal((0, "", ""), (run.Code, run.Terminal, run.Errors));
        Assert.Equal("The first operator's key: its hash is there already, nothing was made.\n", run.Output);
        Assert.Equal(values, stage.Values);
    }

    [Fact]
    public async Task An_emptied_hash_makes_room_for_another_secret()
    {
        HookStage.Need();
        using var stage = new HookStage();
        stage.Keep(Name, "");

        var run = await stage.RunAsync(Hook, variables: (Name, ""));

        Assert.True(OperatorSecret.TryParse(Secret().Match(run.Terminal).Value, out var secret), run.Errors);
        Assert.Equal(secret.Hash, stage.Values[Name]);
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("gaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData(" aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("msk_otherkey0000_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task What_is_no_hash_is_refused(string value)
    {
        HookStage.Need();
        using var stage = new HookStage();

        var run = await stage.RunAsync(Hook, variables: (Name, value));

        AssertRefused(stage, run, $"{Name} is not a SHA-256");
        Assert.DoesNotContain(value, run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "CI")]
    [InlineData(true, "GITHUB_ACTIONS")]
    [InlineData(true, "TF_BUILD")]
    [InlineData(false, "NOTHING")]
    public async Task Where_nobody_looks_the_hash_must_be_given(bool terminal, string variable)
    {
        HookStage.Need();
        using var stage = new HookStage();

        AssertRefused(stage, await stage.RunAsync(Hook, terminal, variables: (variable, "true")), $"{Name} is not set, and here is no terminal");

        var given = await stage.RunAsync(Hook, terminal, "sh", (variable, "true"), (Name, Hash));
        Assert.Equal((0, "", ""), (given.Code, given.Terminal, given.Errors));
    }

    [Theory]
    [InlineData("env set FunctionsHost", "azd could not set FunctionsHost")]
    [InlineData("env get-values", "azd does not tell its values")]
    [InlineData("env set MURANO_FIRST_KEY_HASH", "azd could not set MURANO_FIRST_KEY_HASH")]
    public async Task When_azd_fails_the_hook_does(string command, string sentence)
    {
        HookStage.Need();
        using var stage = new HookStage();

        AssertRefused(stage, await stage.RunAsync(Hook, variables: ("AZD_FAILS", command)), sentence);
    }

    private static void AssertRefused(HookStage stage, HookResult run, string sentence)
    {
        Assert.NotEqual(0, run.Code);
        Assert.Contains(sentence, run.Errors, StringComparison.Ordinal);
        Assert.Equal("", run.Terminal);
        Assert.False(stage.Values.ContainsKey(Name));
        Assert.Empty(stage.FilesWith("msk_firstkey0000_"));
    }

    [GeneratedRegex("msk_firstkey0000_[0-9a-f]{64}(?![0-9A-Za-z_])")]
    private static partial Regex Secret();
}
