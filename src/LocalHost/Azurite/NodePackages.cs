using System.Diagnostics;
using System.Security.Cryptography;

namespace Murano.LocalHost.Azurite;

/// <summary>Makes sure that the repository's npm packages are installed as package-lock.json names them.</summary>
internal sealed class NodePackages(string root, Action<string> say)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>The program that Azurite's package brings.</summary>
    public string Azurite => Path.Combine(root, "node_modules", "azurite", "dist", "src", "azurite.js");

    private string LockFile => Path.Combine(root, "package-lock.json");

    private string StampFile => Path.Combine(root, "node_modules", ".murano-stamp");

    /// <summary>Runs <c>npm ci</c> when something is missing; processes that start together take turns.</summary>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(LockFile))
        {
            throw new LocalHostException("The storage emulator needs the repository's package-lock.json, which was not found: run from a clone, or set AzureWebJobsStorage.");
        }

        if (IsInstalled())
        {
            return;
        }

        using var turn = await TakeTurnAsync(cancellationToken);
        if (IsInstalled())
        {
            return;
        }

        say("Installing npm packages (npm ci) ...");
        await InstallAsync(cancellationToken);
        await File.WriteAllTextAsync(StampFile, Stamp(), cancellationToken);
    }

    private bool IsInstalled()
    {
        if (!File.Exists(Azurite))
        {
            return false;
        }

        if (File.Exists(StampFile))
        {
            return string.Equals(File.ReadAllText(StampFile), Stamp(), StringComparison.Ordinal);
        }

        // Installed by hand: npm leaves a copy of the lock file that is newer than the one it read.
        var installed = Path.Combine(root, "node_modules", ".package-lock.json");
        return File.Exists(installed) && File.GetLastWriteTimeUtc(installed) >= File.GetLastWriteTimeUtc(LockFile);
    }

    private string Stamp() => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(LockFile)));

    private async Task<FileStream> TakeTurnAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateDirectory(Path.Combine(root, ".local"));
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(Path.Combine(folder.FullName, "npm.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (Stopwatch.GetElapsedTime(since) < Patience)
            {
                await Task.Delay(Pause, cancellationToken);
            }
            catch (IOException fault)
            {
                throw new LocalHostException("Another process has been installing npm packages for minutes: see what it is waiting for, then start again.", fault);
            }
        }
    }

    private async Task InstallAsync(CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(NodeProgram.FindNpm(), ["ci", "--no-audit", "--no-fund"])
        {
            WorkingDirectory = root,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var npm = Process.Start(start)!;
        try
        {
            var output = await Task.WhenAll(npm.StandardOutput.ReadToEndAsync(cancellationToken), npm.StandardError.ReadToEndAsync(cancellationToken));
            await npm.WaitForExitAsync(cancellationToken);
            if (npm.ExitCode != 0)
            {
                say(string.Concat(output).TrimEnd());
                throw new LocalHostException("npm ci failed, see its output above: the storage emulator cannot be started without its package.");
            }
        }
        finally
        {
            if (!npm.HasExited)
            {
                npm.Kill(entireProcessTree: true);
            }
        }
    }
}
