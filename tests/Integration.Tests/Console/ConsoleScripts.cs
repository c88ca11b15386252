using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Murano.LocalHost;

namespace Murano.Integration.Tests.ConsolePage;

/// <summary>The scripts that look at the page in Chromium.</summary>
internal static partial class ConsoleScripts
{
    private static readonly string[] Browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
    private static readonly string Folder = Path.Combine(RepositoryFolder.Find(), "tests", "Integration.Tests", "Console", "e2e");

    /// <summary>Chromium as people have it, as an argument for a script: for the long run's figures, and for pictures.</summary>
    public static string[] InWholeBrowser => ["--browser", Browser!];

    // Chromium without the parts that only a window needs, where it is installed: it opens pages in half the processor time.
    private static string? LightBrowser => Array.Find(["/usr/bin/chromium-headless-shell", .. Browsers], File.Exists);

    private static string? Browser => Array.Find(Browsers, File.Exists);

    /// <summary>Why they cannot run on this machine; null when they can.</summary>
    public static string? Lacking() =>
        Browser is null ? "There is no Chromium on this machine; on Debian: apt-get install chromium."
        : !OnPath("node") ? "There is no Node.js on this machine."
        : null;

    /// <summary>Names of all tests as the files show them, without running any of them.</summary>
    public static IReadOnlyList<string> Names() =>
    [
        .. from file in Directory.EnumerateFiles(Folder, "*.e2e.mjs").Order(StringComparer.Ordinal)
           from match in Test().Matches(File.ReadAllText(file))
           select $"{Path.GetFileName(file).Replace(".e2e.mjs", "", StringComparison.Ordinal)}: {Escape().Replace(match.Groups[2].Value, "$1")}",
    ];

    /// <summary>Names of all screens of which there are pictures.</summary>
    public static IReadOnlyList<string> Screens() => [.. Screen().Matches(File.ReadAllText(Path.Combine(Folder, "screens.mjs"))).Select(match => match.Groups[1].Value)];

    /// <summary>Runs one against an app until it ends; its end code.</summary>
    /// <param name="script">Name of the file.</param>
    /// <param name="app">The app; null for a script that needs none.</param>
    /// <param name="more">More arguments.</param>
    /// <param name="output">Gets each line of standard output as it comes.</param>
    /// <param name="error">Gets each line of standard error.</param>
    /// <param name="token">Ends it, and the browser with it.</param>
    public static async Task<int> RunAsync(string script, RunInfo? app, IEnumerable<string> more, Action<string> output, Action<string> error, CancellationToken token)
    {
        string[] where = app is null ? [] : ["--base", app.Http.TrimEnd('/'), "--key", app.Operator!.Secret, "--browser", LightBrowser!];
        using var node = Process.Start(new ProcessStartInfo("node", [Path.Combine(Folder, script), .. where, .. more])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        })!;
        try
        {
            await Task.WhenAll(ReadAsync(node.StandardOutput, output, token), ReadAsync(node.StandardError, error, token));
            await node.WaitForExitAsync(token);
            return node.ExitCode;
        }
        finally
        {
            if (!node.HasExited)
            {
                node.Kill(entireProcessTree: true);
            }
        }
    }

    private static async Task ReadAsync(StreamReader reader, Action<string> take, CancellationToken token)
    {
        while (await reader.ReadLineAsync(token) is { } line)
        {
            take(line);
        }
    }

    private static bool OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Any(folder => File.Exists(Path.Combine(folder, program)));

    // Each property of `tests`, which stands two blanks in.
    [GeneratedRegex("^  (['\"`])((?:(?!\\1)[^\\\\\\n]|\\\\.)+)\\1: (?:async |\\()", RegexOptions.Multiline)]
    private static partial Regex Test();

    // Each entry of the list of screens.
    [GeneratedRegex("^  \\{ name: '([a-z-]+)'", RegexOptions.Multiline)]
    private static partial Regex Screen();

    [GeneratedRegex("\\\\(.)")]
    private static partial Regex Escape();
}
