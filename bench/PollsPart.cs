using System.Diagnostics;
using System.Globalization;

namespace Murano.Bench;

/// <summary>What it costs an app to hold long polls: memory, processor, and the writes beside them.</summary>
internal static class PollsPart
{
    private const int Writers = 1000;
    private const int Requests = 10_000;
    private const int Batch = 100;

    // Of one device, each for something else: a second poll for the same ends the first. With as many devices as polls, the emulator, which scans its
    // tables at each query, would take longer to begin the last than the first lasts.
    private static readonly string[] Targets = ["setpoint", "temperature", "setpoint&temperature"];

    private static readonly TimeSpan Watch = TimeSpan.FromSeconds(30);

    public static async Task RunAsync(int polls)
    {
        await using var stage = await Stage.OpenAsync();
        await using var floor = await Floor.StartAsync(stage.Storage);
        string[] tokens;
        using (var app = await AppProcess.StartAsync(stage.AppFolder, stage.Storage, "00:00:25"))
        {
            tokens = await Load.ActivateAsync(app.Address, app.Connector, Math.Max((polls + Targets.Length - 1) / Targets.Length, Writers));
        }

        Console.WriteLine($"{polls} polls of {tokens.Length} devices; % of one core");
        await HoldAsync(stage, floor, tokens, polls, "00:00:25");
        await HoldAsync(stage, floor, tokens, polls, "00:05:00");
    }

    private static async Task HoldAsync(Stage stage, Floor floor, string[] tokens, int polls, string lookAgain)
    {
        Console.WriteLine($"each looks again after {lookAgain} at the latest");
        using var app = await AppProcess.StartAsync(stage.AppFolder, stage.Storage, lookAgain);
        Task<Measurement> TransactAsync() => Load.RunAsync("floor: two-row transaction", Requests, i => Load.Post(floor.Address + $"/transaction/{i % Writers}", "temperature=21.5", null));
        Task<Measurement> WriteAsync() => Load.RunAsync("device write", Requests, i => Load.Post(app.Address + "/onep:v1/stack/alias", "temperature=21.5", tokens[i % Writers]));

        await WriteAsync(); // so that what comes is warm
        var floorAlone = await TransactAsync();
        var alone = await WriteAsync();
        var before = app.Megabytes;
        var idle = await CpuAsync(app);
        var began = Stopwatch.GetTimestamp();
        var devices = await BeginAsync(app, tokens, polls);
        var took = Stopwatch.GetElapsedTime(began);
        var held = await CpuAsync(app);
        var asleep = await app.AsleepAsync();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  resident {before:0} MB before, {app.Megabytes:0} MB with {asleep} polls asleep, held within {took.TotalSeconds:0} s; processor over {Watch.TotalSeconds:0} s {idle:0.0} % before, {held:0.0} % with them"));
        var floorBeside = await TransactAsync();
        var beside = await WriteAsync();
        var ended = devices.Count(device => device.IsAnswered);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  writes beside / alone {beside.Rate / alone.Rate:0.00} (the floor's own {floorBeside.Rate / floorAlone.Rate:0.00}); resident {app.Megabytes:0} MB; polls that ended by themselves {ended}"));
        foreach (var device in devices)
        {
            device.Dispose();
        }
    }

    private static async Task<double> CpuAsync(AppProcess app)
    {
        var (cpu, began) = (app.Cpu, Stopwatch.GetTimestamp());
        await Task.Delay(Watch);
        return 100 * (app.Cpu - cpu) / Stopwatch.GetElapsedTime(began);
    }

    // In batches, because each begins with a look at storage.
    private static async Task<WaitingDevice[]> BeginAsync(AppProcess app, string[] tokens, int polls)
    {
        var devices = Enumerable.Range(0, polls).Select(i => WaitingDevice.Polling(app.Address, tokens[i / Targets.Length % tokens.Length], Targets[i % Targets.Length])).ToArray();
        for (var i = 0; i < polls; i++)
        {
            await devices[i].ConnectAsync();
            await devices[i].AskAsync();

            // Some of those that sleep look again just now.
            while ((i + 1) % Batch == 0 && await app.AsleepAsync() < (i + 1) * 0.98 - Batch)
            {
                await Task.Delay(5);
            }
        }

        var began = Stopwatch.GetTimestamp();
        while (await app.AsleepAsync() < polls * 0.98)
        {
            if (Stopwatch.GetElapsedTime(began) > Watch)
            {
                throw new InvalidOperationException($"Only {await app.AsleepAsync()} of {polls} polls sleep: the first have run out already.");
            }

            await Task.Delay(5);
        }

        return devices;
    }
}
