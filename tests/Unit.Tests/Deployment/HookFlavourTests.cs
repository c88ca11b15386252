using System.Text.RegularExpressions;
using Murano.Unit.Tests.Documents;

namespace Murano.Unit.Tests.Deployment;

/// <summary>The hooks for Windows say and set what those for sh do. They are compared as text: they need PowerShell, which not every machine has.</summary>
public sealed partial class HookFlavourTests
{
    // What Windows has in itself.
    private static readonly string[] Programs = ["/dev/urandom", "sha256sum"];

    [Fact]
    public void Both_ask_azd_the_same()
    {
        Assert.Equal(Calls("preprovision.sh"), Calls("preprovision.ps1"), StringComparer.Ordinal);
        Assert.Equal(Calls("postdeploy.sh"), Calls("postdeploy.ps1"), StringComparer.Ordinal);
        Assert.Equal(["azd env set FunctionsHost Azure", "azd env get-values", "azd env set MURANO_FIRST_KEY_HASH hash"], Calls("preprovision.sh"), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("preprovision")]
    [InlineData("postdeploy")]
    public void Both_say_the_same(string hook)
    {
        var windows = Read($"{hook}.ps1");
        var sentences = Sentence().Matches(Read($"{hook}.sh")).SelectMany(match => match.Groups[1].Value.Replace("\\\"", "\"", StringComparison.Ordinal).Split('\n')).ToList();

        Assert.True(sentences.Count >= 2, "No sentences were found.");
        Assert.All(
            sentences.Where(sentence => !Programs.Any(program => sentence.Contains(program, StringComparison.Ordinal))),
            sentence => Assert.Contains(sentence, windows, StringComparison.Ordinal));
    }

    [Fact]
    public void Both_make_the_same_secret_and_look_at_the_same_variables()
    {
        string[] needed = ["msk_firstkey0000_$random", "CI", "GITHUB_ACTIONS", "TF_BUILD", "MURANO_FIRST_KEY_HASH"];

        Assert.All(needed, text => Assert.Contains(text, Read("preprovision.sh"), StringComparison.Ordinal));
        Assert.All(needed, text => Assert.Contains(text, Read("preprovision.ps1"), StringComparison.Ordinal));
    }

    [Fact]
    public void Both_show_the_same_commands()
    {
        var expected = Shown("postdeploy.sh").Select(line => line switch
        {
            "read -r SECRET" => "$SECRET = Read-Host -MaskInput",
            _ when line.StartsWith("TOKEN=$(", StringComparison.Ordinal) => $"$TOKEN = {line["TOKEN=$(".Length..^1]}",
            _ when line.EndsWith("; echo", StringComparison.Ordinal) => line + " ''",
            _ => line,
        });

        Assert.Equal(expected, Shown("postdeploy.ps1"), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("preprovision.sh")]
    [InlineData("postdeploy.sh")]
    public void A_hook_for_sh_can_be_run_as_it_is(string hook)
    {
        Assert.StartsWith("#!/bin/sh\n", Read(hook), StringComparison.Ordinal);
        Assert.DoesNotContain('\r', Read(hook));
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(Repository.PathOf($"infra/hooks/{hook}")).HasFlag(UnixFileMode.UserExecute));
    }

    private static string Read(string hook) => Repository.Read($"infra/hooks/{hook}");

    private static List<string> Calls(string hook) => [.. Call().Matches(Read(hook)).Select(match => match.Value.Replace("\"", "", StringComparison.Ordinal).Replace("$", "", StringComparison.Ordinal))];

    private static List<string> Shown(string hook) => [.. Block().Match(Read(hook)).Groups[1].Value.Split('\n')];

    [GeneratedRegex("(?<=^|[ (])azd env (?:get-values|set [A-Za-z_]+ \"?[$A-Za-z]+\"?)(?=[\\s)])", RegexOptions.Multiline)]
    private static partial Regex Call();

    // What follows fail, echo or stands in lines of printf.
    [GeneratedRegex("(?:fail |echo |printf '%s\\\\n' \"\" |^  )\"((?:[^\"\\\\$]|\\\\\")+)\"", RegexOptions.Multiline)]
    private static partial Regex Sentence();

    [GeneratedRegex("(?<=<<'TEXT'|@')\\n(.*?)(?:TEXT|'@)\\n", RegexOptions.Singleline)]
    private static partial Regex Block();
}
