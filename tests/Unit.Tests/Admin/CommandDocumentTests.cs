using System.CommandLine;
using System.Text.RegularExpressions;
using Murano.Admin;
using Murano.Admin.Http;
using Murano.Unit.Tests.Documents;

namespace Murano.Unit.Tests.Admin;

/// <summary>docs/operations.md tells the commands that there are, with their options, and its examples are ones that work.</summary>
public sealed partial class CommandDocumentTests
{
    private static readonly string Text = Repository.Read("docs/operations.md");

    private static readonly RootCommand Commands = AdminProgram.Commands(new AdminHost { Out = TextWriter.Null, Error = TextWriter.Null, Variables = new Dictionary<string, string?>(StringComparer.Ordinal) });

    [Fact]
    public void Every_option_stands_in_the_document_and_no_other() => Assert.Equal(
        Commands.Subcommands.SelectMany(command => command.Options.Select(option => $"{command.Name} {option.Name}")).Order(StringComparer.Ordinal),
        OptionRow().Matches(Text).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_example_is_a_command_that_there_is()
    {
        var examples = Example().Matches(Text).Select(match => match.Groups[1].Value.Split(' ')).ToList();

        Assert.Equal("backup export import restore", string.Join(' ', examples.Select(example => example[0]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)));
        Assert.All(examples, example => Assert.Empty(Commands.Parse(example).Errors));
    }

    [Fact]
    public void Variables_with_secrets_are_those_of_the_program() =>
        Assert.Equal($"{OperatorLogin.PasswordVariable} {OperatorLogin.TokenVariable}", string.Join(' ', Variable().Matches(Text).Select(match => match.Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)));

    [Theory]
    [InlineData(ExitCodes.Done)]
    [InlineData(ExitCodes.Partly)]
    [InlineData(ExitCodes.Refused)]
    [InlineData(ExitCodes.BrokeOff)]
    [InlineData(ExitCodes.Stopped)]
    public void Every_exit_code_has_its_line(int code) => Assert.Contains($"\n| {code} | ", Text, StringComparison.Ordinal);

    [GeneratedRegex("^\\| `([a-z]+ --[a-z-]+)` \\|", RegexOptions.Multiline)]
    private static partial Regex OptionRow();

    [GeneratedRegex("^dotnet run --project src/Admin -- ([^\\n]+)$", RegexOptions.Multiline)]
    private static partial Regex Example();

    [GeneratedRegex("\\bMURANO_[A-Z]+")]
    private static partial Regex Variable();
}
