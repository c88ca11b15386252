using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Murano.LocalHost;

namespace Murano.Integration.Tests.Infrastructure;

/// <summary>The app in a process of its own, in a process group of its own, with its own data folder.</summary>
public sealed class RealProcess : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();
    private readonly Task _reading;
    private readonly string _dataFolder;

    private RealProcess(Process process, string dataFolder)
    {
        _process = process;
        _dataFolder = dataFolder;
        _reading = Task.WhenAll(ReadAsync(process.StandardOutput, _output), ReadAsync(process.StandardError, _error));
    }

    /// <summary>Id of the process, and of its group.</summary>
    public int Id => _process.Id;

    /// <summary>What it printed so far.</summary>
    public string Output => Copy(_output);

    /// <summary>What it printed to standard error so far.</summary>
    public string Error => Copy(_error);

    /// <summary>Starts the program that was built.</summary>
    /// <param name="dataFolder">Its data folder.</param>
    /// <param name="settings">Environment variables on top of the tests' own; ports are free ones unless set here.</param>
    public static RealProcess Start(string dataFolder, params (string Name, string? Value)[] settings) => Start(dataFolder, [Program()], settings);

    /// <summary>Starts it as a developer does, by <c>dotnet run</c>.</summary>
    public static RealProcess StartByDotnetRun(string dataFolder, params (string Name, string? Value)[] settings) =>
        Start(dataFolder, ["run", "--no-build", "--configuration", Configuration(), "--project", Path.Combine(RepositoryFolder.Find(), "src", "Functions")], settings);

    /// <summary>Waits until it is ready, and returns what run.json says.</summary>
    public async Task<RunInfo> ReadyAsync()
    {
        RunInfo? run = null;
        await Eventually.TrueAsync(() => _process.HasExited || (run = ReadRun()) is not null, "run.json is written", Patience);
        Assert.False(_process.HasExited, $"The process has ended: {Output} {Error}");
        return run!;
    }

    /// <summary>Waits for its end, and for all of its output.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> ExitAsync()
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Patience);
        await _process.WaitForExitAsync(deadline.Token);
        await _reading.WaitAsync(deadline.Token);
        return _process.ExitCode;
    }

    /// <summary>Sends a signal, such as TERM, INT or KILL, to the process.</summary>
    public Task SignalAsync(string signal) => KillAsync(signal, Id.ToString(CultureInfo.InvariantCulture));

    /// <summary>Sends a signal to the process and all others of its group, as a terminal's Ctrl-C does.</summary>
    public Task SignalGroupAsync(string signal) => KillAsync(signal, "-" + Id.ToString(CultureInfo.InvariantCulture));

    /// <summary>Sends a signal to a process that is named in a file of the data folder, such as Azurite's.</summary>
    public static Task SignalAsync(string signal, int pid) => KillAsync(signal, pid.ToString(CultureInfo.InvariantCulture));

    /// <summary>Waits until no process is left that has to do with the data folder.</summary>
    public Task NothingLeftAsync() => Eventually.TrueAsync(() => Related().Count == 0, "no process left: " + string.Join(", ", Related()));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await SignalGroupAsync("KILL");
            await ExitAsync();
        }

        await NothingLeftAsync();
        _process.Dispose();
    }

    // One that was killed leaves its file behind. "dotnet run" is the parent of the process that writes it.
    private RunInfo? ReadRun()
    {
        string text;
        try
        {
            text = File.ReadAllText(Path.Combine(_dataFolder, "run.json"));
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return null; // also when it goes in this moment: a start takes away what a predecessor left
        }

        var run = JsonSerializer.Deserialize<RunInfo>(text, Json)!;
        return run.Pid == Id || _process.StartInfo.ArgumentList.Contains("run") ? run : null;
    }

    private static RealProcess Start(string dataFolder, string[] arguments, (string Name, string? Value)[] settings)
    {
        // setsid gives the process a group of its own, and its own id to it.
        var start = new ProcessStartInfo("/usr/bin/setsid", [Dotnet(), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        (string, string?)[] all =
        [
            ("LocalHost__DataFolder", dataFolder), ("LocalHost__HttpPort", "0"), ("LocalHost__HttpsPort", "0"), ("AzureWebJobsStorage", ""), ("DOTNET_NOLOGO", "1"),
            // As the tests' own projects have it; figures of the long run are of the app as it is delivered.
            ("DOTNET_TieredPGO", LongRun.Of("0", "1")), .. settings,
        ];
        foreach (var (name, value) in all)
        {
            start.Environment[name] = value;
        }

        return new(Process.Start(start)!, dataFolder);
    }

    private static string Program() =>
        Path.Combine(RepositoryFolder.Find(), "src", "Functions", "bin", "Local", Configuration(), "net10.0", "Murano.Functions.dll");

    // The tests and the app are built in the same configuration: .../bin/Local/<configuration>/net10.0/
    private static string Configuration() => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    private static string Dotnet() => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));

    private static async Task KillAsync(string signal, string target)
    {
        using var kill = Process.Start("/bin/sh", ["-c", $"kill -s {signal} -- {target}"]);
        await kill.WaitForExitAsync();
    }

    private List<string> Related() =>
    [
        .. from folder in Directory.EnumerateDirectories("/proc")
           where int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out _)
           let command = Command(folder)
           where command.Contains(_dataFolder, StringComparison.Ordinal)
           select command,
    ];

    // Command line and environment: Azurite names the folder in the first, the app in the second.
    private static string Command(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "cmdline")) + File.ReadAllText(Path.Combine(folder, "environ"));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return ""; // it has ended meanwhile
        }
    }

    private static string Copy(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }

    private static async Task ReadAsync(StreamReader reader, StringBuilder text)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (text)
            {
                text.AppendLine(line);
            }
        }
    }
}
