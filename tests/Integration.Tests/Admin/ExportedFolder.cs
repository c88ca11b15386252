using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Murano.Admin.Export;
using Murano.Admin.Files;
using Murano.Integration.Tests.Infrastructure;

namespace Murano.Integration.Tests.Admin;

/// <summary>The folder of an export, made by a test or looked at by one.</summary>
internal sealed class ExportedFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Where it is.</summary>
    public string Path => _folder["export"];

    /// <summary>The table of tokens, beside it.</summary>
    public string Tokens => _folder["tokens.csv"];

    /// <summary>Writes a complete export.</summary>
    /// <param name="settings">JSON.</param>
    /// <param name="devices">A line for each device.</param>
    /// <param name="files">Texts by id.</param>
    public async Task WriteAsync(string settings, IEnumerable<string> devices, params (string Id, string Text)[] files)
    {
        Directory.CreateDirectory(System.IO.Path.Combine(Path, ExportFiles.ContentFolder));
        await File.WriteAllTextAsync(At(ExportFiles.Settings), settings, Token);
        await File.WriteAllLinesAsync(At(ExportFiles.Devices), devices, Token);
        List<string> items = [];
        foreach (var (id, text) in files)
        {
            var sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
            await File.WriteAllTextAsync(At($"{ExportFiles.ContentFolder}/{sha256}"), text, Token);
            items.Add(JsonSerializer.Serialize(new ExportedContent(id, "text/plain", Encoding.UTF8.GetByteCount(text), "", new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal), sha256), JsonLines.Plain));
        }

        await File.WriteAllLinesAsync(At(ExportFiles.Content), items, Token);
        var now = TimeProvider.System.GetUtcNow();
        var manifest = new ExportManifest { Source = "x", Connector = "x", Began = now, Ended = now, Resources = 0, Identities = 0, Tags = 0, Values = 0, Content = 0, ContentBytes = 0, Problems = 0 };
        await File.WriteAllTextAsync(At(WorkFolder.Manifest), JsonSerializer.Serialize(manifest, JsonLines.Indented), Token);
    }

    /// <summary>Writes the table of tokens.</summary>
    public Task WriteTokensAsync(IEnumerable<(string Identity, string Token)> tokens) =>
        File.WriteAllLinesAsync(Tokens, tokens.Select(one => $"{one.Identity},{one.Token}").Prepend("identity,token"), Token);

    /// <summary>The path of a file.</summary>
    public string At(string file) => System.IO.Path.Combine(Path, file);

    /// <summary>Lines of a file, in order.</summary>
    public async Task<IReadOnlyList<string>> LinesAsync(string file) => [.. (await File.ReadAllLinesAsync(At(file), Token)).Order(StringComparer.Ordinal)];

    /// <summary>Lines of a result file without its first one: kind, id, what, outcome and reason.</summary>
    public async Task<IReadOnlyList<string>> ResultsAsync(string file = "import-results.csv")
    {
        using var parser = new CsvHelper.CsvParser(new StreamReader(At(file)), System.Globalization.CultureInfo.InvariantCulture);
        List<string> lines = [];
        while (await parser.ReadAsync())
        {
            lines.Add(string.Join(' ', parser.Record!.Take(5)).TrimEnd());
        }

        return [.. lines.Skip(1).Order(StringComparer.Ordinal)];
    }

    /// <summary>Asserts that no file holds one of the texts.</summary>
    public async Task AssertHoldsNoneAsync(IEnumerable<string> secrets)
    {
        foreach (var file in Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories))
        {
            var text = await File.ReadAllTextAsync(file, Token);
            Assert.All(secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
        }
    }

    public void Dispose() => _folder.Dispose();
}
