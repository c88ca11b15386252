using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Azure.Data.Tables;
using Microsoft.Extensions.Options;
using Murano.Shared.Realtime;
using Murano.Shared.Storage;

namespace Murano.Unit.Tests.Infrastructure;

/// <summary>Tables, containers and hubs are there under the names by which the app asks for them.</summary>
[Collection(InfraTests.Name)]
public sealed partial class StorageTests(InfraFixture infra)
{
    private const string TableType = "Microsoft.Storage/storageAccounts/tableServices/tables";

    [Theory]
    [InlineData(InfraCases.Default, "murano")]
    [InlineData(InfraCases.Everything, "Fleet2")]
    [InlineData(InfraCases.Least, "")]
    public void The_tables_are_those_of_the_app(string name, string prefix)
    {
        var tables = new Tables(new TableServiceClient("UseDevelopmentStorage=true"), Options.Create(new StorageOptions { TablePrefix = prefix }));

        Assert.Equal(tables.All.Select(table => table.Name).Order(StringComparer.Ordinal), infra.Deployments[name].NamesOf(TableType), StringComparer.Ordinal);
        Assert.Equal(prefix, infra.Deployments[name].Settings["Storage__TablePrefix"]);
    }

    [Fact]
    public void Names_of_tables_are_names_that_azure_takes() =>
        Assert.All(infra.Deployments.Values.SelectMany(deployment => deployment.NamesOf(TableType)), name => Assert.Matches(TableName(), name));

    [Fact]
    public void The_package_has_a_container_that_is_none_of_the_apps()
    {
        foreach (var deployment in infra.Deployments.Values)
        {
            var container = Assert.Single(deployment.NamesOf("Microsoft.Storage/storageAccounts/blobServices/containers"));

            Assert.Equal("deployment", container);
            Assert.EndsWith($".primaryEndpoints.blob, '{container}')]", (string)SecurityRules.At(deployment.App, "properties.functionAppConfig.deployment.storage.value")!, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(InfraCases.Default, "murano-content-", false, 0)]
    [InlineData(InfraCases.Everything, "fleet2-content-", true, 60)]
    [InlineData(InfraCases.Least, "content-", false, 0)]
    public void Only_files_of_connectors_move_to_the_cool_tier(string name, string prefix, bool enabled, int days)
    {
        var rule = Rule(name, "cool-files");

        Assert.Equal(enabled, (bool)rule["enabled"]!);
        Assert.Equal(prefix, (string)rule["definition"]!["filters"]!["prefixMatch"]!.AsArray().Single()!);
        Assert.Equal(days, (int)SecurityRules.At(rule, "definition.actions.baseBlob.tierToCool.daysAfterModificationGreaterThan")!);
    }

    [Theory]
    [InlineData(InfraCases.Default, 90, 7)]
    [InlineData(InfraCases.Everything, 365, 30)]
    public void What_was_deleted_and_what_is_old_is_kept_for_as_long_as_was_chosen(string name, int snapshots, int deleted)
    {
        var rule = Rule(name, "old-snapshots");
        var service = infra.Deployments[name].Of("Microsoft.Storage/storageAccounts/blobServices").Single();

        Assert.Equal(snapshots, (int)SecurityRules.At(rule, "definition.actions.snapshot.delete.daysAfterCreationGreaterThan")!);
        Assert.Equal(snapshots, (int)SecurityRules.At(rule, "definition.actions.version.delete.daysAfterCreationGreaterThan")!);
        Assert.Equal($$"""{"enabled":true,"days":{{deleted}}}""", SecurityRules.At(service, "properties.deleteRetentionPolicy")!.ToJsonString());
        Assert.Equal($$"""{"enabled":true,"days":{{deleted}}}""", SecurityRules.At(service, "properties.containerDeleteRetentionPolicy")!.ToJsonString());
    }

    [Fact]
    public void No_rule_deletes_what_the_app_stored() =>
        Assert.DoesNotContain(infra.Deployments.Keys.SelectMany(Rules), rule => SecurityRules.At(rule, "definition.actions.baseBlob.delete") is not null);

    [Fact]
    public void The_hubs_are_those_of_the_app() => Assert.All(infra.Deployments.Values, deployment => Assert.Equal(
        Enum.GetNames<ChannelHub>().Select(hub => hub.ToLowerInvariant()).Order(StringComparer.Ordinal),
        deployment.NamesOf("Microsoft.SignalRService/webPubSub/hubs"),
        StringComparer.Ordinal));

    [Theory]
    [InlineData(InfraCases.Default, """{"name":"Free_F1","tier":"Free","capacity":1}""")]
    [InlineData(InfraCases.Everything, """{"name":"Standard_S1","tier":"Standard","capacity":5}""")]
    public void The_channel_has_the_size_that_was_chosen(string name, string size) =>
        Assert.Equal(size, infra.Deployments[name].Of("Microsoft.SignalRService/webPubSub").Single()["sku"]!.ToJsonString());

    private IEnumerable<JsonNode> Rules(string name) =>
        SecurityRules.At(infra.Deployments[name].Of("Microsoft.Storage/storageAccounts/managementPolicies").Single(), "properties.policy.rules")!.AsArray().Select(rule => rule!);

    private JsonNode Rule(string name, string rule) => Rules(name).Single(found => string.Equals((string?)found["name"], rule, StringComparison.Ordinal));

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9]{2,62}$")]
    private static partial Regex TableName();
}
