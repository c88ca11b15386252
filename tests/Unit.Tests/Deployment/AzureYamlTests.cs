using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Murano.Unit.Tests.Documents;

namespace Murano.Unit.Tests.Deployment;

/// <summary>azure.yaml names what there is.</summary>
public sealed partial class AzureYamlTests
{
    private const string Service = "functions";

    [Fact]
    public async Task It_deploys_the_functions_project()
    {
        var service = (await ReadAsync())["services"]![Service]!;

        Assert.Equal(("dotnet", "function"), (service["language"]!.GetValue<string>(), service["host"]!.GetValue<string>()));
        Assert.Single(Directory.GetFiles(Repository.PathOf(service["project"]!.GetValue<string>()), "*.*proj"));
    }

    [Fact, Spec("azure.7.3/1")]
    public async Task Restore_and_build_are_of_the_Azure_flavour()
    {
        var hooks = (await ReadAsync())["services"]![Service]!["hooks"]!.AsObject();

        Assert.Equal(["prerestore", "prebuild"], hooks.Select(hook => hook.Key), StringComparer.Ordinal);
        Assert.All(hooks.SelectMany(hook => hook.Value!.AsObject()), system => Assert.Equal("azd env set FunctionsHost Azure", system.Value!["run"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("preprovision")]
    [InlineData("postdeploy")]
    public async Task Each_system_runs_its_own_file_of_a_hook_on_the_terminal(string hook)
    {
        var systems = (await ReadAsync())["hooks"]![hook]!;

        Assert.Equal(("sh", $"infra/hooks/{hook}.sh", true), Parts(systems["posix"]!));
        Assert.Equal(("pwsh", $"infra/hooks/{hook}.ps1", true), Parts(systems["windows"]!));
        Assert.All(systems.AsObject(), system => Assert.True(File.Exists(Repository.PathOf(system.Value!["run"]!.GetValue<string>()))));

        static (string Shell, string File, bool Interactive) Parts(JsonNode node) => (node["shell"]!.GetValue<string>(), node["run"]!.GetValue<string>(), node["interactive"]!.GetValue<bool>());
    }

    [Fact]
    public async Task The_template_has_the_product_s_version()
    {
        var version = XDocument.Load(Repository.PathOf("Directory.Build.props")).Descendants("Version").Single().Value;

        Assert.Equal($"murano-serverless@{version}", (await ReadAsync())["metadata"]!["template"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_infrastructure_has_what_it_and_the_hooks_name()
    {
        var infra = (await ReadAsync())["infra"]!;
        var main = $"{infra["path"]}/{infra["module"]}.bicep";
        Assert.SkipUnless(File.Exists(Repository.PathOf(main)), $"{main} is not there.");
        var bicep = string.Concat(Repository.Files("infra", "*.bicep").Select(File.ReadAllText));

        Assert.Matches(Tag(), bicep);
        Assert.Contains("\noutput MURANO_ENDPOINT string", Repository.Read(main), StringComparison.Ordinal);
        Assert.Contains("${MURANO_FIRST_KEY_HASH", Repository.Read($"{infra["path"]}/{infra["module"]}.parameters.json"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_azd_keeps_stays_out_of_the_repository() => Assert.Contains(".azure/", File.ReadLines(Repository.PathOf(".gitignore")), StringComparer.Ordinal);

    private static Task<JsonNode> ReadAsync() => YamlFile.ReadAsync("azure.yaml");

    [GeneratedRegex("azd-service-name'?:\\s*'" + Service + "'")]
    private static partial Regex Tag();
}
