using System.Text.Json.Nodes;

namespace Murano.Unit.Tests.Infrastructure;

/// <summary>The app has the roles that it needs, each once, each on one resource, each with its reason; and nobody else has any.</summary>
[Collection(InfraTests.Name)]
public sealed class RoleTests(InfraFixture infra)
{
    private const string Assignment = "Microsoft.Authorization/roleAssignments";

    // The ids are the same in every tenant.
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["b7e6dc6d-f1e8-4753-8033-0f276bb0955b"] = "Storage Blob Data Owner",
        ["ba92f5b4-2d11-453d-a403-e96b0029c9fe"] = "Storage Blob Data Contributor",
        ["0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3"] = "Storage Table Data Contributor",
        ["12cf5a90-567b-43ae-8102-96cf46c7d9b4"] = "Web PubSub Service Owner",
        ["3913510d-42f4-4e42-8a64-420c390055eb"] = "Monitoring Metrics Publisher",
    };

    private static readonly string[] OfTheApp =
    [
        "app: Monitoring Metrics Publisher on components",
        "app: Storage Blob Data Owner on storageAccounts",
        "app: Storage Table Data Contributor on storageAccounts",
        "app: Web PubSub Service Owner on webPubSub",
    ];

    private static readonly string[] OfTheAdministrator =
    [
        "administrator: Storage Blob Data Contributor on storageAccounts",
        "administrator: Storage Table Data Contributor on storageAccounts",
    ];

    [Theory, Spec("azure.7.1/2")]
    [InlineData(InfraCases.Default)]
    [InlineData(InfraCases.Least)]
    [InlineData(InfraCases.Odd)]
    public void The_app_has_the_roles_that_it_needs_and_nobody_else_has_any(string name) => Assert.Equal(OfTheApp, Roles(infra.Deployments[name]), StringComparer.Ordinal);

    [Fact]
    public void An_administrator_who_was_named_reaches_what_is_stored() => Assert.Equal(OfTheAdministrator.Concat(OfTheApp), Roles(infra.Everything), StringComparer.Ordinal);

    [Fact, Spec("azure.7.1/2")]
    public void Each_is_given_once_under_a_name_of_its_own_and_says_why()
    {
        foreach (var deployment in infra.Deployments.Values)
        {
            var given = deployment.Of(Assignment).ToList();

            Assert.Equal(given.Count, given.Select(role => (string)role["name"]!).Distinct(StringComparer.Ordinal).Count());
            Assert.Equal(given.Count, Roles(deployment).Distinct(StringComparer.Ordinal).Count());
            Assert.All(given, role => Assert.True(((string?)role["properties"]!["description"])?.Length > 20));
            Assert.All(given, role => Assert.True(((string?)role["properties"]!["description"])?.Length <= 1024));
        }
    }

    [Fact]
    public void Whoever_gets_one_is_said_to_be_what_it_is() => Assert.All(
        infra.Everything.Of(Assignment),
        role => Assert.Equal(Who(role) is "app" ? "ServicePrincipal" : "Group", (string)role["properties"]!["principalType"]!));

    private static IEnumerable<string> Roles(InfraDeployment deployment) => deployment.Of(Assignment)
        .Select(role => $"{Who(role)}: {Names[((string)role["properties"]!["roleDefinitionId"]!).Split('/')[^1]]} on {On(role)}")
        .Order(StringComparer.Ordinal);

    private static string Who(JsonObject role) => ((string)role["properties"]!["principalId"]!).StartsWith("[reference(", StringComparison.Ordinal) ? "app" : "administrator";

    // …/providers/{namespace}/{type}/{name}/providers/Microsoft.Authorization/roleAssignments/{id}
    private static string On(JsonObject role) => ((string)role["id"]!).Split('/')[^6];
}
