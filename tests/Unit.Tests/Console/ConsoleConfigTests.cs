using System.Text;
using Microsoft.Extensions.Options;
using Murano.Functions.Console;
using Murano.Shared;
using Murano.Shared.Access;
using Murano.Shared.Connectors;

namespace Murano.Unit.Tests.Console;

public sealed class ConsoleConfigTests
{
    private const string Tenant = "00000000-0000-0000-0000-00000000000A";
    private const string Api = "00000000-0000-0000-0000-000000000002";
    private const string Page = "00000000-0000-0000-0000-000000000003";

    [Fact]
    public void Without_a_tenant_nobody_signs_in_by_one() =>
        Assert.Matches("""^\{"version":"\d+\.\d+\.\d+[^"]*","devmodePort":0,"entra":null\}$""", Json(new(), new()));

    [Theory]
    [InlineData("", "", Api, $"api://{Api}/access")]
    [InlineData(Page, "api://murano/page", Page, "api://murano/page")]
    public void With_one_it_says_where_as_what_and_for_what(string pageId, string scope, string expectedId, string expectedScope) => Assert.EndsWith(
        $"\"entra\":{{\"authority\":\"https://login.microsoftonline.com/00000000-0000-0000-0000-00000000000a/v2.0\",\"clientId\":\"{expectedId}\",\"scope\":\"{expectedScope}\"}}}}",
        Json(new() { TenantId = Tenant, ClientId = Api, ConsoleClientId = pageId, Scope = scope }, new()),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("", "", 0)]
    [InlineData("m2.example", "", 80)]
    [InlineData("m2.example:8443", "", 80)]
    [InlineData("m2.example:8443", "devmode-m2.example", 80)]
    [InlineData("m2.example:8443", "devmode-m2.example:7071", 7071)]
    [InlineData("", "devmode-m2.example:7071", 7071)]
    public void It_says_where_plain_http_is_heard(string domain, string devMode, int port) =>
        Assert.Contains($"\"devmodePort\":{port},", Json(new(), new() { Domain = domain, DevModeDomain = devMode }), StringComparison.Ordinal);

    private static string Json(EntraOptions entra, DeviceOptions devices) =>
        Encoding.UTF8.GetString(new ConsoleConfig(Options.Create(entra), new DeviceHosts(Options.Create(devices))).Json.Span);
}
