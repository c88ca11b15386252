using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Murano.LocalHost;
using Murano.Shared.Polls;

namespace Murano.Bench;

/// <summary>
/// How soon a waiting device hears of a set: from the operator's 2xx to the device's last byte. Below 0 the device had it first. Everything is in this
/// process but the storage emulator and the other instance; the hub between the two is here.
/// </summary>
internal static class WakePart
{
    private const int Devices = 1000;
    private const int Rounds = 3;

    public static async Task RunAsync(int sets)
    {
        await using var stage = await Stage.OpenAsync();
        using var app = await Stage.StartAppAsync(stage.AppFolder, stage.Storage);
        var run = app.GetRunInfo();
        await using var floor = await WaitingFloor.StartAsync(Devices);
        using var operators = new HttpClient();
        operators.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("token", run.Operator!.Secret);

        Console.WriteLine($"{Devices} devices wait, {sets} sets one after another each round; ms from the set's 2xx to the device's last byte");
        using var other = await AppProcess.StartAsync(stage.AppFolder + "-other", stage.Storage, "00:05:00", run.WebPubSub!);
        var tokens = await Load.ActivateAsync(run.Http, run.Connector!, 2 * Devices);
        var held = app.Services.GetRequiredService<HeldPolls>();
        var polling = tokens.Take(Devices).Select(token => WaitingDevice.Polling(run.Http, token)).ToArray();
        var elsewhere = tokens.Skip(Devices).Select(token => WaitingDevice.Polling(other.Address, token)).ToArray();
        var waiting = Enumerable.Range(0, Devices).Select(i => new WaitingDevice(floor.Address, string.Create(CultureInfo.InvariantCulture, $"/wait/{i}"), "")).ToArray();
        await BeginAsync(polling, Here);
        await BeginAsync(elsewhere, other.AsleepAsync);
        await BeginAsync(waiting, Floor);
        for (var round = 1; round <= Rounds; round++)
        {
            Console.WriteLine($"round {round}");
            await RoundAsync("floor: no storage", sets, waiting, Floor, (i, _) => operators.PostAsync(floor.Address + $"/release/{i}", null));
            await RoundAsync("wake, same instance", sets, polling, Here, (i, value) => SetAsync(operators, run, i, value));
            await RoundAsync("wake, other instance", sets, elsewhere, other.AsleepAsync, (i, value) => SetAsync(operators, run, Devices + i, value));
        }

        foreach (var device in polling.Concat(elsewhere).Concat(waiting))
        {
            device.Dispose();
        }

        await app.StopAsync();

        Task<int> Here() => Task.FromResult(held.Asleep);
        Task<int> Floor() => Task.FromResult(floor.Waiting);
    }

    private static Task<HttpResponseMessage> SetAsync(HttpClient operators, RunInfo run, int device, int value)
    {
        var body = new StringContent(string.Create(CultureInfo.InvariantCulture, $$"""{"setpoint":{{value}}}"""), Encoding.UTF8, "application/json");
        return operators.PatchAsync(run.Http + string.Create(CultureInfo.InvariantCulture, $"/api:1/service/{run.Connector}/device2/identity/bench-{device}/state"), body);
    }

    private static async Task BeginAsync(WaitingDevice[] devices, Func<Task<int>> asleep)
    {
        for (var i = 0; i < devices.Length; i++)
        {
            await devices[i].ConnectAsync();
            await devices[i].AskAsync();
        }

        await AsleepAsync(asleep);
    }

    // All but those few that look again just now.
    private static async Task AsleepAsync(Func<Task<int>> asleep)
    {
        while (await asleep() < Devices * 0.98)
        {
            await Task.Delay(1);
        }
    }

    private static async Task RoundAsync(string name, int sets, WaitingDevice[] devices, Func<Task<int>> asleep, Func<int, int, Task<HttpResponseMessage>> set)
    {
        var wakes = new double[sets];
        var asked = new double[sets];
        var errors = new Errors();
        for (var i = 0; i < sets; i++)
        {
            var device = i % Devices;
            var heard = devices[device].ReplyAsync();
            var began = Stopwatch.GetTimestamp();
            using (var reply = await set(device, i))
            {
                var done = Stopwatch.GetTimestamp();
                if (!reply.IsSuccessStatusCode)
                {
                    throw new InvalidOperationException($"{name}: the set was answered with {(int)reply.StatusCode}.");
                }

                var (at, status) = await heard;
                asked[i] = Stopwatch.GetElapsedTime(began, done).TotalMilliseconds;
                wakes[i] = (at - done) * 1000.0 / Stopwatch.Frequency;
                if (status != 200)
                {
                    errors.Add(status.ToString(CultureInfo.InvariantCulture));
                }
            }

            // The set that follows is to find all of them waiting again.
            await devices[device].AskAsync();
            await AsleepAsync(asleep);
        }

        Console.WriteLine($"  {name,-20} {new Times(wakes)}  {errors}; the set itself: {new Times(asked)}");
    }
}
