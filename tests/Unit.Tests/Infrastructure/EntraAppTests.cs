using System.Text.Json.Nodes;
using Murano.Functions.ManagementApi;
using Murano.Shared.Access;
using Murano.Unit.Tests.Documents;

namespace Murano.Unit.Tests.Infrastructure;

/// <summary>infra/entra-app.json, from which the registration in Entra ID is made, has what the app asks for.</summary>
public sealed class EntraAppTests
{
    private static JsonNode App { get; } = JsonNode.Parse(Repository.Read("infra/entra-app.json"))!;

    private static IEnumerable<JsonNode> Roles => App["appRoles"]!.AsArray().Select(role => role!);

    [Fact]
    public void It_has_every_role_for_people_and_programs()
    {
        Assert.Equal(Enum.GetValues<OperatorRole>().Select(RoleNames.Of), Roles.Select(role => (string)role["value"]!), StringComparer.Ordinal);
        Assert.All(Roles, role => Assert.Equal(["User", "Application"], role["allowedMemberTypes"]!.AsArray().Select(member => (string)member!), StringComparer.Ordinal));
    }

    [Fact]
    public void It_has_the_scope_that_the_page_asks_for_by_default_and_tokens_of_version_2()
    {
        var scope = Assert.Single(App["api"]!["oauth2PermissionScopes"]!.AsArray())!;

        Assert.EndsWith($"/{(string)scope["value"]!}", new EntraOptions().PageScope, StringComparison.Ordinal);
        Assert.Equal(2, (int)App["api"]!["requestedAccessTokenVersion"]!);
    }

    [Fact]
    public void Ids_are_unique_and_the_document_names_the_admins()
    {
        var ids = Roles.Append(App["api"]!["oauth2PermissionScopes"]![0]!).Select(entry => Guid.Parse((string)entry["id"]!)).ToList();

        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.Contains($"delegatedPermissionIds\\\":[\\\"{ids[3]}", Repository.Read("docs/deploy.md"), StringComparison.Ordinal); // nobody may consent for themselves
        Assert.Contains($"appRoleId\\\":\\\"{ids[2]}", Repository.Read("docs/deploy.md"), StringComparison.Ordinal);
    }
}
