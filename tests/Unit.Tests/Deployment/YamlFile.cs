using System.Diagnostics;
using System.Text.Json.Nodes;
using Murano.Unit.Tests.Documents;

namespace Murano.Unit.Tests.Deployment;

/// <summary>A YAML file of the checkout, as the npm package yaml reads it.</summary>
internal static class YamlFile
{
    /// <summary>Reads a file; fails the test when it is not YAML.</summary>
    public static async Task<JsonNode> ReadAsync(string file)
    {
        using var process = Process.Start(new ProcessStartInfo("node", [Repository.PathOf("tests/Unit.Tests/Deployment/yaml.mjs"), Repository.PathOf(file)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{file}: {errors}");
        return JsonNode.Parse(await output)!;
    }
}
