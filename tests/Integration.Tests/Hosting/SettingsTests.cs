using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Murano.Integration.Tests.Infrastructure;
using Murano.LocalHost;

namespace Murano.Integration.Tests.Hosting;

public sealed class SettingsTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_settings_file_is_read_and_other_settings_win()
    {
        using var folder = new TemporaryFolder();
        await WriteAsync(folder, """{ "IsEncrypted": false, "Values": { "A__B": "file", "C__D__E": "file", "N": 7 } }""");

        await using var app = await StartAsync(folder, ("C:D:E", "environment"));

        var configuration = app.Services.GetRequiredService<IConfiguration>();
        Assert.Equal("file", configuration["A:B"]);
        Assert.Equal("environment", configuration["C:D:E"]);
        Assert.Equal("7", configuration["N"]);
    }

    [Fact, Spec("azure.8/1")]
    public async Task The_example_starts_as_it_is()
    {
        using var folder = new TemporaryFolder();
        File.Copy(Path.Combine(RepositoryFolder.Find(), "local.settings.json.example"), folder["local.settings.json"]);

        await using var app = await TestApp.StartAsync(azurite, new() { SettingsFile = folder["local.settings.json"] });

        var device = await SimulatedDevice.ActivateAsync(app);
        await device.WriteAsync(("temperature", "21.5"));
        Assert.Equal("temperature=21.5", await device.ReadAsync("temperature"));
        Assert.Equal($"m2.localhost:{app.Https.Port}", app.Services.GetRequiredService<IConfiguration>()["Devices:Domain"]);
    }

    [Theory]
    [InlineData("""{ "Values": {} }""", "is encrypted, or does not say that it is not")]
    [InlineData("""{ "IsEncrypted": false, """, "cannot be read")]
    public async Task A_settings_file_that_makes_no_sense_is_named(string content, string sentence)
    {
        using var folder = new TemporaryFolder();
        await WriteAsync(folder, content);

        var failure = await Assert.ThrowsAsync<LocalHostException>(() => StartAsync(folder));

        Assert.Contains(sentence, failure.Message, StringComparison.Ordinal);
        Assert.Contains(folder.Path, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_app_learns_its_domains_from_the_ports()
    {
        await using var app = await StartAsync(null);

        var configuration = app.Services.GetRequiredService<IConfiguration>();
        Assert.Equal($"m2.localhost:{app.Https.Port}", configuration["Devices:Domain"]);
        Assert.Equal($"devmode-m2.localhost:{app.Http.Port}", configuration["Devices:DevModeDomain"]);
    }

    [Fact]
    public async Task Domains_of_the_user_s_stay()
    {
        await using var app = await StartAsync(null, ("Devices:Domain", "m2.example.com"));

        Assert.Equal("m2.example.com", app.Services.GetRequiredService<IConfiguration>()["Devices:Domain"]);
    }

    [Theory]
    [InlineData("LocalHost:HttpPort", "65536", "HttpPort must be between 0 and 65535")]
    [InlineData("LocalHost:HttpsPort", "many", "'LocalHost:HttpsPort'")]
    [InlineData("LocalHost:CutOff", "-00:00:01", "CutOff")]
    [InlineData("LocalHost:ShutdownTimeout", "00:11:00", "ShutdownTimeout")]
    [InlineData("LocalHost:Htttp", "1", "LocalHost:Htttp does not exist")]
    public async Task A_setting_that_is_not_valid_is_named(string key, string value, string sentence)
    {
        var failure = await Assert.ThrowsAsync<LocalHostException>(() => StartAsync(null, (key, value)));

        Assert.Contains(sentence, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }

    [Fact]
    public async Task A_setting_of_the_app_that_is_not_valid_is_named()
    {
        var failure = await Assert.ThrowsAsync<LocalHostException>(() => TestApp.StartAsync(azurite, new()
        {
            Functions = [typeof(RoutingFunctions)],
            Configure = builder => builder.Services.AddOptions<HostOptionsOfTheApp>().Validate(_ => false, "App:Size must be small.").ValidateOnStart(),
        }));

        Assert.Equal("Settings are not valid: App:Size must be small.", failure.Message);
        Assert.IsType<OptionsValidationException>(failure.InnerException);
    }

    private static Task WriteAsync(TemporaryFolder folder, string content) =>
        File.WriteAllTextAsync(folder["local.settings.json"], content, TestContext.Current.CancellationToken);

    private Task<TestApp> StartAsync(TemporaryFolder? folder, params (string Key, string Value)[] settings) =>
        TestApp.StartAsync(azurite, new()
        {
            Functions = [typeof(RoutingFunctions)],
            SettingsFile = folder?["local.settings.json"],
            Settings = settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value, StringComparer.OrdinalIgnoreCase),
        });

    private sealed class HostOptionsOfTheApp
    {
        public int Size { get; set; }
    }
}
