using System.Diagnostics;
using Murano.Unit.Tests.Documents;

namespace Murano.Unit.Tests.Deployment;

/// <summary>
/// Runs a hook for sh with an azd that only remembers: its values in one file, and each call with all variables in another. The hook finds nothing but
/// the programs of one folder, and everything it can write to by itself is below <see cref="Folder"/>.
/// </summary>
internal sealed class HookStage : IDisposable
{
    private const string Azd = """
        #!/bin/sh
        { printf 'azd %s\n' "$*"; env; } >> "$STAGE/calls"
        case "$*" in
          "${AZD_FAILS:-nothing}"*) echo "azd: no environment" >&2; exit 1 ;;
          'env get-values') cat "$STAGE/values" ;;
          'env set '*) sed -i "/^$3=/d" "$STAGE/values"; printf '%s="%s"\n' "$3" "$4" >> "$STAGE/values" ;;
          *) echo "azd: unknown command" >&2; exit 2 ;;
        esac
        """;

    // Stands before a program and notes with what arguments and variables it is called.
    private const string Witness = """
        #!/bin/sh
        { printf '%s %s\n' "${0##*/}" "$*"; env; } >> "$STAGE/calls"
        exec "{program}" "$@"
        """;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private static readonly string[] Always = ["sh", "env", "cat", "cut", "sed", "tr", "od"];

    public HookStage(params string[] programs)
    {
        Directory.CreateDirectory(Path.Combine(Folder, "bin"));
        Directory.CreateDirectory(Path.Combine(Folder, "home"));
        Write("values", "AZURE_ENV_NAME=\"test\"\n");
        Write("calls", "");
        Write("bin/azd", Azd);
        foreach (var program in Always)
        {
            File.CreateSymbolicLink(Path.Combine(Folder, "bin", program), Find(program)!);
        }

        foreach (var program in programs.Length == 0 ? ["sha256sum"] : programs)
        {
            Write($"bin/{program}", Witness.Replace("{program}", Find(program), StringComparison.Ordinal));
        }
    }

    /// <summary>All that the hook can write to, but for the terminal.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("murano-hook-").FullName;

    /// <summary>What azd was asked, in order.</summary>
    public string[] Calls => [.. File.ReadLines(Path.Combine(Folder, "calls")).Where(line => line.StartsWith("azd ", StringComparison.Ordinal))];

    /// <summary>The values that azd keeps.</summary>
    public Dictionary<string, string> Values => File.ReadLines(Path.Combine(Folder, "values")).Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1].Trim('"'), StringComparer.Ordinal);

    /// <summary>Where a program is; null when this machine has none of the name.</summary>
    public static string? Find(string program) => ((string[])["/usr/bin", "/bin", "/usr/local/bin"]).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    /// <summary>Skips the test where hooks for sh cannot be run.</summary>
    public static void Need(params string[] programs)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The hooks are run on Linux only: giving a program a terminal differs elsewhere.");
        foreach (var program in programs.Concat(["script", "setsid"]))
        {
            Assert.SkipUnless(Find(program) is not null, $"This machine has no {program}.");
        }
    }

    /// <summary>Adds a value to those that azd keeps.</summary>
    public void Keep(string name, string value) => File.AppendAllText(Path.Combine(Folder, "values"), $"{name}=\"{value}\"\n");

    /// <summary>Names of the files that hold a text.</summary>
    public string[] FilesWith(string text) =>
        [.. Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).Where(file => File.ReadAllText(file).Contains(text, StringComparison.OrdinalIgnoreCase)).Select(file => Path.GetRelativePath(Folder, file))];

    /// <summary>Runs a hook, its output going to files as with a log.</summary>
    /// <param name="hook">Name of the hook's file.</param>
    /// <param name="terminal">Whether a person's terminal is there.</param>
    /// <param name="shell">The shell that reads it.</param>
    /// <param name="variables">Variables of the process.</param>
    public async Task<HookResult> RunAsync(string hook, bool terminal = true, string shell = "sh", params (string Name, string Value)[] variables)
    {
        var command = $"'{Find(shell)}' '{Repository.PathOf($"infra/hooks/{hook}")}' > '{Folder}/out' 2> '{Folder}/err'";
        var start = new ProcessStartInfo(Find(terminal ? "script" : "setsid")!, terminal ? ["-qec", command, "/dev/null"] : ["--wait", "/bin/sh", "-c", command])
        {
            RedirectStandardInput = true,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            WorkingDirectory = Path.Combine(Folder, "home"),
        };
        start.Environment.Clear();
        foreach (var (name, value) in variables.Concat([("PATH", Path.Combine(Folder, "bin")), ("HOME", Path.Combine(Folder, "home")), ("TMPDIR", Path.Combine(Folder, "home")), ("STAGE", Folder), ("SHELL", "/bin/sh")]))
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Deadline);
        try
        {
            var seen = await process.StandardOutput.ReadToEndAsync(deadline.Token);
            await process.WaitForExitAsync(deadline.Token);
            return new(process.ExitCode, seen, await File.ReadAllTextAsync(Path.Combine(Folder, "out"), deadline.Token), await File.ReadAllTextAsync(Path.Combine(Folder, "err"), deadline.Token));
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private void Write(string file, string text)
    {
        var path = Path.Combine(Folder, file);
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
