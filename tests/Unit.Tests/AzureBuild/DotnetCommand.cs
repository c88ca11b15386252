using System.Diagnostics;

namespace Murano.Unit.Tests.AzureBuild;

/// <summary>Runs <c>dotnet</c> as somebody at a terminal would: with nothing of what the tests' own build has set.</summary>
internal static class DotnetCommand
{
    /// <summary>Runs it to its end.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="deadline">How long it may take; then it is ended.</param>
    /// <param name="environment">Variables to set.</param>
    /// <param name="arguments">What to do.</param>
    /// <returns>Exit code, and what it wrote to both streams, each line prefixed by nothing.</returns>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string folder, TimeSpan deadline, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments) { WorkingDirectory = folder };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || name is "FunctionsHost" or "_IsPublishing").ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return await ProgramRun.ToEndAsync(start, deadline);
    }
}
