using System.Text.RegularExpressions;
using Murano.Functions;
using Murano.Functions.Fallback;
using Murano.Unit.Tests.Documents;

namespace Murano.Unit.Tests.Deployment;

/// <summary>infra/hooks/postdeploy.sh.</summary>
public sealed partial class AddressesHookTests
{
    private const string Hook = "postdeploy.sh";
    private const string Endpoint = "https://murano.example.net";

    [Theory]
    [InlineData("sh", Endpoint)]
    [InlineData("dash", Endpoint + "/")]
    [InlineData("bash", Endpoint)]
    public async Task Every_address_that_it_shows_is_a_route(string shell, string endpoint)
    {
        HookStage.Need(shell);
        using var stage = new HookStage();

        var run = await stage.RunAsync(Hook, terminal: false, shell, ("MURANO_ENDPOINT", endpoint));

        Assert.Equal((0, ""), (run.Code, run.Errors));
        var routes = RouteTable.Of(typeof(MuranoFunctions).Assembly);
        var paths = Address().Matches(run.Output).Select(match => match.Groups["path"].Value).ToHashSet(StringComparer.Ordinal);
        Assert.Contains("/", paths);
        Assert.Contains("/health/ready", paths);
        Assert.Contains("/api:1/business/murano/solution/", paths);
        Assert.DoesNotContain(paths, path => path.Length > 0 && routes.Allowed(path) is null);
    }

    [Fact]
    public async Task Its_device_calls_are_those_of_the_README()
    {
        HookStage.Need();
        using var stage = new HookStage();
        var readme = Repository.Read("README.md");

        var run = await stage.RunAsync(Hook, terminal: false, variables: ("MURANO_ENDPOINT", Endpoint));

        var calls = run.Output.Split('\n').Where(line => line.Contains("/provision/", StringComparison.Ordinal) || line.Contains("/onep:v1/", StringComparison.Ordinal)).ToList();
        Assert.Equal(3, calls.Count);
        Assert.All(calls, call => Assert.Contains($"\n{call.Replace(Endpoint, "http://localhost:7071", StringComparison.Ordinal)}\n", readme, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_by_hand_it_asks_azd()
    {
        HookStage.Need();
        using var stage = new HookStage();
        stage.Keep("MURANO_ENDPOINT", Endpoint);

        var run = await stage.RunAsync(Hook);

        Assert.Equal(0, run.Code);
        Assert.Contains($"endpoint    {Endpoint}\n", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "MURANO_ENDPOINT is not among azd's values")]
    [InlineData("env get-values", "azd does not tell its values")]
    public async Task Without_an_endpoint_it_says_what_to_do(string failing, string sentence)
    {
        HookStage.Need();
        using var stage = new HookStage();

        var run = await stage.RunAsync(Hook, variables: ("AZD_FAILS", failing));

        Assert.Equal((1, ""), (run.Code, run.Output));
        Assert.Contains(sentence, run.Errors, StringComparison.Ordinal);
    }

    [GeneratedRegex("https://murano\\.example\\.net(?<path>/[^\\s'?;)]*)?")]
    private static partial Regex Address();
}
