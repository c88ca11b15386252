using System.Globalization;
using Murano.Integration.Tests.DeviceApi;
using Murano.Integration.Tests.Infrastructure;
using Murano.LocalHost;
using Murano.LocalHost.WebPubSub;

namespace Murano.Integration.Tests.Realtime;

/// <summary>
/// Three real processes on one storage and one hub. Each holds a poll of every device; what is set in one of them ends all three, also while the hub is gone and
/// after one of the processes was killed. The polls' own looks are five minutes apart while the hub is there, so they do not help.
/// </summary>
public sealed class WakeProcessTests(AzuriteFixture azurite)
{
    private const int Devices = 20;

    private static readonly TimeSpan HubGone = TimeSpan.FromSeconds(LongRun.Of(10, 60));

    // By device: the second that its next poll asks for news since, as devices keep it.
    private readonly Dictionary<string, long> _since = new(StringComparer.Ordinal);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_set_is_missed_in_any_of_them()
    {
        using var folders = new Folders();
        var hub = await WebPubSubEmulator.StartAsync(0, null, TimeProvider.System, Token);
        var (port, key) = (hub.Port, hub.AccessKey);
        var prefix = Names.TablePrefix();
        await using var first = Start(folders.Next(), prefix, hub);
        var one = await first.ReadyAsync();
        await using var second = Start(folders.Next(), prefix, hub);
        await using var third = Start(folders.Next(), prefix, hub);
        RunInfo[] all = [one, await second.ReadyAsync(), await third.ReadyAsync()];
        var operators = all.Select(SimulatedOperator.Of).ToArray();
        await operators[0].DefineAsync("""{"led":{"settable":true},"temp":{}}""");
        using var client = new HttpClient { BaseAddress = new Uri(one.Http) };
        List<SimulatedDevice> devices = [];
        for (var i = 0; i < Devices; i++)
        {
            devices.Add(await SimulatedDevice.ActivateAsync(client, one.Fqdn!));
        }

        await SeesAsync(all, devices[0]);
        await RoundAsync(all, operators, devices, "a");

        // The hub goes in the middle of a round, and comes back while another is under way.
        var polls = await BeginAsync(all, devices);
        await hub.DisposeAsync();
        await SetAsync(operators, devices, "b");
        await EndAsync(polls, "b");
        using var gone = new CancellationTokenSource(HubGone);
        for (var round = 0; !gone.IsCancellationRequested; round++)
        {
            await RoundAsync(all, operators, devices, string.Create(CultureInfo.InvariantCulture, $"c{round}"));
        }

        polls = await BeginAsync(all, devices);
        hub = await WebPubSubEmulator.StartAsync(port, key, TimeProvider.System, Token);
        await using var again = hub;
        await SetAsync(operators, devices, "d");
        await EndAsync(polls, "d");
        await RoundAsync(all, operators, devices, "e");

        await LocksAsync(all, operators, devices[0]);
        await ResourceAsync(all, operators[0], devices[1]);

        polls = await BeginAsync(all[1..], devices[1..]);
        await first.SignalAsync("KILL");
        await SetAsync(operators[1..], devices[1..], "f");
        await EndAsync(polls, "f");
    }

    // Each process has read the settings by now; the ten seconds of their caches are not what is tested here.
    private static async Task SeesAsync(RunInfo[] all, SimulatedDevice device)
    {
        foreach (var run in all)
        {
            using var client = new HttpClient { BaseAddress = new Uri(run.Http) };
            var here = SimulatedDevice.With(client, run.Fqdn!, device.Identity, device.Token);
            await Eventually.TrueAsync(
                async () =>
                {
                    await here.WriteAsync(("temp", "1"));
                    return (await here.ReadAsync("temp")).Length > 0;
                },
                "the process knows the resources");
        }
    }

    private async Task RoundAsync(RunInfo[] all, SimulatedOperator[] operators, List<SimulatedDevice> devices, string value)
    {
        var polls = await BeginAsync(all, devices);
        await SetAsync(operators, devices, value);
        await EndAsync(polls, value);
    }

    // With a time, so that it does not matter whether the poll has looked when the value is set. Each set has a second of its own, so nothing comes twice.
    private async Task<List<(SimulatedDevice Device, HeldPoll Poll)>> BeginAsync(RunInfo[] all, IEnumerable<SimulatedDevice> devices)
    {
        List<(SimulatedDevice, HeldPoll)> polls = [];
        foreach (var device in devices)
        {
            foreach (var run in all)
            {
                polls.Add((device, await HeldPoll.BeginAsync(new Uri(run.Http), run.Fqdn!, device.Token, "led", _since.GetValueOrDefault(device.Identity, 1), seconds: 60)));
            }
        }

        return polls;
    }

    private static Task SetAsync(SimulatedOperator[] operators, List<SimulatedDevice> devices, string value) => Parallel.ForAsync(
        0, devices.Count, Token, async (i, _) => await operators[i % operators.Length].SetAsync(devices[i].Identity, $$"""{"led":"{{value}}"}"""));

    private async Task EndAsync(List<(SimulatedDevice Device, HeldPoll Poll)> polls, string value)
    {
        foreach (var (device, poll) in polls)
        {
            var reply = await poll.EndAsync(TimeSpan.FromSeconds(70));
            Assert.Equal($"HTTP/1.1 200 OK led={value}", $"{reply.StatusLine} {reply.Text}");
            _since[device.Identity] = Math.Max(_since.GetValueOrDefault(device.Identity), reply.NextSince);
            await poll.DisposeAsync();
        }
    }

    private async Task LocksAsync(RunInfo[] all, SimulatedOperator[] operators, SimulatedDevice device)
    {
        var polls = await BeginAsync(all, [device]);
        await operators[0].LockAsync(device.Identity);
        foreach (var (_, poll) in polls)
        {
            Assert.Equal(401, (await poll.EndAsync()).Status);
            await poll.DisposeAsync();
        }
    }

    private static async Task ResourceAsync(RunInfo[] all, SimulatedOperator admin, SimulatedDevice device)
    {
        await admin.DefineAsync("""{"led":{"settable":true},"temp":{},"new":{}}""");
        foreach (var run in all)
        {
            using var client = new HttpClient { BaseAddress = new Uri(run.Http) };
            var here = SimulatedDevice.With(client, run.Fqdn!, device.Identity, device.Token);
            await Eventually.TrueAsync(
                async () =>
                {
                    await here.WriteAsync(("new", "1"));
                    return (await here.ReadAsync("new")).Length > 0;
                },
                "the process knows the new resource ten seconds later");
        }
    }

    private RealProcess Start(string folder, string prefix, WebPubSubEmulator hub) => RealProcess.Start(
        folder,
        ("AzureWebJobsStorage", azurite.ConnectionString),
        ("Storage__TablePrefix", prefix),
        ("WebPubSub__ConnectionString", hub.ConnectionString),
        ("LongPoll__LookAgain", "00:05:00"),
        ("Devices__NewIdentitiesPerMinute", "0"));

    private sealed class Folders : IDisposable
    {
        private readonly List<TemporaryFolder> _all = [];

        public string Next()
        {
            _all.Add(new());
            return _all[^1].Path;
        }

        public void Dispose() => _all.ForEach(folder => folder.Dispose());
    }
}
