using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Murano.LocalHost.Hosting;
using Murano.Shared;

namespace Murano.Unit.Tests.Documents;

/// <summary>local.settings.json.example, copied as it is, changes nothing.</summary>
public sealed class SettingsExampleTests
{
    private const string File = "local.settings.json.example";

    private static readonly string[] Platform = ["FUNCTIONS_WORKER_RUNTIME = dotnet-isolated"];

    [Fact]
    public void It_holds_every_setting_of_the_product_at_its_default()
    {
        using var document = JsonDocument.Parse(Repository.Read(File));
        var written = document.RootElement.GetProperty("Values").EnumerateObject().Select(value => $"{value.Name} = {value.Value.GetString()}");

        Assert.Equal(Platform.Concat(Product.Options.Where(option => !option.IsLocal).Select(option => $"{option.Key} = {option.Default}")), written, StringComparer.Ordinal);
        Assert.Equal(JsonValueKind.False, document.RootElement.GetProperty("IsEncrypted").ValueKind);
    }

    [Fact]
    public void The_product_takes_it()
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(SettingsFile.Read(Repository.PathOf(File))).Build());
        services.AddMuranoShared();
        using var provider = services.BuildServiceProvider();

        Assert.Null(Record.Exception(provider.GetRequiredService<IStartupValidator>().Validate));
    }

    [Fact]
    public void It_leaves_the_choice_of_storage_to_the_host() =>
        Assert.DoesNotContain(SettingsFile.Read(Repository.PathOf(File)).Keys, key => key.StartsWith(LocalConfiguration.Storage, StringComparison.OrdinalIgnoreCase));
}
