using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Murano.Unit.Tests.Documents;

namespace Murano.Unit.Tests.Deployment;

/// <summary>A YAML file of the checkout, as the npm package yaml reads it.</summary>
internal static class YamlFile
{
    private static readonly ConcurrentDictionary<string, Task<JsonNode>> Files = new(StringComparer.Ordinal);

    /// <summary>Reads a file, once for all tests; fails them when it is not YAML.</summary>
    public static Task<JsonNode> ReadAsync(string file) => Files.GetOrAdd(file, ParseAsync);

    private static async Task<JsonNode> ParseAsync(string file)
    {
        using var process = Process.Start(new ProcessStartInfo("node", [Repository.PathOf("tests/Unit.Tests/Deployment/yaml.mjs"), Repository.PathOf(file)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = await process.StandardError.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None);
        Assert.True(process.ExitCode == 0, $"{file}: {errors}");
        return JsonNode.Parse(await output)!;
    }
}
