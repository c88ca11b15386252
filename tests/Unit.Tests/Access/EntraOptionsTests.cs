using Microsoft.Extensions.Options;
using Murano.Shared.Access;

namespace Murano.Unit.Tests.Access;

public sealed class EntraOptionsTests
{
    private const string Tenant = "11111111-1111-4111-8111-11111111111A";
    private const string Client = "22222222-2222-4222-8222-222222222222";
    private const string Page = "33333333-3333-4333-8333-333333333333";

    private static ValidateOptionsResult Validate(EntraOptions options) => new ValidateEntraOptions().Validate(null, options);

    [Fact]
    public void Nobody_is_let_in_by_default()
    {
        var options = new EntraOptions();

        Assert.True(Validate(options).Succeeded);
        Assert.False(options.IsOn);
    }

    [Fact]
    public void What_the_page_needs_follows_from_two_ids()
    {
        var options = new EntraOptions { TenantId = Tenant, ClientId = Client };

        Assert.True(Validate(options).Succeeded);
        Assert.True(options.IsOn);
        Assert.Equal(
            ("https://login.microsoftonline.com/11111111-1111-4111-8111-11111111111a/v2.0", Client, $"api://{Client}/access"), (options.Authority, options.PageClientId, options.PageScope));
    }

    [Fact]
    public void Or_is_named()
    {
        var options = new EntraOptions { TenantId = Tenant, ClientId = Client, ConsoleClientId = Page, Instance = "https://login.example.com", Scope = "api://murano/use" };

        Assert.True(Validate(options).Succeeded);
        Assert.Equal(("https://login.example.com/11111111-1111-4111-8111-11111111111a/v2.0", Page, "api://murano/use"), (options.Authority, options.PageClientId, options.PageScope));
    }

    [Theory]
    [InlineData("common", Client, "https://login.example.com/", "")]
    [InlineData("example.com", Client, "https://login.example.com/", "")]
    [InlineData(Tenant, "", "https://login.example.com/", "")]
    [InlineData(Tenant, "murano", "https://login.example.com/", "")]
    [InlineData(Tenant, Client, "", "")]
    [InlineData(Tenant, Client, "login.example.com", "")]
    [InlineData(Tenant, Client, "http://login.example.com/", "")]
    [InlineData(Tenant, Client, "http://localhost.example.com/", "")]
    [InlineData(Tenant, Client, "http://localhost@example.com/", "")]
    [InlineData(Tenant, Client, "http://127.0.0.1.example.com/", "")]
    [InlineData(Tenant, Client, "https://login.example.com/tenant", "")]
    [InlineData(Tenant, Client, "https://login.example.com/?x", "")]
    [InlineData(Tenant, Client, "ftp://127.0.0.1/", "")]
    [InlineData(Tenant, Client, "https://login.example.com/", "access")]
    [InlineData(Tenant, Client, "https://login.example.com/", "api://murano/")]
    [InlineData(Tenant, Client, "https://login.example.com/", "api://murano/a b")]
    public void What_cannot_be_is_refused(string tenant, string client, string instance, string scope) =>
        Assert.True(Validate(new EntraOptions { TenantId = tenant, ClientId = client, Instance = instance, Scope = scope }).Failed);

    [Theory]
    [InlineData("http://localhost:1234/")]
    [InlineData("http://127.0.0.1:1234")]
    [InlineData("http://[::1]:1234/")]
    public void Plain_http_is_for_this_machine(string instance) => Assert.True(Validate(new EntraOptions { TenantId = Tenant, ClientId = Client, Instance = instance }).Succeeded);
}
