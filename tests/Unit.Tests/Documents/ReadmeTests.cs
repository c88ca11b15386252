using System.Text.RegularExpressions;
using Murano.Functions.Documentation;
using Murano.LocalHost;
using Murano.LocalHost.Hosting;
using Murano.Shared.Access;

namespace Murano.Unit.Tests.Documents;

/// <summary>The README's commands are the ones that work, and what its tree shows is there.</summary>
public sealed partial class ReadmeTests
{
    private static readonly string Text = Repository.Read("README.md");

    [Theory]
    [InlineData("dotnet run --project src/Functions")]
    [InlineData("dotnet test")]
    public void It_shows_the_command(string command) => Assert.Contains($"\n{command}\n", Text, StringComparison.Ordinal);

    [Fact]
    public void Its_device_calls_are_those_of_the_banner()
    {
        var options = new LocalHostOptions();
        var run = new RunInfo($"http://127.0.0.1:{options.HttpPort}", $"https://localhost:{options.HttpsPort}", "ca.pem", "p", "p.m2.localhost", new OperatorCredential("n", "s"), null, null, 1);
        var calls = Banner.For(run).Split(Environment.NewLine).Where(line => line.Contains("curl", StringComparison.Ordinal)).Select(line => OwnForm().Replace(line, "-d id=my-device")).ToList();

        Assert.Equal(3, calls.Count);
        Assert.All(calls, call => Assert.Contains($"\n{call}\n", Text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(DocumentRoutes.Page)]
    [InlineData(DocumentRoutes.Document)]
    public void It_links_to_the_description_of_the_APIs(string route) =>
        Assert.Contains($"<http://localhost:{new LocalHostOptions().HttpPort}/{route}>", Text, StringComparison.Ordinal);

    [Fact]
    public void Every_path_of_its_tree_exists()
    {
        var paths = Tree().Match(Text).Groups[1].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[0]).ToList();

        Assert.True(paths.Count >= 5, "The README has no tree under \"Where things live\".");
        Assert.DoesNotContain(paths, path => !Path.Exists(Repository.PathOf(path)));
    }

    [GeneratedRegex("-d ('[^']*'|id=\\S+)(?= http\\S+/provision/activate)")]
    private static partial Regex OwnForm();

    [GeneratedRegex("^## Where things live\\s+```text\\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Tree();
}
