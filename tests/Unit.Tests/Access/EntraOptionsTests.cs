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
    [InlineData(Tenant, Client, "https://login.example.com/", "murano/access")]
    [InlineData(Tenant, Client, "https://login.example.com/", Page + "/access")]
    [InlineData(Tenant, Client, "https://login.example.com/", "api://" + Page + "/access")]
    [InlineData(Tenant, Client, "https://login.example.com/", "https://graph.microsoft.com/User.Read")]
    [InlineData(Tenant, Client, "https://login.example.com/", "https://graph.microsoft.com/.default")]
    [InlineData(Tenant, "", "https://login.example.com/", "/")]
    public void What_cannot_be_is_refused(string tenant, string client, string instance, string scope) =>
        Assert.True(Validate(new EntraOptions { TenantId = tenant, ClientId = client, Instance = instance, Scope = scope }).Failed);

    [Theory]
    [InlineData("", "access", $"api://{Client}")]
    [InlineData(Client + "/access", "access", Client)]
    [InlineData("API://" + Client + "/use", "use", "API://" + Client)]
    [InlineData("api://" + Client + "/.default", "access", "api://" + Client)]
    [InlineData("api://murano.example.com/use", "use", "api://murano.example.com")]
    [InlineData("https://murano.example.com//use", "use", "https://murano.example.com/")]
    public void A_scope_says_whom_tokens_are_for_and_what_they_carry(string scope, string needed, string audience)
    {
        var options = new EntraOptions { TenantId = Tenant, ClientId = Client, Scope = scope };

        Assert.True(Validate(options).Succeeded);
        Assert.Equal(needed, options.NeededScope);
        Assert.Contains(audience, options.Audiences, StringComparer.OrdinalIgnoreCase);
        Assert.Contains(Client, options.Audiences, StringComparer.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("", "", true, Client)]
    [InlineData(Page, "", true, Page)]
    [InlineData(Page, Client + " ," + Tenant, true, Page, Client, Tenant)]
    [InlineData("", "murano", false)]
    [InlineData("", Page + ",", false)]
    [InlineData("", Page + ";" + Client, false)]
    public void People_come_by_the_page_and_by_what_is_listed(string page, string listed, bool holds, params string[] expected)
    {
        var options = new EntraOptions { TenantId = Tenant, ClientId = Client, ConsoleClientId = page, AllowedClients = listed };

        Assert.Equal(holds, Validate(options).Succeeded);
        if (holds)
        {
            Assert.Equal(expected, options.Clients, StringComparer.Ordinal);
        }
    }

    [Theory]
    [InlineData("http://localhost:1234/")]
    [InlineData("http://127.0.0.1:1234")]
    [InlineData("http://[::1]:1234/")]
    public void Plain_http_is_for_this_machine(string instance) => Assert.True(Validate(new EntraOptions { TenantId = Tenant, ClientId = Client, Instance = instance }).Succeeded);
}
