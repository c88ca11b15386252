using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Murano.Unit.Tests.Documents;

namespace Murano.Unit.Tests.Infrastructure;

/// <summary>No deployment of infra/ has a secret or a way in that it should not have; and these tests would see one.</summary>
[Collection(InfraTests.Name)]
public sealed partial class SecurityTests(InfraFixture infra)
{
    [Theory]
    [InlineData(InfraCases.Default, false)]
    [InlineData(InfraCases.Everything, true)]
    [InlineData(InfraCases.Least, false)]
    [InlineData(InfraCases.Odd, false)]
    public void Every_deployment_is_shut(string name, bool developerMode) => Assert.Empty(SecurityRules.Broken(infra.Deployments[name], developerMode));

    [Fact]
    public void No_default_and_no_output_of_any_file_is_a_secret()
    {
        var defaults = from file in infra.Files
                       from parameter in file.Parameters
                       where parameter.Value.TryGetProperty("defaultValue", out _)
                       select (file.Name, Member: parameter.Name, Type: parameter.Value.GetProperty("type").GetString()!, Text: parameter.Value.GetProperty("defaultValue").GetRawText());
        var outputs = from file in infra.Files
                      from output in file.Outputs
                      select (file.Name, Member: output.Name, Type: output.Value.GetProperty("type").GetString()!, Text: output.Value.GetProperty("value").GetRawText());

        Assert.DoesNotContain(defaults.Concat(outputs), found => found.Type.StartsWith("secure", StringComparison.OrdinalIgnoreCase) || Guessable().IsMatch(found.Text) || SecurityRules.Secrets(JsonNode.Parse(found.Text)!).Any());
    }

    [Fact]
    public void No_file_asks_azure_for_a_key_and_none_holds_one()
    {
        Assert.Empty(infra.Files.SelectMany(file => SecurityRules.Secrets(JsonObject.Create(file.Template!.Value)!).Select(text => $"{file.Name}: {text}")));
        Assert.Empty(SecurityRules.Secrets(JsonNode.Parse(Repository.Read("infra/settings.json"))!));
        Assert.Empty(SecurityRules.Secrets(JsonNode.Parse(Repository.Read("infra/main.parameters.json"))!));
    }

    [Fact]
    public void Every_rule_sees_what_breaks_it()
    {
        foreach (var (type, property) in SecurityRules.Ruled.Append(("Microsoft.Web/sites", "properties.httpsOnly")))
        {
            var spoiled = infra.Default.Copy();
            var path = property.Split('.');
            var parent = (JsonObject)SecurityRules.At(spoiled.Of(type).First(), string.Join('.', path[..^1]))!;
            parent[path[^1]] = "spoiled";

            Assert.Equal([$"{type}: {property} is \"spoiled\""], SecurityRules.Broken(spoiled, developerMode: false));
        }
    }

    [Fact]
    public void Every_rule_sees_what_is_not_said()
    {
        foreach (var (type, property) in SecurityRules.Ruled.Where(rule => rule.Property is not "properties.clientCertExclusionPaths"))
        {
            var spoiled = infra.Default.Copy();
            var path = property.Split('.');
            ((JsonObject)SecurityRules.At(spoiled.Of(type).First(), string.Join('.', path[..^1]))!).Remove(path[^1]);

            Assert.Equal([$"{type}: {property} is absent"], SecurityRules.Broken(spoiled, developerMode: false));
        }
    }

    [Fact]
    public void Plain_http_is_seen_where_nobody_asked_for_it() =>
        Assert.Equal(["Microsoft.Web/sites: properties.httpsOnly is false"], SecurityRules.Broken(infra.Everything, developerMode: false));

    [Fact]
    public void Another_identity_is_seen()
    {
        var spoiled = infra.Default.Copy();
        spoiled.App["identity"]!["userAssignedIdentities"] = new JsonObject { ["another"] = new JsonObject() };

        Assert.Equal(["Microsoft.Web/sites: another identity than the one that has the roles"], SecurityRules.Broken(spoiled, developerMode: false));
    }

    [Theory]
    [InlineData("[listKeys('account', '2024-01-01').keys[0].value]")]
    [InlineData("[listAccountSas('account', '2024-01-01', createObject()).accountSasToken]")]
    [InlineData("[reference('component', '2020-02-02').InstrumentationKey]")]
    [InlineData("DefaultEndpointsProtocol=https;AccountName=a;AccountKey=b;EndpointSuffix=core.windows.net")]
    [InlineData("Endpoint=https://a.webpubsub.azure.com;AccessKey=b;Version=1.0;")]
    [InlineData("https://a.blob.core.windows.net/b?sv=1&sig=c")]
    [InlineData("msk_firstkey0000_")]
    public void Secrets_are_seen_in_settings_and_outputs(string secret)
    {
        var (setting, output) = (infra.Default.Copy(), infra.Default.Copy());
        setting.Of("Microsoft.Web/sites/config").Single()["properties"]!["Events__EventGridKey"] = secret;
        output.Prediction["outputs"]!["SECRET"] = secret;

        Assert.Equal([$"secret: {secret}"], SecurityRules.Broken(setting, developerMode: false));
        Assert.Equal([$"secret: {secret}"], SecurityRules.Broken(output, developerMode: false));
    }

    [Fact]
    public async Task The_linter_refuses_a_secret_output_and_a_default_of_a_secret_parameter()
    {
        var file = await infra.CompileAsync("""
            @secure()
            param secret string = 'known'
            resource account 'Microsoft.Storage/storageAccounts@2024-01-01' existing = { name: 'account' }
            output key string = account.listKeys().keys[0].value
            output again string = secret
            """);

        Assert.Equal(
            ["outputs-should-not-contain-secrets", "outputs-should-not-contain-secrets", "secure-parameter-default"],
            file.Diagnostics.Where(diagnostic => diagnostic.Level is "Error").Select(diagnostic => diagnostic.Code).Order(StringComparer.Ordinal),
            StringComparer.Ordinal);
    }

    // A long run of letters and digits that is not an expression is more likely a key than a name.
    [GeneratedRegex("^\"(?!\\[)[A-Za-z0-9+/=_-]{32,}\"$")]
    private static partial Regex Guessable();
}
