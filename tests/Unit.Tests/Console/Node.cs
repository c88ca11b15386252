using System.Diagnostics;
using Murano.Unit.Tests.Documents;

namespace Murano.Unit.Tests.Console;

/// <summary>Node.js, as far as this machine has it.</summary>
internal static class Node
{
    /// <summary>Why a test is skipped without it.</summary>
    public const string Missing = "There is no Node.js on the PATH; the page's programs need 20.19 or newer.";

    /// <summary>Whether it is on the search path.</summary>
    public static bool IsThere { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Any(folder => File.Exists(Path.Combine(folder, OperatingSystem.IsWindows() ? "node.exe" : "node")));

    /// <summary>A call of npm in the checkout, without colours.</summary>
    public static ProcessStartInfo Npm(params string[] arguments) => new(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", arguments)
    {
        WorkingDirectory = Repository.PathOf(""),
        Environment = { ["NO_COLOR"] = "1", ["CI"] = "1" },
    };
}
