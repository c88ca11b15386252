using System.Diagnostics;

namespace Murano.LocalHost.Azurite;

/// <summary>An Azurite of our own, on free ports. It stops, with everything saved, when this object is disposed and when our process ends in whatever way.</summary>
public sealed class AzuriteEmulator : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly string[] Preloads = ["watch.cjs", "saves.cjs", "queries.cjs"];

    private readonly Process _launcher;
    private readonly TimeSpan _timeout;
    private int _stopped;

    private AzuriteEmulator(Process launcher, string connectionString, Task exited, TimeSpan timeout)
    {
        _launcher = launcher;
        _timeout = timeout;
        ConnectionString = connectionString;
        Exited = exited;
    }

    /// <summary>How clients reach it.</summary>
    public string ConnectionString { get; }

    /// <summary>Completes when it has ended.</summary>
    public Task Exited { get; }

    /// <summary>Starts Azurite and waits until it listens; installs it before, and waits for an earlier one on the same data to end.</summary>
    /// <param name="folder">Holds the data, and a file that names the process.</param>
    /// <param name="timeout">Longest wait for an earlier one to end, for this one to start and, later, to stop.</param>
    /// <param name="say">Receives lines for a person.</param>
    /// <param name="cancellationToken">Gives up; nothing is left running.</param>
    public static async Task<AzuriteEmulator> StartAsync(string folder, TimeSpan timeout, Action<string> say, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(say);
        var node = NodeProgram.Find();
        var packages = new NodePackages(RepositoryFolder.Find(), say);
        await packages.EnsureAsync(cancellationToken);

        Directory.CreateDirectory(folder);
        var processFile = new AzuriteProcessFile(Path.Combine(folder, "azurite.json"));
        await WaitForEarlierAsync(processFile, timeout, say, cancellationToken);

        var launcher = Launch(node, packages.Azurite, folder, processFile);
        var output = new AzuriteOutput();
        var exited = Task.WhenAll(output.ReadAsync(launcher.StandardOutput), output.ReadAsync(launcher.StandardError));
        try
        {
            var first = await Task.WhenAny(output.Ready, exited).WaitAsync(timeout, cancellationToken);
            return first == output.Ready
                ? new AzuriteEmulator(launcher, await output.Ready, exited, timeout)
                : throw new LocalHostException($"The storage emulator ended at its start: {output.Tail}");
        }
        catch (Exception fault)
        {
            launcher.StandardInput.Close();
            await Task.WhenAny(exited, Task.Delay(timeout, CancellationToken.None));
            launcher.Dispose();
            throw fault is TimeoutException ? new LocalHostException($"The storage emulator did not start within {timeout.TotalSeconds:0} s: {output.Tail}", fault) : fault;
        }
    }

    /// <summary>Stops it and waits until its data is saved.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _stopped, 1) == 0)
        {
            _launcher.StandardInput.Close();
            await Task.WhenAny(Exited, Task.Delay(_timeout));
            _launcher.Dispose();
        }
    }

    private static async Task WaitForEarlierAsync(AzuriteProcessFile file, TimeSpan timeout, Action<string> say, CancellationToken cancellationToken)
    {
        var since = Stopwatch.GetTimestamp();
        var said = false;
        while (file.FindRunning() is { } pid)
        {
            if (!said)
            {
                say($"Waiting for the storage emulator of an earlier run (process {pid}) to save its data ...");
                said = true;
            }

            if (Stopwatch.GetElapsedTime(since) > timeout)
            {
                throw new LocalHostException($"The storage emulator of an earlier run (process {pid}) does not end: stop it, then start again.");
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    private static Process Launch(string node, string azurite, string folder, AzuriteProcessFile processFile)
    {
        var scripts = Path.Combine(AppContext.BaseDirectory, "Azurite");
        string[] arguments =
        [
            Path.Combine(scripts, "launch.cjs"), .. Preloads.SelectMany(file => (string[])["-r", Path.Combine(scripts, file)]),
            azurite, "--location", Path.Combine(folder, "azurite"), "--blobPort", "0", "--queuePort", "0", "--tablePort", "0",
            "--silent", "--disableTelemetry", "--skipApiVersionCheck",
        ];
        var start = new ProcessStartInfo(node, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["MURANO_AZURITE_PID_FILE"] = processFile.Path, ["MURANO_RUN_FILE"] = Path.Combine(folder, "run.json") },
        };
        return Process.Start(start)!;
    }
}
