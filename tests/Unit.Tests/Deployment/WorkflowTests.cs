using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Murano.Unit.Tests.Documents;

namespace Murano.Unit.Tests.Deployment;

/// <summary>.github/workflows: pinned, with few rights, without secrets, and with commands that exist.</summary>
public sealed partial class WorkflowTests
{
    public static TheoryData<string> Files => [.. Repository.Files(".github/workflows", "*.yml").Select(Repository.NameOf)];

    [Fact]
    public void There_is_one_for_tests_and_one_for_deployment() =>
        Assert.Equal([".github/workflows/ci.yml", ".github/workflows/deploy.yml"], Files.Select(row => row.Data), StringComparer.Ordinal);

    [Theory]
    [MemberData(nameof(Files))]
    public void Each_action_is_pinned_to_a_commit_whose_version_is_named(string file)
    {
        var lines = File.ReadLines(Repository.PathOf(file)).Where(line => line.Contains("uses:", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(lines);
        Assert.All(lines, line => Assert.Matches(Pinned(), line));
    }

    [Fact]
    public void An_action_has_one_version_everywhere()
    {
        var pins = Files.SelectMany(row => File.ReadLines(Repository.PathOf(row.Data))).Select(line => Pinned().Match(line)).Where(match => match.Success).Select(match => (Action: match.Groups["action"].Value, match.Value)).Distinct();

        Assert.Empty(pins.GroupBy(pin => pin.Action, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1).Select(group => group.Key));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Each_may_only_read_and_ends_by_itself(string file)
    {
        var workflow = await YamlFile.ReadAsync(file);

        Assert.Equal("""{"contents":"read"}""", workflow["permissions"]!.ToJsonString());
        Assert.All(workflow["jobs"]!.AsObject(), job => Assert.NotNull(job.Value!["concurrency"] ?? workflow["concurrency"]));
        Assert.All(workflow["jobs"]!.AsObject(), job => Assert.InRange(job.Value!["timeout-minutes"]!.GetValue<int>(), 1, 60));
        Assert.All(Steps(workflow).Where(step => step["uses"]?.GetValue<string>().StartsWith("actions/checkout@", StringComparison.Ordinal) is true), step => Assert.False(step["with"]!["persist-credentials"]!.GetValue<bool>()));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void None_knows_a_secret(string file) =>
        Assert.DoesNotContain(Secret().Matches(Repository.Read(file)).Select(match => match.Groups[1].Value), name => name is not "GITHUB_TOKEN");

    [Theory]
    [MemberData(nameof(Files))]
    public async Task What_they_run_exists(string file)
    {
        var scripts = Steps(await YamlFile.ReadAsync(file)).Select(step => step["run"]?.GetValue<string>()).OfType<string>().ToList();

        Assert.NotEmpty(scripts);
        var paths = scripts.SelectMany(script => RepositoryPath().Matches(script).Select(match => match.Value)).ToList();
        Assert.DoesNotContain(paths, path => !Path.Exists(Repository.PathOf(path)));

        // A value of the workflow inside a script would be read as part of it.
        Assert.DoesNotContain(scripts, script => script.Contains("${{", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tests_are_run_as_a_contributor_runs_them()
    {
        var runs = Steps(await YamlFile.ReadAsync(".github/workflows/ci.yml")).Select(step => step["run"]?.GetValue<string>()).ToList();

        Assert.Contains(".ci/run", runs, StringComparer.Ordinal);
        Assert.Contains(runs, run => run?.StartsWith("dotnet publish src/Functions ", StringComparison.Ordinal) is true);
    }

    [Fact]
    public async Task Deployment_logs_in_without_a_secret_and_only_where_its_environment_lets_it()
    {
        var job = (await YamlFile.ReadAsync(".github/workflows/deploy.yml"))["jobs"]!["deploy"]!;

        Assert.Equal("""{"contents":"read","id-token":"write"}""", job["permissions"]!.ToJsonString());
        Assert.Equal("production", job["environment"]!.GetValue<string>());
        Assert.Contains("workflow_run.conclusion == 'success'", job["if"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains(Steps(job), step => step["run"]?.GetValue<string>().Contains("--federated-credential-provider github", StringComparison.Ordinal) is true);
    }

    [Fact]
    public async Task Deployment_hands_on_every_parameter_of_the_infrastructure()
    {
        const string Parameters = "infra/main.parameters.json";
        Assert.SkipUnless(File.Exists(Repository.PathOf(Parameters)), $"{Parameters} is not there.");
        var variables = (await YamlFile.ReadAsync(".github/workflows/deploy.yml"))["jobs"]!["deploy"]!["env"]!.AsObject();

        Assert.All(variables, variable => Assert.Equal($"${{{{ vars.{variable.Key} }}}}", variable.Value!.GetValue<string>()));
        Assert.DoesNotContain(AzdParameter.Read().Select(parameter => parameter.Variable), name => !variables.ContainsKey(name));
    }

    [Fact]
    public async Task Updates_are_looked_for_in_actions_and_both_kinds_of_packages()
    {
        var updates = (await YamlFile.ReadAsync(".github/dependabot.yml"))["updates"]!.AsArray();

        Assert.Equal(["github-actions", "nuget", "npm"], updates.Select(update => update!["package-ecosystem"]!.GetValue<string>()), StringComparer.Ordinal);
    }

    private static IEnumerable<JsonNode> Steps(JsonNode workflow) =>
        workflow["jobs"] is JsonObject jobs ? jobs.SelectMany(job => Steps(job.Value!)) : workflow["steps"]!.AsArray().OfType<JsonNode>();

    [GeneratedRegex("uses: (?<action>[A-Za-z0-9-]+/[A-Za-z0-9-]+)@[0-9a-f]{40} # v\\d+\\.\\d+\\.\\d+$")]
    private static partial Regex Pinned();

    [GeneratedRegex("secrets\\s*[.\\[]\\s*['\"]?([A-Za-z0-9_]*)")]
    private static partial Regex Secret();

    [GeneratedRegex("(?<=^|\\s)(?:\\.ci|src|tests|bench|infra|docs)/[A-Za-z0-9._/-]+(?=\\s|$)", RegexOptions.Multiline)]
    private static partial Regex RepositoryPath();
}
