using Murano.Integration.Tests.Infrastructure;
using Murano.LocalHost;

namespace Murano.Integration.Tests.ConsolePage;

/// <summary>docs/images holds a picture of each screen, light and dark; set MURANO_WRITE_DOCS=1 to take them anew.</summary>
[Collection(nameof(ConsoleTests))]
public sealed class ConsolePictureTests(AzuriteFixture azurite)
{
    private const long Largest = 150 * 1024;

    private static readonly string Folder = Path.Combine(RepositoryFolder.Find(), "docs", "images");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_screen_has_its_pictures()
    {
        if (Environment.GetEnvironmentVariable("MURANO_WRITE_DOCS") is "1")
        {
            await TakeAsync();
        }

        var names = ConsoleScripts.Screens().SelectMany(screen => (string[])[$"{screen}-dark.png", $"{screen}-light.png"]).Order(StringComparer.Ordinal);
        var files = new DirectoryInfo(Folder).GetFiles("*.png");

        Assert.Equal(names, files.Select(file => file.Name).Order(StringComparer.Ordinal));
        Assert.Empty(files.Where(file => file.Length > Largest).Select(file => $"{file.Name}: {file.Length}"));
    }

    private async Task TakeAsync()
    {
        Assert.SkipWhen(ConsoleScripts.Lacking() is not null, ConsoleScripts.Lacking() ?? "");
        await using var app = await TestApp.StartAsync(azurite);
        List<string> said = [];
        var code = await ConsoleScripts.RunAsync("pictures.mjs", app.Run, ["--pictures", Folder, .. ConsoleScripts.InWholeBrowser], said.Add, said.Add, Token);
        Assert.True(code == 0, string.Join('\n', said));
    }
}
