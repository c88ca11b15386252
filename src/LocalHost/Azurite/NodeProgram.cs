using System.Diagnostics;
using System.Globalization;

namespace Murano.LocalHost.Azurite;

/// <summary>Finds Node.js on the search path.</summary>
internal static class NodeProgram
{
    private const int OldestMajor = 20;
    private const UnixFileMode Execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Path of <c>node</c>.</summary>
    /// <exception cref="LocalHostException">There is none, or it is too old.</exception>
    public static string Find()
    {
        var node = OnPath(OperatingSystem.IsWindows() ? "node.exe" : "node")
            ?? throw new LocalHostException("Node.js was not found on the PATH: install Node.js 20 or newer, or set AzureWebJobsStorage to a storage that already runs.");
        var version = Version(node);
        return version >= OldestMajor
            ? node
            : throw new LocalHostException($"Node.js at {node} is too old: version {OldestMajor} or newer is needed.");
    }

    /// <summary>Path of <c>npm</c>.</summary>
    public static string FindNpm() =>
        OnPath(OperatingSystem.IsWindows() ? "npm.cmd" : "npm")
        ?? throw new LocalHostException("npm was not found on the PATH: install Node.js 20 or newer with npm, or set AzureWebJobsStorage to a storage that already runs.");

    private static string? OnPath(string file) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, file))
            .FirstOrDefault(IsProgram);

    // As a shell looks for programs: a file of that name that may not be run is passed over.
    private static bool IsProgram(string path) =>
        File.Exists(path) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & Execute) != UnixFileMode.None);

    private static int Version(string node)
    {
        using var process = Process.Start(new ProcessStartInfo(node, "--version") { UseShellExecute = false, RedirectStandardOutput = true })!;
        var text = process.StandardOutput.ReadToEnd().TrimStart('v');
        process.WaitForExit();
        return int.TryParse(text.AsSpan(0, Math.Max(text.IndexOf('.', StringComparison.Ordinal), 0)), CultureInfo.InvariantCulture, out var major) ? major : 0;
    }
}
