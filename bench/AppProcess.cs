using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Murano.LocalHost;
using Murano.Shared.Polls;

namespace Murano.Bench;

/// <summary>The app in a process of its own, so that its memory and processor time are its own. This program starts itself again for it.</summary>
internal sealed class AppProcess : IDisposable
{
    /// <summary>The argument that turns this program into the app.</summary>
    public const string Argument = "app";

    private readonly Process _process;

    private AppProcess(Process process, string address, string connector) => (_process, Address, Connector) = (process, address, connector);

    /// <summary>Base address.</summary>
    public string Address { get; }

    /// <summary>The first connector.</summary>
    public string Connector { get; }

    /// <summary>Processor time used so far.</summary>
    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Resident memory in MB.</summary>
    public double Megabytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1e6;
        }
    }

    /// <summary>Starts it.</summary>
    /// <param name="folder">Its data folder.</param>
    /// <param name="storage">Its storage account.</param>
    /// <param name="lookAgain">Its LongPoll__LookAgain.</param>
    /// <param name="webPubSub">Its WebPubSub__ConnectionString; empty = an emulator of its own.</param>
    public static async Task<AppProcess> StartAsync(string folder, string storage, string lookAgain, string webPubSub = "")
    {
        var start = new ProcessStartInfo("dotnet", [typeof(AppProcess).Assembly.Location, Argument, folder, storage, lookAgain, webPubSub])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["DOTNET_gcServer"] = "0"; // as the product runs; this program's own setting is for the load
        var process = Process.Start(start)!;
        var words = (await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The app did not start.")).Split(' ');
        return new(process, words[0], words[1]);
    }

    /// <summary>Is the app until standard input ends: says where it is, then for each line how many polls sleep.</summary>
    public static async Task ServeAsync(string folder, string storage, string lookAgain, string webPubSub)
    {
        using var app = await Stage.StartAppAsync(
            folder, storage, ("LongPoll:MaxPolls", "1000000"), ("LongPoll:MaxWait", "00:05:00"), ("LongPoll:LookAgain", lookAgain), ("WebPubSub:ConnectionString", webPubSub));
        var run = app.GetRunInfo();
        Console.WriteLine($"{run.Http} {run.Connector}");
        var held = app.Services.GetRequiredService<HeldPolls>();
        while (await Console.In.ReadLineAsync() is not null)
        {
            Console.WriteLine(held.Asleep);
        }

        await app.StopAsync();
    }

    /// <summary>How many polls sleep.</summary>
    public async Task<int> AsleepAsync()
    {
        await _process.StandardInput.WriteLineAsync();
        await _process.StandardInput.FlushAsync();
        return int.Parse(await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The app has ended."), CultureInfo.InvariantCulture);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(30)))
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
