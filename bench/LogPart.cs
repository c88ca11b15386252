using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Murano.LocalHost;
using Murano.Shared.Connectors;
using Murano.Shared.Events;
using Murano.Shared.Identities;
using Murano.Shared.Realtime;
using Murano.Shared.Storage;

namespace Murano.Bench;

/// <summary>Devices' writes while the live log shows a burst to a watcher, against the same writes while nobody watches. App, emulators and watcher share this machine, so the difference is theirs too.</summary>
internal static class LogPart
{
    private const int Devices = 1000;
    private const int Rounds = 6;

    public static async Task RunAsync(int seconds, int perSecond)
    {
        await using var stage = await Stage.OpenAsync();
        using var app = await Stage.StartAppAsync(stage.AppFolder, stage.Storage);
        var run = app.GetRunInfo();
        Console.WriteLine($"{Devices} devices, {Load.Connections} connections, {Rounds} rounds of about {seconds} s each way, {perSecond} events/s");
        var tokens = await Load.ActivateAsync(run.Http, run.Connector!, Devices);
        await RoundAsync("warm-up, a watcher", isWatched: true, 3_000);
        var requests = Math.Max(500, (int)((await WriteAsync("warm-up", 3_000)).Rate * seconds));
        List<Measurement> quiet = [];
        List<Measurement> watched = [];
        for (var round = 0; round < Rounds * 2; round++)
        {
            // Who begins changes, since the emulator of storage grows slower with time.
            var isWatched = round % 4 is 1 or 2;
            (isWatched ? watched : quiet).Add(await RoundAsync(isWatched ? "a watcher" : "nobody watches", isWatched, requests));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"writes with a watcher / without: {Median(watched, one => one.Rate) / Median(quiet, one => one.Rate):0.000} of the rate, {Median(watched, one => one.Times.At(0.5)) / Median(quiet, one => one.Times.At(0.5)):0.000} of p50, {Median(watched, one => one.Times.At(0.99)) / Median(quiet, one => one.Times.At(0.99)):0.000} of p99; {Median(watched, one => one.Cpu) - Median(quiet, one => one.Cpu):0} us of processor more a write, for the app, the emulator of Web PubSub and the watcher (medians of {Rounds})"));
        await app.StopAsync();

        async Task<Measurement> RoundAsync(string name, bool isWatched, int count)
        {
            await using var viewer = isWatched ? await Viewer.OpenAsync(run) : null;
            using var burst = new CancellationTokenSource();
            var telling = TellAsync(app.Services, await ConnectorAsync(app.Services, run, isWatched), perSecond, burst.Token);
            var measured = await WriteAsync(name, count);
            await burst.CancelAsync();
            Console.WriteLine($"    {await telling} events told{(viewer is null ? "" : $", {viewer.Messages} messages")}");
            return measured;
        }

        Task<Measurement> WriteAsync(string name, int count) => Load.RunAsync(name, count, i => Load.Post(run.Http + "/onep:v1/stack/alias", "temperature=21.5", tokens[i % Devices]));
    }

    private static double Median(List<Measurement> all, Func<Measurement, double> of) => all.Select(of).Order().Skip((all.Count - 1) / 2).Take(2 - (all.Count % 2)).Average();

    private static async Task<Connector> ConnectorAsync(IServiceProvider services, RunInfo run, bool isWatched)
    {
        var connectors = services.GetRequiredService<ConnectorService>();
        var id = ConnectorId.TryParse(run.Connector, out var parsed) ? parsed : throw new InvalidOperationException("There is no connector.");
        if (!isWatched)
        {
            await services.GetRequiredService<TableWatchStore>().RemoveAsync(id, [new LogWatch(null, 0, "*")], CancellationToken.None);
            connectors.Reload(id);
        }

        return (await connectors.FindAsync(id, CancellationToken.None))!;
    }

    private static async Task<int> TellAsync(IServiceProvider services, Connector connector, int perSecond, CancellationToken stop)
    {
        var log = services.GetRequiredService<LiveLog>();
        var identity = IdentityId.TryParse("bench-0", out var parsed) ? parsed : default;
        var value = new EventValue("temperature", "21.5"u8.ToArray(), Shared.State.ValueKind.Number);
        var began = Stopwatch.GetTimestamp();
        var told = 0;
        while (!stop.IsCancellationRequested)
        {
            for (var due = (int)(Stopwatch.GetElapsedTime(began).TotalSeconds * perSecond); told < due; told++)
            {
                if (log.IsWatched(connector, identity))
                {
                    log.Tell(connector, new DeviceEvent { Type = EventType.DataIn, Device = new DeviceKey(connector.Id, identity), Time = told, Address = "203.0.113.7", Protocol = "onep", Points = [new EventPoint(told, [value])] });
                }
            }

            await Task.Delay(1, CancellationToken.None);
        }

        return told;
    }

    private sealed class Viewer : IAsyncDisposable
    {
        private readonly ClientWebSocket _socket = new();
        private Task _reading = Task.CompletedTask;

        public int Messages { get; private set; }

        public static async Task<Viewer> OpenAsync(RunInfo run)
        {
            using var client = new HttpClient();
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("token", run.Operator!.Secret);
            using var reply = JsonDocument.Parse(await client.GetStringAsync($"{run.Http}/api:1/service/{run.Connector}/log/negotiate"));
            var viewer = new Viewer();
            await viewer._socket.ConnectAsync(new Uri(reply.RootElement.GetProperty("url").GetString()!), CancellationToken.None);
            viewer._reading = viewer.ReadAsync();
            return viewer;
        }

        public async ValueTask DisposeAsync()
        {
            _socket.Abort();
            await _reading;
            _socket.Dispose();
        }

        private async Task ReadAsync()
        {
            var buffer = new byte[64 * 1024];
            try
            {
                while ((await _socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None)) is var read && read.MessageType != WebSocketMessageType.Close)
                {
                    Messages += read.EndOfMessage ? 1 : 0;
                }
            }
            catch (Exception fault) when (fault is WebSocketException or OperationCanceledException)
            {
                // Its round is over.
            }
        }
    }
}
