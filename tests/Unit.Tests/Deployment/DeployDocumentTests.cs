using System.Text.RegularExpressions;
using Murano.Unit.Tests.Documents;

namespace Murano.Unit.Tests.Deployment;

/// <summary>docs/deploy.md names the parameters and outputs that there are, and the commands that the hooks show.</summary>
public sealed partial class DeployDocumentTests
{
    private const string File = "docs/deploy.md";
    private const string Parameters = "infra/main.parameters.json";
    private const string Main = "infra/main.bicep";

    [Fact]
    public void Every_parameter_stands_in_its_table_with_its_default()
    {
        Need(Parameters);
        var written = Row().Matches(Repository.Read(File)).Select(match => $"{match.Groups["name"].Value} = {match.Groups["default"].Value}");

        Assert.Equal(AzdParameter.Read().Select(parameter => $"{parameter.Variable} = {parameter.Default switch { null => "(needed)", "" => "(empty)", var value => $"`{value}`" }}"), written, StringComparer.Ordinal);
    }

    [Fact]
    public void Documents_set_only_what_there_is()
    {
        Need(Parameters);
        var known = AzdParameter.Read().Select(parameter => parameter.Variable).ToHashSet(StringComparer.Ordinal);

        Assert.DoesNotContain(Named(Set()), name => !known.Contains(name));
    }

    [Fact]
    public void Documents_ask_only_for_outputs_that_there_are()
    {
        Need(Main);
        var known = Output().Matches(Repository.Read(Main)).Select(match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal);

        Assert.DoesNotContain(Named(Get()), name => !known.Contains(name));
    }

    [Fact]
    public void It_has_the_commands_that_are_shown_after_a_deployment()
    {
        var document = Repository.Read(File).Replace('"', '\'');
        var commands = Repository.Read("infra/hooks/postdeploy.sh").Split('\n').Where(line => Command().IsMatch(line)).Select(line => line.Replace("{endpoint}", "$ENDPOINT", StringComparison.Ordinal).Replace('"', '\'')).ToList();

        Assert.Equal(6, commands.Count);
        Assert.All(commands, command => Assert.Contains($"\n{command}\n", document, StringComparison.Ordinal));
    }

    private static void Need(string file) => Assert.SkipUnless(System.IO.File.Exists(Repository.PathOf(file)), $"{file} is not there.");

    private static IEnumerable<string> Named(Regex pattern) => Repository.Files("docs", "*.md").SelectMany(file => pattern.Matches(System.IO.File.ReadAllText(file)).Select(match => match.Groups[1].Value));

    [GeneratedRegex("^\\| `(?<name>(?:AZURE|MURANO)_[A-Z_]+)` \\| (?<default>\\([a-z]+\\)|`[^`|]*`) \\| [^|]+ \\|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("azd env set ([A-Za-z_]+)")]
    private static partial Regex Set();

    [GeneratedRegex("azd env get-value ([A-Za-z_]+)")]
    private static partial Regex Get();

    [GeneratedRegex("^output ([A-Za-z_]+) ", RegexOptions.Multiline)]
    private static partial Regex Output();

    [GeneratedRegex("^(?:curl |read -r |TOKEN=)")]
    private static partial Regex Command();
}
