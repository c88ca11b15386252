namespace Murano.Unit.Tests.Infrastructure;

/// <summary>Host names of the owner's own, and what they need.</summary>
[Collection(InfraTests.Name)]
public sealed class HostNameTests(InfraFixture infra)
{
    private const string Binding = "Microsoft.Web/sites/hostNameBindings";
    private const string Certificate = "Microsoft.Web/sites/certificates";

    [Fact]
    public void There_are_none_by_default()
    {
        Assert.Empty(infra.Default.Of(Binding));
        Assert.Empty(infra.Default.Of(Certificate));
        Assert.Equal("", infra.Default.Settings["Devices__Domain"]);
        Assert.Equal("", infra.Default.Settings["Access__PublicUrl"]);
    }

    [Theory]
    [InlineData(InfraCases.Everything, "*.devices.example.com SniEnabled,*.devmode-devices.example.com Disabled,murano.example.com SniEnabled")]
    [InlineData(InfraCases.Least, "*.devices.example.com SniEnabled")]
    [InlineData(InfraCases.Odd, "murano.example.com SniEnabled")]
    public void Each_is_bound_and_secured_but_for_those_of_developer_mode(string name, string expected) => Assert.Equal(
        expected.Split(','),
        infra.Deployments[name].Of(Binding).Select(binding => $"{((string)binding["name"]!).Split('/')[^1]} {binding["properties"]!["sslState"]}").Order(StringComparer.Ordinal),
        StringComparer.Ordinal);

    [Fact]
    public void The_certificate_is_in_the_owners_key_vault_and_all_secured_names_use_it()
    {
        var certificate = Assert.Single(infra.Everything.Of(Certificate));

        Assert.EndsWith("/Microsoft.KeyVault/vaults/keys", (string)certificate["properties"]!["keyVaultId"]!, StringComparison.Ordinal);
        Assert.Equal("murano", (string)certificate["properties"]!["keyVaultSecretName"]!);
        Assert.All(
            infra.Everything.Of(Binding).Where(binding => (string?)binding["properties"]!["sslState"] is "SniEnabled"),
            binding => Assert.Equal($"[reference('{certificate["id"]}', '2024-11-01').thumbprint]", (string)binding["properties"]!["thumbprint"]!));
    }

    [Fact]
    public void The_app_can_have_such_a_certificate() => Assert.True((bool)infra.Default.App["properties"]!["siteScopedCertificatesEnabled"]!);

    [Theory]
    [InlineData("param hostName = 'murano.example.com'", "hostName and deviceDomain need certificateVaultId")]
    [InlineData("param deviceDomain = 'devices.example.com'", "hostName and deviceDomain need certificateVaultId")]
    [InlineData("param deviceDomain = 'devices.example.com'\nparam certificateVaultId = 'vault'", "hostName and deviceDomain need certificateName")]
    [InlineData("param developerMode = true", "developerMode needs deviceDomain")]
    [InlineData("param entraTenantId = '00000000-0000-0000-0000-00000000000a'", "entraTenantId needs entraClientId")]
    public async Task What_cannot_work_is_refused_before_anything_is_made(string parameters, string why) =>
        Assert.Contains(why, (await Assert.ThrowsAsync<InvalidDataException>(() => infra.PredictAsync(InfraCases.With(parameters)))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(InfraCases.Default, "1.2")]
    [InlineData(InfraCases.Everything, "1.3")]
    public void The_version_of_tls_is_the_one_that_was_chosen(string name, string version) => Assert.Equal(version, (string)SecurityRules.At(infra.Deployments[name].App, "properties.siteConfig.minTlsVersion")!);

    [Fact]
    public void An_older_version_of_tls_cannot_be_chosen() => Assert.Equal(
        ["1.2", "1.3"],
        infra.Main.Parameters.Single(parameter => parameter.Name is "minTlsVersion").Value.GetProperty("allowedValues").EnumerateArray().Select(version => version.GetString()!),
        StringComparer.Ordinal);
}
